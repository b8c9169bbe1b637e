package org.clickmill.drivers.report;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.clickmill.drivers.report.Report.Quality;
import org.clickmill.drivers.report.Report.Reason;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Manifest.DataFile;
import org.clickmill.formats.warehouse.Warehouse;

/** Reads how good the data are: from manifests, but for the reasons of rejects. */
final class QualityReader {
  private static final int TOP_REASONS = 20;

  /** Where a record stands and what it holds differs from record to record. */
  private static final Pattern PLACE = Pattern.compile("^(line|record|row|offset) [0-9]+: ");

  private static final Pattern VALUE = Pattern.compile("'[^']*'|\\b[0-9][0-9.,:-]{3,}");

  private final Warehouse warehouse;
  private final LocalDate from;
  private final LocalDate to;

  QualityReader(Warehouse warehouse, LocalDate from, LocalDate to) {
    this.warehouse = warehouse;
    this.from = from;
    this.to = to;
  }

  Quality read(WarehouseTables sales) throws IOException {
    var events = new WarehouseTables(warehouse, Datasets.EVENTS_DAILY, from, to);
    var all = warehouse.manifests(Datasets.EVENTS_DAILY, to, null);
    var present = events.days();
    var missing = new ArrayList<LocalDate>();
    for (var day = from; !day.isAfter(to); day = day.plusDays(1)) {
      if (!present.contains(day)) {
        missing.add(day);
      }
    }
    var withoutSales = new TreeSet<>(present);
    withoutSales.removeAll(sales.days());
    var rejects = new WarehouseTables(warehouse, Datasets.REJECTS, null, null);
    return new Quality(
        events.manifests().stream().mapToLong(QualityReader::records).sum(),
        events.manifests().stream()
            .mapToLong(manifest -> manifest.counts().getOrDefault("duplicates", 0L))
            .sum(),
        rejects.manifests().stream().mapToLong(QualityReader::records).sum(),
        events.manifests().stream()
            .filter(manifest -> records(manifest) == 0)
            .map(manifest -> manifest.where().day())
            .toList(),
        missing,
        List.copyOf(withoutSales),
        reasons(rejects),
        all.isEmpty() ? (present.isEmpty() ? null : present.last()) : all.lastKey().day(),
        sales.manifests().stream()
            .map(Manifest::createdAt)
            .filter(Objects::nonNull)
            .max(Comparator.<Instant>naturalOrder())
            .orElse(null));
  }

  private static long records(Manifest manifest) {
    return manifest.files().stream().mapToLong(DataFile::records).sum();
  }

  private static List<Reason> reasons(WarehouseTables rejects) throws IOException {
    var reasons = new HashMap<String, Reason>();
    rejects.forEach(
        (day, row) -> {
          var text = row.text("reason");
          reasons.merge(
              withoutValues(text),
              new Reason(withoutValues(text), 1, text),
              (one, other) ->
                  new Reason(one.reason(), one.records() + other.records(), one.example()));
        });
    return reasons.values().stream()
        .sorted(Comparator.comparingLong(Reason::records).reversed().thenComparing(Reason::reason))
        .limit(TOP_REASONS)
        .toList();
  }

  static String withoutValues(String reason) {
    return VALUE.matcher(PLACE.matcher(reason).replaceFirst("")).replaceAll("…");
  }
}
