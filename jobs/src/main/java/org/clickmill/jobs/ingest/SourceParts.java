package org.clickmill.jobs.ingest;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.mapping.Mapping;
import org.clickmill.formats.mapping.SourceReader;
import org.clickmill.jobs.kernel.BundleInputFormat;

/**
 * Divides source files among the tasks of an import.
 *
 * @param isReadFirst whether each file is read to its end before any of its events is written,
 *     which one task must do
 */
record SourceParts(Mapping mapping, boolean isReadFirst) {

  /** The files in parts of about the size that the bundle of a task has; in their order. */
  List<BundleInputFormat.Item> of(List<SourceFile> files, Configuration configuration) {
    var sizes = files.stream().map(SourceFile::bytes).toList();
    long target = BundleInputFormat.target(configuration, sizes);
    return files.stream().flatMap(file -> parts(file, target).stream()).toList();
  }

  private List<BundleInputFormat.Item> parts(SourceFile file, long target) {
    // The nearest number: what a file costs beside its bytes makes the target a little larger.
    long count = isCut(file) ? Math.max(1, (file.bytes() + target / 2) / target) : 1;
    long bytes = file.bytes() / count;
    var items = new ArrayList<BundleInputFormat.Item>();
    for (long i = 0; i < count; i++) {
      long start = i * bytes;
      long end = i == count - 1 ? file.bytes() : start + bytes;
      items.add(
          BundleInputFormat.item(
              new BundleInputFormat.Place(file.path(), start, end - start),
              ImportMapper.Input.ofSource(file, start, i == count - 1 ? Long.MAX_VALUE : end)));
    }
    return items;
  }

  private boolean isCut(SourceFile file) {
    return !isReadFirst && SourceReader.isSplittable(new Path(file.path()).getName(), mapping);
  }
}
