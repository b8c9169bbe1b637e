package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.testdata.generate.FileFormat;
import org.clickmill.testdata.generate.FilePer;
import org.clickmill.testdata.generate.GenerateFiles;
import org.clickmill.testdata.generate.GeneratorOptions;

/** A shop of a few days and events, and a look into the warehouse that was made of it. */
final class SmallShop {
  static final LocalDate FIRST_DAY = LocalDate.of(2019, 10, 1);

  private SmallShop() {}

  /** Generates a file a day. */
  static java.nio.file.Path generate(java.nio.file.Path folder, long events, int days)
      throws IOException {
    new GenerateFiles(new Configuration(), FileFormat.CSV, FilePer.DAY, false)
        .run(new GeneratorOptions(7, events, FIRST_DAY, days), path(folder), written -> {});
    return folder;
  }

  static Path path(java.nio.file.Path local) {
    // A URI of a folder ends with a slash, and Hadoop would keep it.
    return new Path("file", null, local.toAbsolutePath().toString());
  }

  static Warehouse warehouse(java.nio.file.Path root) throws IOException {
    return Warehouse.open(path(root), new Configuration());
  }

  /** Every published partition. */
  static SortedMap<Partition, Manifest> manifests(Warehouse warehouse) throws IOException {
    return Catalog.read(warehouse, warehouse.datasets(), null, null).manifests();
  }

  /** The rows of every partition, by their fingerprint. */
  static SortedMap<String, String> rows(Warehouse warehouse) throws IOException {
    var rows = new TreeMap<String, String>();
    manifests(warehouse)
        .forEach(
            (partition, manifest) ->
                rows.put(partition.toString(), manifest.fingerprint().toString()));
    return rows;
  }

  /**
   * Checks that every partition holds the files of its manifest, byte for byte, and that there is
   * nothing else but what was replaced and what was staged.
   */
  static void assertTidy(Warehouse warehouse, String description) throws IOException {
    var expected = new TreeSet<String>();
    for (var manifest : manifests(warehouse).values()) {
      var folder = warehouse.pathOf(manifest.where());
      expected.add(new Path(folder, Manifest.FILE_NAME).toUri().getPath());
      expected.add(new Path(folder, Manifest.SUCCESS_FILE_NAME).toUri().getPath());
      for (var file : manifest.files()) {
        var path = new Path(folder, file.name());
        assertThat(checksum(warehouse.fileSystem(), path))
            .as("%s: %s", description, path)
            .isEqualTo(file.checksum());
        expected.add(path.toUri().getPath());
      }
    }
    assertThat(files(warehouse)).as(description).containsExactlyElementsOf(expected);
  }

  private static List<String> files(Warehouse warehouse) throws IOException {
    var files = new ArrayList<String>();
    var found = warehouse.fileSystem().listFiles(warehouse.root(), true);
    while (found.hasNext()) {
      var path = found.next().getPath().toUri().getPath();
      var below = path.substring(warehouse.root().toUri().getPath().length() + 1);
      if (!below.startsWith("_trash/")
          && !below.startsWith("_staging/")
          && !below.startsWith("_imports/")) {
        files.add(path);
      }
    }
    files.sort(null);
    return files;
  }

  private static String checksum(FileSystem fileSystem, Path file) throws IOException {
    var crc = new CRC32C();
    try (var in = fileSystem.open(file)) {
      crc.update(in.readAllBytes());
    }
    return String.format(Locale.ROOT, "crc32c:%08x", crc.getValue());
  }
}
