package org.clickmill.formats.warehouse;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import org.apache.hadoop.fs.Path;

/**
 * A partition of a dataset by its place in the warehouse, {@code dt=2019-10-01} for a day or {@code
 * dt=2019-10-01/hr=07} for an hour, UTC and zero-padded. Partitions order by dataset and path.
 *
 * @param dataset the dataset's name
 * @param path the folder below the dataset's
 */
public record Partition(String dataset, String path) implements Comparable<Partition> {
  private static final int DAY_LENGTH = "dt=2019-10-01".length();

  public static Partition ofDay(String dataset, LocalDate day) {
    return new Partition(dataset, "dt=" + day);
  }

  public static Partition ofHour(String dataset, LocalDate day, int hour) {
    return new Partition(dataset, String.format(Locale.ROOT, "dt=%s/hr=%02d", day, hour));
  }

  /** Rejected records of one run, filed under the day of the run. */
  public static Partition ofRun(String dataset, LocalDate day, String runId) {
    return new Partition(dataset, "dt=" + day + "/run=" + runId);
  }

  /**
   * The day that the rows describe.
   *
   * @throws IllegalArgumentException if the path does not begin with one
   */
  public LocalDate day() {
    if (!path.startsWith("dt=") || path.length() < DAY_LENGTH) {
      throw new IllegalArgumentException("Invalid partition: " + this);
    }
    try {
      return LocalDate.parse(path.substring(3, DAY_LENGTH));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("Invalid partition: " + this, e);
    }
  }

  /** The hour of the day, or -1 when the partition is a whole day. */
  public int hour() {
    int start = path.indexOf("/hr=");
    return start < 0 ? -1 : Integer.parseInt(path.substring(start + 4));
  }

  /** Where the partition lies below a root folder. */
  public Path below(Path root) {
    return new Path(root, dataset + "/" + path);
  }

  /** The path in one word, as it appears in the names of intents and trash folders. */
  String fileName() {
    return path.replace('/', ',');
  }

  /** The partition whose path was made one word. */
  static Partition ofFileName(String dataset, String name) {
    return new Partition(dataset, name.replace(',', '/'));
  }

  @Override
  public int compareTo(Partition other) {
    int order = dataset.compareTo(other.dataset);
    return order != 0 ? order : path.compareTo(other.path);
  }

  @Override
  public String toString() {
    return dataset + "/" + path;
  }
}
