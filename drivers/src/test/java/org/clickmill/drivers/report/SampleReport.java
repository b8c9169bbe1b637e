package org.clickmill.drivers.report;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.clickmill.drivers.report.Report.Check;
import org.clickmill.drivers.report.Report.Missing;
import org.clickmill.drivers.report.ReportTable.Column;
import org.clickmill.drivers.report.ReportTable.Kind;

/** A report of October with the days before it, with names that would break a careless page. */
final class SampleReport {
  static final LocalDate FIRST = LocalDate.of(2019, 8, 31);
  static final LocalDate FROM = LocalDate.of(2019, 10, 1);
  static final LocalDate TO = LocalDate.of(2019, 10, 31);
  static final LocalDate MISSING = LocalDate.of(2019, 10, 9);

  static final String SCRIPT = "</script><script>alert(1)</script>";
  static final String FORMULA = "=HYPERLINK(\"http://evil\")";

  private SampleReport() {}

  static Report create() {
    return report("EUR", tables());
  }

  /** A report of a model that has no fit. */
  static Report withoutModel() {
    var tables = new ArrayList<>(tables());
    tables.removeIf(table -> table.name().startsWith("clv_"));
    tables.add(segments(null));
    tables.add(model(false));
    return report(null, tables);
  }

  /** A warehouse in which nothing has happened yet. */
  static Report empty() {
    var none = List.<List<Object>>of();
    return new Report(
        Report.VERSION,
        "0.1.0",
        Instant.parse("2019-11-01T03:15:00Z"),
        "file:/data/shop",
        new ReportSettings.Values("The shop", null, "en-US", "UTC"),
        FROM,
        FROM,
        FROM,
        FROM,
        null,
        List.of(table("events", null, "day:day events:count duplicates:count", none)),
        List.of(),
        List.of(new Missing("sales", "sales", true), new Missing("traffic", "pipeline", false)));
  }

  private static Report report(String currency, List<ReportTable> tables) {
    return new Report(
        Report.VERSION,
        "0.1.0",
        Instant.parse("2019-11-01T03:15:00Z"),
        "file:/data/shop & <sons>",
        new ReportSettings.Values("Shop <b>one</b>", currency, "en-US", "Europe/Berlin"),
        FROM,
        TO,
        FIRST,
        FROM,
        TO,
        tables,
        List.of(
            check("sales_by_brand", 0, false, null),
            check("sales_hourly", 2, false, "They should agree."),
            check("traffic_by_traffic_source", 3, true, "Lines after midnight.")),
        List.of(new Missing("daily_summary", "pipeline", false)));
  }

  private static Check check(String other, int differing, boolean isExpected, String reason) {
    var total = new BigDecimal("100.5");
    return new Check("revenue", "sales", other, 61, differing, total, total, isExpected, reason);
  }

