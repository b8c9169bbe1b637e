package org.clickmill.jobs.ingest;

import org.clickmill.formats.event.VisitorHash;
import org.clickmill.formats.read.InputFile;

/**
 * A file of which some ranges of hashes are to be shuffled.
 *
 * @param file of an hour, or of events that are to be dropped
 * @param isDropped whether it is of events that are to be dropped
 * @param ranges how many ranges the file's day is cut into
 * @param first the first range wanted
 * @param end the range behind the last one wanted
 */
record CompactInput(InputFile file, boolean isDropped, int ranges, int first, int end) {
  boolean contains(long hash) {
    int range = VisitorHash.range(hash, ranges);
    return range >= first && range < end;
  }
}
