package org.clickmill.drivers.expire;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What has expired, or would.
 *
 * @param runId the run
 * @param asOf the day that ages were reckoned from
 * @param dryRun whether nothing was done
 * @param expired the partitions whose files go, in order
 * @param bytes of all of them
 * @param kept those that are old enough but needed, in order
 */
public record ExpiryReport(
    String runId,
    LocalDate asOf,
    boolean dryRun,
    List<Line> expired,
    long bytes,
    List<KeptLine> kept) {
  private static final int NAMED = 20;

  /** A partition. */
  public record Line(String partition, int files, long bytes, long rows, int days) {}

  /** A partition that stays. */
  public record KeptLine(String partition, String reason) {}

  static ExpiryReport of(String runId, ExpiryPlan plan, boolean dryRun) {
    var lines =
        plan.expiring().stream()
            .map(
                one ->
                    new Line(
                        one.manifest().where().toString(),
                        one.manifest().files().size(),
                        one.manifest().bytes(),
                        one.manifest().fingerprint().rows(),
                        one.days()))
            .toList();
    return new ExpiryReport(
        runId,
        plan.asOf(),
        dryRun,
        lines,
        lines.stream().mapToLong(Line::bytes).sum(),
        plan.kept().stream()
            .map(one -> new KeptLine(one.partition().toString(), one.reason()))
            .toList());
  }

  /** The same for people: all partitions of a dry run, else the numbers by dataset. */
  public String text() {
    var lines = new ArrayList<String>();
    if (dryRun) {
      expired.forEach(
          one ->
              lines.add(String.format(Locale.ROOT, "%s  %,d bytes", one.partition(), one.bytes())));
    } else {
      byDataset()
          .forEach(
              (dataset, sums) ->
                  lines.add(
                      String.format(
                          Locale.ROOT,
                          "%-24s %,8d partitions %,16d bytes",
                          dataset,
                          sums[0],
                          sums[1])));
    }
    kept.stream()
        .limit(NAMED)
        .forEach(one -> lines.add("kept: " + one.partition() + ", as " + one.reason()));
    if (kept.size() > NAMED) {
      lines.add("kept: " + (kept.size() - NAMED) + " more (--json names all)");
    }
    lines.add(
        String.format(
            Locale.ROOT,
            dryRun
                ? "%,d partitions of %,d bytes would expire, %,d are kept. Nothing was deleted."
                : "%,d partitions of %,d bytes expired, %,d are kept.",
            expired.size(),
            bytes,
            kept.size()));
    return String.join(System.lineSeparator(), lines);
  }

  private Map<String, long[]> byDataset() {
    var sums = new LinkedHashMap<String, long[]>();
    for (var one : expired) {
      var dataset = one.partition().substring(0, one.partition().indexOf('/'));
      var sum = sums.computeIfAbsent(dataset, any -> new long[2]);
      sum[0]++;
      sum[1] = Math.addExact(sum[1], one.bytes());
    }
    return sums;
  }
}
