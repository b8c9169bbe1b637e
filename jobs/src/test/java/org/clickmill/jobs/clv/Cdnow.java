package org.clickmill.jobs.clv;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import org.clickmill.formats.event.Money;
import org.junit.jupiter.api.Assumptions;

/** The CDNOW sample that the literature fits its models to; a test without it is skipped. */
final class Cdnow {
  static final LocalDate END = LocalDate.of(1997, 9, 30);

  /** A customer: x, t_x and T in days, m exactly. */
  record Customer(int id, int x, int lastPurchase, int age, BigDecimal value) {}

  private Cdnow() {}

  static Path file(String name) {
    var root = System.getProperty("clickmill.shared", "../shared");
    var file = Path.of(root, "data", "cdnow", name).toAbsolutePath().normalize();
    Assumptions.assumeTrue(Files.exists(file), "needs " + file);
    return file;
  }

  /** The customers as the transaction log has them, by id. */
  static List<Customer> customers() {
    var days = new TreeMap<Integer, TreeMap<LocalDate, BigDecimal>>();
    for (var line : lines("CDNOW_sample.txt")) {
      var fields = line.strip().split("\\s+", -1);
      var date = LocalDate.parse(fields[2], DateTimeFormatter.BASIC_ISO_DATE);
      if (!date.isAfter(END)) {
        days.computeIfAbsent(Integer.valueOf(fields[1]), id -> new TreeMap<>())
            .merge(date, new BigDecimal(fields[4]), BigDecimal::add);
      }
    }
    return days.entrySet().stream().map(e -> customer(e.getKey(), e.getValue())).toList();
  }

  private static Customer customer(int id, NavigableMap<LocalDate, BigDecimal> days) {
    int x = days.size() - 1;
    var first = days.firstKey();
    var repeats =
        days.tailMap(first, false).values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    return new Customer(
        id,
        x,
        (int) ChronoUnit.DAYS.between(first, days.lastKey()),
        (int) ChronoUnit.DAYS.between(first, END),
        x == 0 ? null : repeats.divide(BigDecimal.valueOf(x), MathContext.DECIMAL64));
  }

  /** The lines of the published summary: ID, x, t_x, T (weeks) and zbar. */
  static List<String[]> publishedSummary() {
    return lines("cdnow_customers_summary_with_transactions.csv").stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .toList();
  }

  private static List<String> lines(String name) {
    try {
      return Files.readAllLines(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SummaryCounts summaryCounts() {
    var counts = new SummaryCounts();
    customers().stream()
        .collect(
            groupingBy(
                customer -> List.of(customer.x(), customer.lastPurchase(), customer.age()),
                () ->
                    new TreeMap<>(
                        Comparator.<List<Integer>>comparingInt(row -> row.get(0))
                            .thenComparing(row -> row.get(1))
                            .thenComparing(row -> row.get(2))),
                counting()))
        .forEach((row, count) -> counts.add(row.get(0), row.get(1), row.get(2), count));
    return counts;
  }

  /** (x, m) of the log, m rounded as in the table clv; the published summary rounds to cents. */
  static ValueCounts valueCounts() {
    return valueCounts(value -> value);
  }

  /** The same with each m rounded further. */
  static ValueCounts valueCounts(LongUnaryOperator rounding) {
    var rows = new TreeMap<Integer, TreeMap<Long, Long>>();
    for (var customer : customers()) {
      if (customer.x() > 0 && customer.value().signum() > 0) {
        long value = Money.scaled(customer.value().setScale(Money.SCALE, RoundingMode.HALF_EVEN));
        rows.computeIfAbsent(customer.x(), key -> new TreeMap<>())
            .merge(rounding.applyAsLong(value), 1L, Long::sum);
      }
    }
    var counts = new ValueCounts();
    rows.forEach((x, values) -> values.forEach((value, count) -> counts.add(x, value, count)));
    return counts;
  }
}
