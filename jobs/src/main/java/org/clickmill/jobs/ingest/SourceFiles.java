package org.clickmill.jobs.ingest;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CompositeCrcFileChecksum;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.mapping.Mapping;

/** Finds the files to import below an input path. */
public final class SourceFiles {
  private final Configuration configuration;

  public SourceFiles(Configuration configuration) {
    this.configuration = new Configuration(configuration);
    // HDFS then answers with a CRC of the bytes alone, whatever the size of its blocks.
    this.configuration.set("dfs.checksum.combine.mode", "COMPOSITE_CRC");
  }

  /** The file with the checksum of its bytes. */
  SourceFile withChecksum(SourceFile file) {
    var path = new Path(file.path());
    try {
      var fileSystem = path.getFileSystem(configuration);
      return file.withChecksum(checksum(fileSystem, path));
    } catch (IOException e) {
      throw ClickmillException.usage("Cannot read the input: %s", e.getMessage(), e);
    }
  }

  /**
   * Lists event files, by identity and without checksums.
   *
   * @param input a file, or a folder of which everything below counts but hidden files (those that
   *     begin with a dot or an underscore)
   * @param sourceName begins the identities; null stands for the name of the folder, or of the file
   * @param mapping tells which files it can read by their names
   */
  public List<SourceFile> list(Path input, String sourceName, Mapping mapping) throws IOException {
    var fileSystem = input.getFileSystem(configuration);
    FileStatus status;
    try {
      status = fileSystem.getFileStatus(input);
    } catch (FileNotFoundException e) {
      throw ClickmillException.usage("Missing input path: %s", input, e);
    }
    var files = new ArrayList<SourceFile>();
    try {
      if (status.isFile()) {
        if (!mapping.reads(input.getName())) {
          throw ClickmillException.usage(
              "Cannot tell the format of %s by its name: give the mapping a format, or name it"
                  + " .csv, .json, .jsonl, .avro or .parquet, with .gz or .zst where compressed",
              input);
        }
        files.add(file(status, sourceName == null ? input.getName() : sourceName));
        return files;
      }
      var root = fileSystem.makeQualified(input);
      var name = sourceName == null ? root.getName() : sourceName;
      collect(fileSystem, root, name, mapping, files);
    } catch (AccessControlException e) {
      throw ClickmillException.usage("Cannot read the input: %s", e.getMessage(), e);
    }
    if (files.isEmpty()) {
      throw ClickmillException.usage(
          "Missing event files: %s holds no .csv, .json, .jsonl, .avro or .parquet file"
              + " (.gz and .zst included)",
          input);
    }
    files.sort(Comparator.comparing(SourceFile::identity));
    return files;
  }

  private void collect(
      FileSystem fileSystem, Path folder, String identity, Mapping mapping, List<SourceFile> files)
      throws IOException {
    for (var status : fileSystem.listStatus(folder)) {
      var name = status.getPath().getName();
      if (name.startsWith(".") || name.startsWith("_")) {
        continue;
      }
      if (status.isDirectory()) {
        collect(fileSystem, status.getPath(), identity + "/" + name, mapping, files);
      } else if (mapping.reads(name)) {
        files.add(file(status, identity + "/" + name));
      }
    }
  }

  private static SourceFile file(FileStatus status, String identity) {
    return new SourceFile(status.getPath().toString(), identity, status.getLen(), null, List.of());
  }

  private static String checksum(FileSystem fileSystem, Path path) throws IOException {
    if (fileSystem.getFileChecksum(path) instanceof CompositeCrcFileChecksum crc) {
      return "crc32c:" + HexFormat.of().formatHex(crc.getBytes());
    }
    var sum = new CRC32C();
    var buffer = new byte[1 << 16];
    try (var in = fileSystem.open(path)) {
      int count = in.read(buffer);
      while (count >= 0) {
        sum.update(buffer, 0, count);
        count = in.read(buffer);
      }
    }
    return String.format(Locale.ROOT, "crc32c:%08x", sum.getValue());
  }
}