  /** A report of many values. */
  static List<ReportTable> tables() {
    var sales = new ArrayList<List<Object>>();
    var sessions = new ArrayList<List<Object>>();
    var hours = new ArrayList<List<Object>>();
    var funnel = new ArrayList<List<Object>>();
    var carts = new ArrayList<List<Object>>();
    var events = new ArrayList<List<Object>>();
    var categories = new ArrayList<List<Object>>();
    var brands = new ArrayList<List<Object>>();
    var products = new ArrayList<List<Object>>();
    var views = new ArrayList<List<Object>>();
    var sources = new ArrayList<List<Object>>();
    for (var day = FIRST; !day.isAfter(TO); day = day.plusDays(1)) {
      if (day.equals(MISSING)) {
        continue;
      }
      boolean isOctober = !day.isBefore(FROM);
      long orders = isOctober ? 20 : 10;
      // 300 a day in September, 600 in October.
      var revenue = BigDecimal.valueOf(30 * orders).setScale(4);
      sales.add(row(day, revenue, revenue.add(BigDecimal.TEN), orders, 2 * orders, orders / 10));
      sessions.add(row(day, 200L, 0L, 80L, isOctober ? 20L : 10L, 20_000L, 58.5));
      for (int hour = 0; hour < 24; hour += 6) {
        var time = day.atTime(hour, 0).toInstant(ZoneOffset.UTC);
        hours.add(row(day, time, revenue.divide(BigDecimal.valueOf(4)), orders / 4, orders / 2));
      }
      boolean isMature = !day.equals(TO);
      funnel.add(row(day, "<b>quick</b>", 1L, "view", 100L, 0L, null, isMature));
      funnel.add(row(day, "<b>quick</b>", 2L, "cart", isOctober ? 20L : 10L, 80L, 48.0, isMature));
      funnel.add(row(day, "<b>quick</b>", 3L, "purchase", 5L, 15L, 7384.5, isMature));
      carts.add(row(day, 30L, 15L, 12L, 3L, 0.4, new BigDecimal("3456.125"), isMature));
      events.add(row(day, 1000L, 10L));
      long phones = 6 * orders;
      categories.add(
          parts(day, "electronics.smartphone", revenue.multiply(new BigDecimal("0.6")), phones));
      categories.add(parts(day, SCRIPT, revenue.multiply(new BigDecimal("0.3")), phones));
      categories.add(parts(day, null, revenue.multiply(new BigDecimal("0.1")), phones));
      brands.add(parts(day, "apple", revenue.multiply(new BigDecimal("0.5")), phones));
      brands.add(parts(day, FORMULA, revenue.multiply(new BigDecimal("0.5")), phones));
      products.add(parts(day, "1001", revenue.multiply(new BigDecimal("0.4")), phones));
      products.add(parts(day, "1002", revenue.multiply(new BigDecimal("0.1")), phones));
      products.add(parts(day, null, revenue.multiply(new BigDecimal("0.5")), phones));
      for (int i = 1; i <= 12; i++) {
        views.add(row(day, Integer.toString(1000 + i), 100L - i));
      }
      views.add(row(day, null, 500L));
      sources.add(row(day, "google", 120L, 50L, 5L, 5L, revenue));
      sources.add(row(day, "@newsletter", 60L, 20L, 5L, 5L, revenue));
      sources.add(row(day, null, 20L, 10L, 0L, 0L, BigDecimal.ZERO));
    }
    var known = new ArrayList<List<Object>>();
    known.add(row("1001", "apple", "electronics.smartphone"));
    known.add(row("1002", FORMULA, "electronics.smartphone"));
    var bySales =
        "day:day value:text revenue:money gross_revenue:money orders:count units_sold:count units_returned:count";
    return List.of(
        table("events", null, "day:day events:count duplicates:count", events),
        table(
            "sessions",
            null,
            "day:day sessions:count open_sessions:count bounces:count sessions_with_purchase:count"
                + " duration_seconds:seconds median_duration_seconds:seconds",
            sessions),
        table(
            "sales",
            null,
            "day:day revenue:money gross_revenue:money orders:count units_sold:count"
                + " units_returned:count",
            sales),
        table(
            "sales_hourly",
            null,
            "day:day bucket_start:time revenue:money orders:count units_sold:count",
            hours),
        table(
            "funnel",
            null,
            "day:day funnel:text step:count step_name:text sessions:count drop_off:count"
                + " median_seconds_from_previous:seconds mature:flag",
            funnel),
        table(
            "cart_abandonment",
            null,
            "day:day sessions_with_cart:count sessions_bought:count sessions_abandoned:count"
                + " sessions_emptied:count abandonment_rate:share abandoned_value:money mature:flag",
            carts),
        table("sales_by_category", null, bySales, categories),
        table("sales_by_brand", null, bySales, brands),
        table("sales_by_product", null, bySales, products),
        table("views_by_product", null, "day:day product_id:text views:count", views),
        table("products", null, "product_id:text brand:text category_code:text", known),
        table(
            "trending",
            TO,
            "window_days:count rank:count product_id:text views:count views_before:count"
                + " growth:share is_new:flag",
            List.of(
                row(7L, 1L, "1001", 900L, 100L, 8.0, false),
                row(7L, 2L, "1002", 90L, 0L, null, true))),
        table(
            "traffic_by_traffic_source",
            null,
            "day:day traffic_source:text sessions:count bounces:count sessions_with_purchase:count"
                + " orders:count revenue:money",
            sources),
        table(
            "cohorts",
            TO,
            "cohort:day months_since:count customers:count active_customers:count orders:count"
                + " revenue:money retention:share is_complete:flag",
            List.of(
                row(LocalDate.of(2019, 9, 1), 0L, 50L, 50L, 60L, BigDecimal.TEN, 1.0, true),
                row(LocalDate.of(2019, 9, 1), 1L, 50L, 10L, 12L, BigDecimal.ONE, 0.2, false),
                row(LocalDate.of(2019, 10, 1), 0L, 40L, 40L, 44L, BigDecimal.TEN, 1.0, false))),
        segments(new BigDecimal("31200.5")),
        table(
            "clv_distribution",
            TO,
            "from_value:money below_value:money customers:count",
            List.of(
                row(BigDecimal.ZERO, new BigDecimal("0.5"), 120L),
                row(new BigDecimal("0.5"), BigDecimal.ONE, 90L),
                row(BigDecimal.valueOf(500), null, 37L))),
        model(true),
        table(
            "clv_calibration",
            TO,
            "cohort:day frequency:count week:count first_day:day customers:count"
                + " actual_purchases:count expected_purchases:number",
            List.of(
                row(null, 0L, 1L, FROM, 100L, 5L, 4.5),
                row(null, 1L, 1L, FROM, 20L, 6L, 7.25),
                row(null, 0L, 2L, FROM.plusDays(7), 100L, 4L, 4.25),
                row(null, 1L, 2L, FROM.plusDays(7), 20L, 6L, 7.0))),
        table(
            "freshness",
            null,
            "table:text last_day:day missing_days:count made_at:time",
            List.of(row("sales", TO, 1L, Instant.parse("2019-11-01T02:10:00Z")))),
        table(
            "rejects",
            null,
            "reason:text records:count",
            List.of(row("field price: … is not a number", 5L), row("-too few fields", 2L))));
  }

