package org.clickmill.formats.warehouse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.event.Fingerprint;

/** Stages partitions of text files, one row a line, as a run would. */
final class Staging {
  private final Warehouse warehouse;
  private final String runId;
  private List<Manifest.Input> inputs = List.of();
  private int logicVersion = 1;

  Staging(Warehouse warehouse, String runId) {
    this.warehouse = warehouse;
    this.runId = runId;
  }

  Staging reading(Manifest.Input... read) {
    inputs = List.of(read);
    return this;
  }

  Staging withLogicVersion(int version) {
    logicVersion = version;
    return this;
  }

  /** Stages rows on top of whatever is published now. */
  StagedPartition stage(Partition partition, String... rows) throws IOException {
    int base = warehouse.manifest(partition).map(Manifest::revision).orElse(0);
    return stageOn(base, partition, rows);
  }

  StagedPartition stageOn(int baseRevision, Partition partition, String... rows)
      throws IOException {
    var content = (String.join("\n", rows) + "\n").getBytes(StandardCharsets.UTF_8);
    var name = "part-" + runId + ".txt";
    var folder = warehouse.stagingOf(runId, partition);
    try (var out = warehouse.fileSystem().create(new Path(folder, name))) {
      out.write(content);
    }
    var counts = new TreeMap<String, Long>();
    counts.put("rows", (long) rows.length);
    return new StagedPartition(
        partition,
        baseRevision,
        List.of(new Manifest.DataFile(name, content.length, rows.length, checksum(content))),
        fingerprint(rows),
        inputs,
        "test",
        logicVersion,
        new TreeMap<>(),
        counts,
        List.of());
  }

  static Fingerprint fingerprint(String... rows) {
    var builder = new Fingerprint.Builder();
    for (var row : rows) {
      var bytes = row.getBytes(StandardCharsets.UTF_8);
      builder.add(bytes, 0, bytes.length);
    }
    return builder.build();
  }

  /** The rows of a published partition, checked against its manifest. */
  static List<String> rows(Warehouse warehouse, Partition partition) throws IOException {
    return rows(warehouse, warehouse.manifest(partition).orElseThrow());
  }

  /** The rows that a manifest lists, checked against it. */
  static List<String> rows(Warehouse warehouse, Manifest manifest) throws IOException {
    var partition = manifest.where();
    var rows = new ArrayList<String>();
    for (var file : manifest.files()) {
      byte[] content;
      try (var in =
          warehouse.fileSystem().open(new Path(warehouse.pathOf(partition), file.name()))) {
        content = in.readAllBytes();
      }
      if (content.length != file.bytes() || !checksum(content).equals(file.checksum())) {
        throw new IllegalStateException("Damaged: " + file + " of " + partition);
      }
      rows.addAll(new String(content, StandardCharsets.UTF_8).lines().toList());
    }
    if (!fingerprint(rows.toArray(String[]::new)).equals(manifest.fingerprint())) {
      throw new IllegalStateException("Manifest is of other rows: " + partition);
    }
    return rows;
  }

  private static String checksum(byte[] content) {
    var crc = new CRC32C();
    crc.update(content);
    return String.format(Locale.ROOT, "crc32c:%08x", crc.getValue());
  }
}
