package org.clickmill.drivers.forget;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was erased, or would be. It names no person.
 *
 * @param runId the run
 * @param at when it began
 * @param dryRun whether nothing was done
 * @param users the number of user_ids that were asked for
 * @param visitors the number of visitor_ids, those included that were found for a user
 * @param keepsSketches whether what was aggregated was left as it was
 * @param partitions those that held a person, in order
 * @param rows of the persons in all of them
 * @param bytes of the files that held them
 * @param trashRevisions the number of replaced revisions that were deleted
 * @param deadRuns the number of dead runs whose staged files were deleted
 * @param recomputed the number of partitions that were computed again
 * @param notSearched datasets that are no table of the suite, and may hold the persons
 */
public record Receipt(
    String runId,
    Instant at,
    boolean dryRun,
    int users,
    int visitors,
    boolean keepsSketches,
    List<Line> partitions,
    long rows,
    long bytes,
    int trashRevisions,
    int deadRuns,
    long recomputed,
    List<String> notSearched) {
  public Receipt {
    notSearched = List.copyOf(notSearched);
    partitions = List.copyOf(partitions);
  }

  /**
   * A partition that held a person.
   *
   * @param rows of the persons
   * @param bytes of its files before
   * @param version that it had
   * @param newVersion that it has without them; the same where it was to stay, and in a dry run
   */
  public record Line(String partition, long rows, long bytes, int version, int newVersion) {
    /** The same partition, erased from once more. */
    Line plus(Line later) {
      return new Line(partition, rows + later.rows, bytes + later.bytes, version, later.newVersion);
    }
  }

  /** The same for people: all partitions of a dry run, else the numbers by dataset. */
  public String text() {
    var lines = new ArrayList<String>();
    if (dryRun) {
      for (var one : partitions) {
        lines.add(
            String.format(
                Locale.ROOT, "%s  %,d rows  %,d bytes", one.partition(), one.rows(), one.bytes()));
      }
    } else {
      byDataset()
          .forEach(
              (dataset, sums) ->
                  lines.add(
                      String.format(
                          Locale.ROOT,
                          "%-24s %,8d partitions %,12d rows",
                          dataset,
                          sums[0],
                          sums[1])));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            dryRun
                ? "%,d partitions of %,d bytes hold %,d rows of the persons; %,d replaced revisions"
                    + " in the trash would go. Nothing was changed."
                : "%,d partitions of %,d bytes held %,d rows of the persons, which are erased; %,d"
                    + " replaced revisions in the trash were deleted.",
            partitions.size(),
            bytes,
            rows,
            trashRevisions));
    if (recomputed > 0) {
      lines.add(String.format(Locale.ROOT, "%,d partitions were computed again.", recomputed));
    }
    return String.join(System.lineSeparator(), lines);
  }

  private Map<String, long[]> byDataset() {
    var sums = new LinkedHashMap<String, long[]>();
    for (var one : partitions) {
      var dataset = one.partition().substring(0, one.partition().indexOf('/'));
      var sum = sums.computeIfAbsent(dataset, any -> new long[2]);
      sum[0]++;
      sum[1] = Math.addExact(sum[1], one.rows());
    }
    return sums;
  }
}
