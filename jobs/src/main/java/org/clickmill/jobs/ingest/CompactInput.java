package org.clickmill.jobs.ingest;

import org.clickmill.formats.table.InputFile;

/**
 * A file of which some ranges of hashes are to be shuffled.
 *
 * @param file of an hour, or of events that are to be dropped
 * @param isDropped whether it is of events that are to be dropped
 * @param span the ranges that are wanted
 */
record CompactInput(InputFile file, boolean isDropped, HashSpan span) {}
