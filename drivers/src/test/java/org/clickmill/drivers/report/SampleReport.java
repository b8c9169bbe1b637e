package org.clickmill.drivers.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.clickmill.drivers.report.Report.Group;
import org.clickmill.drivers.report.Report.Product;
import org.clickmill.drivers.report.Report.Quality;
import org.clickmill.drivers.report.Report.Reason;
import org.clickmill.drivers.report.Report.SalesDay;

/** A report of 31 days, one of them missing, with names that would break a careless page. */
final class SampleReport {
  static final LocalDate FIRST = LocalDate.of(2019, 10, 1);
  static final LocalDate MISSING = LocalDate.of(2019, 10, 9);

  private SampleReport() {}

  static Report create() {
    return new Report(
        "file:/data/shop & <sons>",
        "0.1.0",
        Instant.parse("2019-11-01T03:15:00Z"),
        FIRST,
        FIRST.plusDays(30),
        days(),
        FIRST.plusDays(30),
        products(900, 500L),
        products(21_000, null),
        List.of(
            group(1, "electronics.smartphone", "1203344.1500", 0.61),
            group(2, "</script><script>alert(1)</script>", "401200.0000", 0.2),
            group(3, "computers.notebook", "99000.5000", 0.05),
            group(4, "(none)", "-12.3456", -0.0)),
        List.of(
            group(1, "apple", "900100.1000", 0.45),
            group(2, "samsung", "700200.2000", 0.35),
            group(3, "хозяйка & \"co\"", "1.0000", 0.0)),
        SampleTopics.sessions(),
        SampleTopics.funnels(),
        SampleTopics.carts(),
        SampleTopics.customerValues(true),
        SampleTopics.trending(),
        new Quality(
            42_448_764,
            30_220,
            7,
            List.of(FIRST.plusDays(4)),
            List.of(MISSING),
            List.of(),
            List.of(
                new Reason(
                    "field price: … is not a number", 5, "line 17: field price: 'abc' is not"),
                new Reason("too few fields", 2, "line 4: too few fields: 3")),
            FIRST.plusDays(30),
            Instant.parse("2019-11-01T02:10:00Z")),
        EnumSet.noneOf(Topic.class));
  }

  /** A warehouse in which nothing has happened yet. */
  static Report empty() {
    return new Report(
        "file:/data/shop",
        "0.1.0",
        Instant.parse("2019-11-01T03:15:00Z"),
        FIRST,
        FIRST,
        List.of(SalesDay.missing(FIRST)),
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Sessions.NONE,
        Funnels.NONE,
        List.of(),
        CustomerValues.NONE,
        TrendingProducts.NONE,
        new Quality(0, 0, 0, List.of(), List.of(FIRST), List.of(), List.of(), null, null),
        EnumSet.allOf(Topic.class));
  }

  /** The sample with other customers. */
  static Report with(CustomerValues values) {
    var sample = create();
    return new Report(
        sample.warehouse(),
        sample.suiteVersion(),
        sample.createdAt(),
        sample.from(),
        sample.to(),
        sample.days(),
        sample.lastDay(),
        sample.topOfLastDay(),
        sample.topOfRange(),
        sample.categories(),
        sample.brands(),
        sample.sessions(),
        sample.funnels(),
        sample.carts(),
        values,
        sample.trending(),
        sample.quality(),
        sample.missing());
  }

  private static List<SalesDay> days() {
    var days = new ArrayList<SalesDay>();
    for (int i = 0; i < 31; i++) {
      var day = FIRST.plusDays(i);
      if (day.equals(MISSING)) {
        days.add(SalesDay.missing(day));
        continue;
      }
      long orders = 1500 + 400 * (i % 7) + 13L * i;
      var revenue = new BigDecimal("312.1234").multiply(BigDecimal.valueOf(orders));
      boolean full = i >= 6 && (i < 8 || i > 14);
      days.add(
          new SalesDay(
              day,
              revenue,
              revenue.add(BigDecimal.TEN),
              orders,
              orders * 2,
              revenue.divide(BigDecimal.valueOf(orders), 4, RoundingMode.HALF_EVEN),
              full ? new BigDecimal("860000.1234").add(BigDecimal.valueOf(900L * i)) : null,
              full ? BigDecimal.valueOf(2700 + i) : null,
              i < 27 ? null : new BigDecimal("790000.5"),
              i < 27 ? null : BigDecimal.valueOf(2500)));
    }
    return days;
  }

  private static List<Product> products(int mostViews, Long visitors) {
    return IntStream.rangeClosed(1, 10)
        .mapToObj(
            rank ->
                new Product(
                    rank,
                    Integer.toString(1004856 + 17 * rank),
                    rank == 3 ? null : rank % 2 == 0 ? "samsung" : "apple",
                    rank == 4 ? null : "electronics.smartphone",
                    mostViews / rank,
                    visitors))
        .toList();
  }

  private static Group group(int rank, String value, String revenue, Double share) {
    return new Group(rank, value, new BigDecimal(revenue), 1200L / rank, 2400L / rank, share);
  }
}
