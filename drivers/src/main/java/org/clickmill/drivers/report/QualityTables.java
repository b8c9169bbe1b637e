package org.clickmill.drivers.report;

import static org.clickmill.drivers.report.ReportTable.column;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.clickmill.drivers.report.ReportTable.Kind;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Manifest.DataFile;

/**
 * How good and how new the data are: from manifests, but for the reasons of rejects.
 *
 * <p>Reasons are marked as personal since they may quote a value. What is quoted, and every number,
 * is left out here, so that only the suite's own words remain; they are counted for the newest
 * rejects only.
 */
final class QualityTables {
  private static final int MOST_FAILED = 5_000;
  private static final int MOST_REASONS = 20;
  private static final int MOST_DISTINCT_REASONS = 1_000;
  private static final long MOST_REJECTS = 100_000;
  private static final int MOST_CHARACTERS = 120;
  private static final String REASON = "reason";
  private static final String OTHERS = "(other reasons)";

  /** Where a record stands differs from record to record. */
  private static final Pattern PLACE = Pattern.compile("^(line|record|row|offset) [0-9]+: ");

  /** From the first quote to the last, for a value may have quotes itself. */
  private static final Pattern VALUE =
      Pattern.compile("'.*'|\".*\"|\\b[0-9][0-9.,:-]{3,}", Pattern.DOTALL);

  private QualityTables() {}

  /** A day's events. */
  static ReportTable events(DayRows events) {
    var rows = new ArrayList<List<Object>>();
    for (var manifest : events.manifests()) {
      rows.add(
          ReportTable.row(
              manifest.where().day(),
              DataFile.records(manifest.files()),
              manifest.counts().getOrDefault("duplicates", 0L)));
    }
    return new ReportTable(
        "events",
        "The events of a day, all types.",
        null,
        List.of(
            ReportTable.day("The day, of UTC."),
            column("events", Kind.COUNT, "Events without duplicates."),
            column("duplicates", Kind.COUNT, "Duplicates dropped when the day was compacted.")),
        rows);
  }

  /**
   * How far each table has come.
   *
   * @param from the first day of the range
   * @param to the last day
   */
  static ReportTable freshness(Collection<DayRows> tables, LocalDate from, LocalDate to) {
    var rows = new ArrayList<List<Object>>();
    for (var table : tables) {
      var days = table.days();
      if (days.isEmpty()) {
        continue;
      }
      long missing = 0;
      boolean isSnapshot = table.table().cadence().startsWith("A snapshot");
      for (var day = from; !isSnapshot && !day.isAfter(to); day = day.plusDays(1)) {
        missing += days.contains(day) ? 0 : 1;
      }
      rows.add(
          ReportTable.row(
              table.table().name(),
              days.last(),
              isSnapshot ? null : missing,
              table.manifests().stream()
                  .map(Manifest::createdAt)
                  .filter(Objects::nonNull)
                  .max(Comparator.<Instant>naturalOrder())
                  .orElse(null)));
    }
    return new ReportTable(
        "freshness",
        "A table of the warehouse that this report was made from.",
        null,
        List.of(
            column("table", Kind.TEXT, "Its name."),
            column("last_day", Kind.DAY, "The last day of the report's range that it has."),
            column(
                "missing_days",
                Kind.COUNT,
                "Days of the range that it does not have; NULL for snapshots, of which one is"
                    + " enough."),
            column("made_at", Kind.TIME, "When the newest of its days was made, UTC.")),
        rows);
  }

  /** What checks found that was not as it should be. */
  static ReportTable checks(DayRows results) throws IOException {
    var columns = List.of("table_name", "check_name", "severity", "status", "finding");
    var rows = new ArrayList<List<Object>>();
    long[] counts = {0, 0};
    results.forEach(
        columns,
        (day, row) -> {
          counts[0]++;
          if (row.text("status").equals("passed") || row.text("status").equals("not judged")) {
            counts[1]++;
          } else if (rows.size() < MOST_FAILED) {
            var values = new ArrayList<Object>(List.of(day));
            columns.forEach(column -> values.add(row.text(column)));
            rows.add(values);
          }
        });
    var described = new ArrayList<>(List.of(ReportTable.day("The first day of the partition.")));
    columns.forEach(name -> described.add(column(name, Kind.TEXT, results.column(name).text())));
    return new ReportTable(
        Datasets.DATA_QUALITY,
        String.format(
            Locale.ROOT,
            "A check that failed; of %,d results in the range, %,d did%s.",
            counts[0],
            counts[0] - counts[1],
            rows.size() < counts[0] - counts[1] ? ", of which the first " + MOST_FAILED : ""),
        null,
        described,
        rows);
  }

  /** What was wrong with records, of the whole warehouse. */
  static ReportTable rejects(DayRows rejects) throws IOException {
    long all = 0;
    long read = 0;
    var reasons = new HashMap<String, Long>();
    var newestFirst = new ArrayList<>(rejects.manifests());
    newestFirst.sort(
        Comparator.comparing((Manifest manifest) -> manifest.where().day()).reversed());
    for (var manifest : newestFirst) {
      long records = DataFile.records(manifest.files());
      all += records;
      if (read < MOST_REJECTS) {
        read += records;
        long last = read - MOST_REJECTS;
        long[] left = {last > 0 ? records - last : records};
        rejects.readAny(
            manifest,
            List.of(REASON),
            (day, row) -> {
              if (left[0]-- > 0) {
                var reason = withoutValues(row.text(REASON));
                boolean isKnown =
                    reasons.containsKey(reason) || reasons.size() < MOST_DISTINCT_REASONS;
                reasons.merge(isKnown ? reason : OTHERS, 1L, Math::addExact);
              }
            });
      }
    }
    var rows =
        reasons.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(MOST_REASONS)
            .map(reason -> ReportTable.row(reason.getKey(), reason.getValue()))
            .toList();
    return new ReportTable(
        "rejects",
        String.format(
            Locale.ROOT,
            "A reason why records were rejected, without their values; there are %d rejected"
                + " records in the whole warehouse%s.",
            all,
            all > MOST_REJECTS ? ", of which the newest " + MOST_REJECTS + " are counted" : ""),
        null,
        List.of(
            column(REASON, Kind.TEXT, "What is wrong with the records."),
            column("records", Kind.COUNT, "Rejected records.")),
        rows);
  }

  static String withoutValues(String reason) {
    var text = VALUE.matcher(PLACE.matcher(reason).replaceFirst("")).replaceAll("…");
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS - 1) + "…";
  }
}
