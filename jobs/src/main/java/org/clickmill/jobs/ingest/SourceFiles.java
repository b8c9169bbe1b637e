package org.clickmill.jobs.ingest;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
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
    this.configuration = configuration;
  }

  /**
   * What lies below an input path.
   *
   * @param files those to read, by identity and without checksums
   * @param otherFiles identities of those that are skipped because of their names, in order; hidden
   *     files are not among them
   */
  public record Found(List<SourceFile> files, List<String> otherFiles) {
    private static final int MOST_NAMED = 10;

    /** What to tell the user of files that are skipped; empty if there are none. */
    public List<String> warnings() {
      if (otherFiles.isEmpty()) {
        return List.of();
      }
      return List.of(
          String.format(
              Locale.ROOT,
              "%s skipped because of %s: %s. Import reads .csv, .tsv, .txt, .json, .jsonl, .ndjson, .avro"
                  + " and .parquet, text also as .gz, .zst, .bz2, .xz and .zip: unpack or rename %s, or name a"
                  + " format in the mapping, so that all files are read.",
              otherFiles.size() == 1 ? "1 file is" : otherFiles.size() + " files are",
              otherFiles.size() == 1 ? "its name" : "their names",
              named(otherFiles),
              otherFiles.size() == 1 ? "it" : "them"));
    }

    private static String named(List<String> names) {
      var first = String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())));
      return names.size() <= MOST_NAMED
          ? first
          : first + " and " + (names.size() - MOST_NAMED) + " more";
    }
  }

  /** The files with the checksums of their bytes. */
  List<SourceFile> withChecksums(List<SourceFile> files) {
    try {
      var checksums = new FileChecksums(configuration).of(files);
      return files.stream().map(file -> file.withChecksum(checksums.get(file.path()))).toList();
    } catch (IOException e) {
      throw ClickmillException.usage("Cannot read the input: %s", e.getMessage(), e);
    }
  }

  /**
   * Checks that files are still those that were listed.
   *
   * @throws ClickmillException of kind usage if one is not
   */
  void requireUnchanged(List<SourceFile> files) throws IOException {
    for (var file : files) {
      var path = new Path(file.path());
      if (!isUnchanged(path.getFileSystem(configuration), path, file)) {
        throw ClickmillException.usage(
            "Cannot import %s: it was written to or removed meanwhile. Import it again when it is"
                + " complete.",
            file.path());
      }
    }
  }

  private static boolean isUnchanged(FileSystem fileSystem, Path path, SourceFile file)
      throws IOException {
    try {
      var status = fileSystem.getFileStatus(path);
      return status.getLen() == file.bytes() && status.getModificationTime() == file.modified();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /**
   * Lists event files.
   *
   * @param input a file, or a folder of which everything below counts but hidden files (those that
   *     begin with a dot or an underscore)
   * @param sourceName begins the identities; null stands for the name of the folder, or of the file
   * @param mapping tells which files it can read by their names
   */
  public Found list(Path input, String sourceName, Mapping mapping) throws IOException {
    var fileSystem = input.getFileSystem(configuration);
    FileStatus status;
    try {
      status = fileSystem.getFileStatus(input);
    } catch (FileNotFoundException e) {
      throw ClickmillException.usage("Missing input path: %s", input, e);
    }
    var found = new Found(new ArrayList<>(), new ArrayList<>());
    try {
      if (status.isFile()) {
        if (!mapping.reads(input.getName())) {
          throw ClickmillException.usage(
              "Cannot tell the format of %s by its name: give the mapping a format, or name it"
                  + " .csv, .json, .jsonl, .avro or .parquet, with .gz, .zst, .bz2, .xz or .zip where"
                  + " compressed",
              input);
        }
        found.files().add(file(status, sourceName == null ? input.getName() : sourceName));
        return found;
      }
      var root = fileSystem.makeQualified(input);
      var name = sourceName == null ? root.getName() : sourceName;
      collect(fileSystem, root, name, mapping, found);
    } catch (AccessControlException e) {
      throw ClickmillException.usage("Cannot read the input: %s", e.getMessage(), e);
    }
    if (found.files().isEmpty()) {
      throw ClickmillException.usage(
          "Missing event files: %s holds no .csv, .json, .jsonl, .avro or .parquet file"
              + " (.gz, .zst, .bz2, .xz and .zip included)%s",
          input,
          found.otherFiles().isEmpty()
              ? ""
              : ", only files of other names: " + Found.named(found.otherFiles()));
    }
    found.files().sort(Comparator.comparing(SourceFile::identity));
    found.otherFiles().sort(Comparator.naturalOrder());
    return found;
  }

  private void collect(
      FileSystem fileSystem, Path folder, String identity, Mapping mapping, Found found)
      throws IOException {
    for (var status : fileSystem.listStatus(folder)) {
      var name = status.getPath().getName();
      if (name.startsWith(".") || name.startsWith("_")) {
        continue;
      }
      if (status.isDirectory()) {
        collect(fileSystem, status.getPath(), identity + "/" + name, mapping, found);
      } else if (mapping.reads(name)) {
        found.files().add(file(status, identity + "/" + name));
      } else {
        found.otherFiles().add(identity + "/" + name);
      }
    }
  }

  private static SourceFile file(FileStatus status, String identity) {
    return new SourceFile(
        status.getPath().toString(),
        identity,
        status.getLen(),
        status.getModificationTime(),
        null,
        List.of());
  }
}
