package org.clickmill.jobs.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CompositeCrcFileChecksum;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.CrcComposer;
import org.apache.hadoop.util.DataChecksum;
import org.clickmill.formats.warehouse.Parallel;

/**
 * The CRC-32C of files. HDFS tells it without giving a byte of them; other file systems do not, and
 * the files are read, in parts side by side.
 */
final class FileChecksums {
  private static final DataChecksum.Type TYPE = DataChecksum.Type.CRC32C;
  private static final String OF_NOTHING = "crc32c:00000000";
  private static final long PART = 64L << 20;
  private static final int BUFFER = 1 << 18;

  private final Configuration configuration;

  FileChecksums(Configuration configuration) {
    this.configuration = new Configuration(configuration);
    // HDFS then answers with a CRC of the bytes alone, whatever the size of its blocks.
    this.configuration.set("dfs.checksum.combine.mode", "COMPOSITE_CRC");
  }

  private record Part(String path, long start, long bytes) {}

  /** The checksums by path, such as {@code crc32c:0a1b2c3d}. */
  Map<String, String> of(List<SourceFile> files) throws IOException {
    int threads = Runtime.getRuntime().availableProcessors();
    var known = known(files, threads);
    var checksums = new HashMap<String, String>();
    var parts = new ArrayList<Part>();
    for (int i = 0; i < files.size(); i++) {
      var file = files.get(i);
      checksums.put(file.path(), known.get(i).isEmpty() ? OF_NOTHING : known.get(i));
      for (long start = 0; known.get(i).isEmpty() && start < file.bytes(); start += PART) {
        parts.add(new Part(file.path(), start, Math.min(PART, file.bytes() - start)));
      }
    }
    var sums = Parallel.map(parts, threads, this::sum);
    var composers = new HashMap<String, CrcComposer>();
    for (int i = 0; i < parts.size(); i++) {
      var part = parts.get(i);
      composers
          .computeIfAbsent(part.path(), path -> CrcComposer.newCrcComposer(TYPE, PART))
          .update(sums.get(i), part.bytes());
    }
    composers.forEach((path, composer) -> checksums.put(path, text(composer.digest())));
    return checksums;
  }

  private static String text(byte[] sum) {
    return "crc32c:" + HexFormat.of().formatHex(sum);
  }

  /** What the file system itself says of each file, which is of one; empty where it does not. */
  private List<String> known(List<SourceFile> files, int threads) throws IOException {
    if (files.isEmpty()) {
      return List.of();
    }
    // One that is open already may answer otherwise: the setting counts when it is opened.
    var root = new Path(files.get(0).path()).toUri();
    try (var fileSystem = FileSystem.newInstance(root, configuration)) {
      return Parallel.map(files, threads, file -> known(fileSystem, file));
    }
  }

  private static String known(FileSystem fileSystem, SourceFile file) throws IOException {
    return fileSystem.getFileChecksum(new Path(file.path())) instanceof CompositeCrcFileChecksum crc
        ? text(crc.getBytes())
        : "";
  }

  private int sum(Part part) throws IOException {
    var path = new Path(part.path());
    var sum = new CRC32C();
    byte[] buffer = new byte[(int) Math.min(BUFFER, part.bytes())];
    try (var in = path.getFileSystem(configuration).open(path)) {
      in.seek(part.start());
      long left = part.bytes();
      while (left > 0) {
        int count = (int) Math.min(left, buffer.length);
        in.readFully(buffer, 0, count);
        sum.update(buffer, 0, count);
        left -= count;
      }
    }
    return (int) sum.getValue();
  }
}
