package org.clickmill.formats.table;

import java.util.List;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Warehouse;

/**
 * A data file to read.
 *
 * @param path where it lies, with scheme or as the default file system has it
 * @param partition the partition that its rows belong to
 * @param bytes its length, as the partition's manifest says
 */
public record InputFile(String path, Partition partition, long bytes) {
  /** The files of a published partition that have rows. */
  public static List<InputFile> of(Warehouse warehouse, Partition partition, Manifest manifest) {
    var folder = warehouse.pathOf(partition);
    return manifest.files().stream()
        .filter(file -> file.records() > 0)
        .map(file -> new InputFile(folder + "/" + file.name(), partition, file.bytes()))
        .toList();
  }
}