  private static ReportTable segments(BigDecimal expected) {
    return table(
        "clv_segments",
        TO,
        "segment:text customers:count revenue:money mean_revenue:money expected_value:money"
            + " mean_expected_value:money",
        List.of(
            row(
                "champions",
                40L,
                new BigDecimal("12000"),
                new BigDecimal("300"),
                expected,
                expected),
            row(
                "<at> risk",
                307L,
                new BigDecimal("10995.75"),
                new BigDecimal("35.8"),
                expected,
                expected)));
  }

  private static ReportTable model(boolean converged) {
    return table(
        "clv_model",
        TO,
        "converged:flag reason:text horizon_days:count discount_rate_monthly:share customers:count"
            + " repeat_customers:count r:number p:number",
        List.of(
            row(
                converged,
                converged ? null : "q <= 1 & no mean",
                90L,
                0.01,
                347L,
                95L,
                0.2425945,
                converged ? 6.25 : null)));
  }

  /**
   * A table.
   *
   * @param day of snapshots; null of others
   * @param columns each a name and a kind
   */
  static ReportTable table(String name, LocalDate day, String columns, List<List<Object>> rows) {
    return new ReportTable(
        name,
        "A row of " + name + ".",
        day,
        Arrays.stream(columns.split(" ", -1))
            .map(column -> column.split(":", -1))
            .map(
                parts ->
                    new Column(
                        parts[0],
                        Kind.valueOf(parts[1].toUpperCase(Locale.ROOT)),
                        "Meaning of " + parts[0] + "."))
            .toList(),
        rows);
  }

  private static List<Object> parts(LocalDate day, String value, BigDecimal revenue, long units) {
    return row(day, value, revenue, revenue, units / 2, units, 0L);
  }

  private static List<Object> row(Object... values) {
    return ReportTable.row(values);
  }
}
