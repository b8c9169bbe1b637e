package org.clickmill.drivers.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A report as one HTML page that holds everything it needs. */
public final class ReportPage {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");
  private static final int MOST_DAYS_NAMED = 20;

  private final Report report;

  public ReportPage(Report report) {
    this.report = report;
  }

  public String html() {
    var all = Charts.all(report);
    var charts = all.stream().collect(Collectors.toMap(Chart::id, Function.identity()));
    var visits = new VisitSections(report, charts);
    var values = new ValueSections(report, charts);
    var parts = new HashMap<String, String>();
    var range = Format.day(report.from()) + " – " + Format.day(report.to());
    parts.put("title", Html.escape("Clickmill: " + range));
    parts.put("heading", Html.escape("The shop, " + range));
    parts.put("about", Html.escape("Warehouse " + report.warehouse()));
    parts.put(
        "madeBy",
        Html.escape(
            "Made by Clickmill %s on %s. Drawn by Chart.js; this page loads nothing from anywhere."
                .formatted(report.suiteVersion(), Format.instant(report.createdAt()))));
    parts.put("style", resource("report.css"));
    parts.put("script", resource("report.js"));
    parts.put("chartLibrary", chartLibrary());
    parts.put("charts", json(all));
    parts.put("keyFigures", keyFigures());
    parts.put("revenueChart", Html.figure(charts.get("revenue")));
    parts.put("ordersChart", Html.figure(charts.get("orders")));
    parts.put("dailyTable", Html.folded(ReportTables.daily(report)));
    parts.put(
        "lastDayHeading",
        report.lastDay() == null
            ? "On the last day"
            : Html.escape("On the last day, " + Format.day(report.lastDay())));
    parts.put("lastDayChart", Html.figure(charts.get("top-products-last-day")));
    parts.put("lastDayTable", Html.table(ReportTables.topOfLastDay(report)));
    parts.put("rangeHeading", Html.escape("Over all days, " + range));
    parts.put("rangeChart", Html.figure(charts.get("top-products")));
    parts.put("rangeTable", Html.table(ReportTables.topOfRange(report)));
    parts.put("categoryChart", Html.figure(charts.get("categories")));
    parts.put("categoryTable", Html.table(ReportTables.categories(report)));
    parts.put("brandChart", Html.figure(charts.get("brands")));
    parts.put("brandTable", Html.table(ReportTables.brands(report)));
    parts.put("sessions", visits.sessions());
    parts.put("funnels", visits.funnels());
    parts.put("carts", visits.carts());
    parts.put("trending", values.trending());
    parts.put("customerValues", values.customerValues());
    parts.put("missing", missing());
    parts.put("qualityFigures", qualityFigures());
    parts.put("qualityNotes", qualityNotes());
    parts.put("rejectTable", Html.table(ReportTables.rejects(report)));
    return fill(resource("report.html"), parts);
  }

  /** Puts the parts into the template, each as it is: a part is not looked through again. */
  static String fill(String template, Map<String, String> parts) {
    return PLACEHOLDER
        .matcher(template)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    Objects.requireNonNull(parts.get(match.group(1)), match.group(1))));
  }

  /** JSON that can stand in a script element: no text in it can end the element. */
  static String json(List<Chart> charts) {
    try {
      return JsonMapper.builder()
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build()
          .writeValueAsString(charts.stream().filter(chart -> !chart.isEmpty()).toList())
          .replace("<", "\\u003c")
          .replace("\u2028", "\\u2028")
          .replace("\u2029", "\\u2029");
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String keyFigures() {
    var present = report.days().stream().filter(Report.SalesDay::isPresent).toList();
    if (present.isEmpty()) {
      return Stream.of("Revenue", "Orders", "Average order value", "Units sold")
          .map(label -> Html.tile(label, "–", "no data"))
          .collect(Collectors.joining());
    }
    var revenue =
        present.stream().map(Report.SalesDay::revenue).reduce(BigDecimal.ZERO, BigDecimal::add);
    var gross =
        present.stream()
            .map(Report.SalesDay::grossRevenue)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    long orders = present.stream().mapToLong(Report.SalesDay::orders).sum();
    long units = present.stream().mapToLong(Report.SalesDay::unitsSold).sum();
    return Html.tile("Revenue", Format.money(revenue), "net of returns")
        + Html.tile("Orders", Format.count(orders), perDay(orders, present.size()))
        + Html.tile(
            "Average order value",
            orders == 0
                ? "–"
                : Format.money(gross.divide(BigDecimal.valueOf(orders), 4, RoundingMode.HALF_EVEN)),
            "gross")
        + Html.tile("Units sold", Format.count(units), perDay(units, present.size()))
        + Html.tile(
            "Days",
            Format.count(present.size()),
            present.size() == report.days().size()
                ? "all with sales tables"
                : "with sales tables, of " + Format.count(report.days().size()));
  }

  private static String perDay(long total, int days) {
    return Format.average((double) total / days) + " a day";
  }

  private String qualityFigures() {
    var quality = report.quality();
    return Html.tile("Events", Format.count(quality.events()), "in the days of this report")
        + Html.tile("Duplicates dropped", Format.count(quality.duplicates()), null)
        + Html.tile("Rejected records", Format.count(quality.rejected()), "in the whole warehouse")
        + Html.tile(
            "Newest events",
            quality.newestEvents() == null ? "–" : Format.day(quality.newestEvents()),
            quality.newestTable() == null
                ? null
                : "tables made " + Format.instant(quality.newestTable()));
  }

  private String qualityNotes() {
    var quality = report.quality();
    return days("Empty days, without any event", quality.emptyDays())
        + days("Days without a table of events", quality.missingDays())
        + days("Days with events but without a table of sales", quality.daysWithoutSales());
  }

  private static String days(String label, List<LocalDate> days) {
    if (days.isEmpty()) {
      return "";
    }
    var named =
        days.stream().limit(MOST_DAYS_NAMED).map(Format::day).collect(Collectors.joining(", "));
    int more = days.size() - MOST_DAYS_NAMED;
    return Html.warning(
        label + " (" + Format.count(days.size()) + "):",
        named + (more > 0 ? " and " + Format.count(more) + " more" : ""));
  }

  /** What the report would also tell, and which commands it needs for that. */
  private String missing() {
    if (report.missing().isEmpty()) {
      return "";
    }
    var lines =
        report.missing().stream()
            .map(
                topic ->
                    "<li>%s: <code>clickmill %s</code> makes the table %s.</li>\n"
                        .formatted(Html.escape(topic.title()), topic.command(), topic.dataset()))
            .collect(Collectors.joining());
    return Html.section(
        "missing",
        "Left out",
        "These tables have not been computed for the days of this report.",
        "<ul>\n" + lines + "</ul>");
  }

  private static String chartLibrary() {
    var properties = new Properties();
    try (var in = ReportPage.class.getResourceAsStream("chart-library.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Without the reference to a source map, which is not there.
    return resource(properties.getProperty("resource"))
        .replaceAll("(?m)^//# sourceMappingURL=.*$", "");
  }

  private static String resource(String name) {
    try (var in = ReportPage.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read resource: " + name, e);
    }
  }
}
