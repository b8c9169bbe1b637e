package org.clickmill.formats.warehouse;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.Damage;
import org.clickmill.formats.warehouse.Manifest.DataFile;

/**
 * Compares the data files of published partitions, every byte of them, with the lengths and
 * checksums in the manifests.
 */
public final class FileCheck {
  private static final int BUFFER_SIZE = 1 << 16;

  /** How often a partition that is published meanwhile is looked at again. */
  private static final int ATTEMPTS = 3;

  private final Warehouse warehouse;

  public FileCheck(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * The damaged partitions of some datasets.
   *
   * @param from the first day, or null for no bound
   * @param to the last day, or null for no bound
   */
  public List<DamagedPartition> damaged(Collection<String> datasets, LocalDate from, LocalDate to)
      throws IOException {
    var damaged = new ArrayList<DamagedPartition>();
    for (var dataset : datasets) {
      var manifests = List.copyOf(warehouse.manifests(dataset, from, to).values());
      Parallel.map(manifests, warehouse.threads(), this::check).stream()
          .flatMap(Optional::stream)
          .forEach(damaged::add);
    }
    return damaged;
  }

  private Optional<DamagedPartition> check(Manifest read) throws IOException {
    var partition = read.where();
    var manifest = read;
    for (int attempt = 1; ; attempt++) {
      var problem = problem(manifest);
      if (problem.isEmpty()) {
        return Optional.empty();
      }
      // Files that are gone may have been replaced since the manifest was read.
      var now = warehouse.manifest(partition);
      if (now.isEmpty()) {
        return Optional.empty();
      }
      if (now.get().revision() == manifest.revision() || attempt == ATTEMPTS) {
        var remedy = DamagedPartition.remedy(warehouse.pathOf(partition));
        return Optional.of(
            new DamagedPartition(
                partition,
                "Damaged partition: " + partition + ": " + problem.get() + " " + remedy));
      }
      manifest = now.get();
    }
  }

  /** What is wrong with the first file that is not as it was published. */
  private Optional<String> problem(Manifest manifest) throws IOException {
    var folder = warehouse.pathOf(manifest.where());
    for (var file : manifest.files()) {
      var problem = problem(new Path(folder, file.name()), file);
      if (problem.isPresent()) {
        return problem.map(text -> file.name() + " " + text);
      }
    }
    return Optional.empty();
  }

  private Optional<String> problem(Path path, DataFile file) throws IOException {
    FileSystem fileSystem = warehouse.fileSystem();
    try {
      long length = fileSystem.getFileStatus(path).getLen();
      if (length != file.bytes()) {
        return Optional.of(
            String.format(Locale.ROOT, "has %,d bytes, and should have %,d", length, file.bytes()));
      }
    } catch (FileNotFoundException e) {
      return Optional.of("is missing");
    }
    try {
      return checksum(fileSystem, path).equals(file.checksum())
          ? Optional.empty()
          : Optional.of("has other bytes than were written");
    } catch (IOException e) {
      return Optional.of("cannot be read: " + Damage.describe(e));
    }
  }

  private static String checksum(FileSystem fileSystem, Path path) throws IOException {
    var checksum = new CRC32C();
    byte[] buffer = new byte[BUFFER_SIZE];
    try (var in = fileSystem.open(path)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        checksum.update(buffer, 0, read);
      }
    }
    return String.format(Locale.ROOT, "crc32c:%08x", checksum.getValue());
  }
}
