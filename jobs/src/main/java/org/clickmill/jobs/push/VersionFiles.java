package org.clickmill.jobs.push;

import java.util.List;
import java.util.function.Predicate;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.warehouse.Manifest.DataFile;

/**
 * Rows of a version of a partition.
 *
 * @param folder where the version lies
 * @param files of the version that are read
 * @param wanted the rows in them that are looked at; null for all
 */
record VersionFiles(Path folder, List<DataFile> files, Predicate<TableReader> wanted) {
  VersionFiles {
    files = List.copyOf(files);
  }

  long rows() {
    return DataFile.records(files);
  }

  boolean wants(TableReader row) {
    return wanted == null || wanted.test(row);
  }
}
