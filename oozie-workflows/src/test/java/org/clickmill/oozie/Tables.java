package org.clickmill.oozie;

import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Warehouse;

/** A look at what is published in a warehouse. */
final class Tables {
  private final Warehouse warehouse;

  private Tables(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  static Tables of(Path root) throws IOException {
    return of(root, new Configuration());
  }

  static Tables of(Path root, Configuration configuration) throws IOException {
    return new Tables(Warehouse.open(root, configuration));
  }

  /** The rows of every partition, by their fingerprint. */
  SortedMap<String, String> rows() throws IOException {
    return each(manifest -> manifest.fingerprint().toString());
  }

  /** How often every partition was published or its manifest renewed. */
  SortedMap<String, Integer> revisions() throws IOException {
    return each(Manifest::revision);
  }

  /** When every file of a published partition was written. */
  SortedMap<String, Long> files() throws IOException {
    var files = new TreeMap<String, Long>();
    for (var dataset : warehouse.datasets()) {
      var found = warehouse.fileSystem().listFiles(new Path(warehouse.root(), dataset), true);
      while (found.hasNext()) {
        var file = found.next();
        files.put(file.getPath().toString(), file.getModificationTime());
      }
    }
    return files;
  }

  private <T> SortedMap<String, T> each(Function<Manifest, T> what) throws IOException {
    var all = new TreeMap<String, T>();
    Catalog.read(warehouse, warehouse.datasets(), null, null)
        .manifests()
        .forEach((partition, manifest) -> all.put(partition.toString(), what.apply(manifest)));
    return all;
  }
}
