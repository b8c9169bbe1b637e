package org.clickmill.formats.warehouse;

import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * A published partition whose files are not those that its manifest lists.
 *
 * @param partition the partition
 * @param message what is wrong, and what to do
 */
public record DamagedPartition(Partition partition, String message) {
  /** Nothing else has what is in these. */
  private static final Set<String> SOURCES =
      Set.of(Datasets.EVENTS, Datasets.REJECTS, Datasets.LATE);

  /**
   * What to do about a partition that is damaged, in brackets.
   *
   * @param folder the partition's, below that of its dataset
   */
  static String remedy(Path folder) {
    boolean isOfHour = folder.getName().startsWith("hr=");
    var dataset = (isOfHour ? folder.getParent() : folder).getParent().getName();
    return SOURCES.contains(dataset)
        ? "(bring it back from a copy of the warehouse)"
        : "(delete the folder " + folder + ", and the next 'pipeline' makes it again)";
  }
}
