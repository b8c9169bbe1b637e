package org.clickmill.drivers.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.jobs.kernel.Slots;

/**
 * A CSV file of orders from the shop's own database, with a header; an order may have several
 * lines.
 *
 * @param path its path; {@code {day}} in it is replaced by the day, so that each has a file of its
 *     own
 * @param day the column of the day, whose values begin with it as YYYY-MM-DD; null where the path
 *     has the day
 * @param order the column of the order's id
 * @param amount the column of the amount; null if there is none
 */
record OrdersFile(String path, String day, String order, String amount) {
  static final String DAY = "{day}";

  boolean isDaily() {
    return path.contains(DAY);
  }

  /** The path of the file with the orders of a day. */
  String of(LocalDate date) {
    return path.replace(DAY, date.toString());
  }

  /**
   * Looks for a file of orders, where tasks find it too.
   *
   * @throws ClickmillException of kind usage if it lies on this machine and tasks do not
   */
  static Optional<FileStatus> locate(String file, Configuration configuration) throws IOException {
    var found = find(file, configuration);
    boolean isHere = found.isPresent() && "file".equals(found.get().getPath().toUri().getScheme());
    if (isHere && !Slots.isLocal(configuration)) {
      throw ClickmillException.usage(
          "Cannot read the orders in %s: it lies on this machine, where the cluster's tasks do not"
              + " find it. Put it on the cluster's file system",
          file);
    }
    return found;
  }

  /**
   * Looks for a file, on the local file system if it is there, or else where Hadoop's paths lead.
   *
   * @return its place and length; empty if there is none
   */
  static Optional<FileStatus> find(String file, Configuration configuration) throws IOException {
    var path = new Path(file);
    boolean isLocal = !path.toUri().isAbsolute() && Files.exists(java.nio.file.Path.of(file));
    var fileSystem =
        isLocal ? FileSystem.getLocal(configuration) : path.getFileSystem(configuration);
    return fileSystem.exists(path) ? Optional.of(fileSystem.getFileStatus(path)) : Optional.empty();
  }
}
