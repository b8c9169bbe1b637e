package org.clickmill.formats.read;

import org.clickmill.formats.warehouse.Partition;

/**
 * A data file to read.
 *
 * @param path where it lies, with scheme or as the default file system has it
 * @param partition the partition that its rows belong to
 * @param bytes its length, as the partition's manifest says
 */
public record InputFile(String path, Partition partition, long bytes) {}
