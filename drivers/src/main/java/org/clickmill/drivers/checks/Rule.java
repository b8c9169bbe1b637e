package org.clickmill.drivers.checks;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.clickmill.formats.event.Money;
import org.clickmill.jobs.kernel.Table;

/** What a check asks of a partition. */
sealed interface Rule {
  /** The key of the rule in the file. */
  String kind();

  /** The columns whose figures it needs. */
  default List<String> columns() {
    return List.of();
  }

  Finding judge(Subject subject);

  /**
   * A partition that is judged.
   *
   * @param day the first of its period
   * @param rows how many it has
   * @param columns figures of the columns that rules name
   * @param history the rows of the days before
   * @param keys what was counted for the rule; null for rules that count no keys
   */
  record Subject(
      Table table,
      LocalDate day,
      long rows,
      ColumnFigures columns,
      RowHistory history,
      KeyCount keys) {}

  /**
   * The number of rows, against what the last same weekdays let expect.
   *
   * @param least share of the expected rows that are enough
   * @param most share that is not too many; null for no bound
   * @param judgedFrom where fewer rows are expected, nothing is judged
   * @param closed days on which the shop was closed, which are not judged
   */
  record RowCount(BigDecimal least, BigDecimal most, long judgedFrom, Set<LocalDate> closed)
      implements Rule {
    static final String KIND = "row-count";

    @Override
    public String kind() {
      return KIND;
    }

    @Override
    public Finding judge(Subject subject) {
      if (closed.contains(subject.day())) {
        return Finding.notJudged("the shop was closed");
      }
      var expected = subject.history().expected(subject.day());
      if (expected.isEmpty()) {
        return Finding.notJudged(
            "there are fewer than " + RowHistory.FEWEST_WEEKS + " same weekdays before it");
      }
      double rows = expected.getAsDouble();
      if (rows < judgedFrom) {
        return Finding.notJudged(text("only %,.0f rows are expected", rows));
      }
      double lowest = rows * least.doubleValue();
      Double highest = most == null ? null : rows * most.doubleValue();
      long found = subject.rows();
      boolean isPassed = found >= lowest && (highest == null || rows == 0 || found <= highest);
      return Finding.of(
          isPassed,
          (double) found,
          lowest,
          highest,
          text(
              "%,d rows, %s %,.0f expected (%s)",
              found,
              rows == 0 ? "with" : text("which is %.2f of the", found / rows),
              rows,
              "the last same weekdays, at the level of the last two weeks"));
    }
  }

  /** The share of rows without a value. */
  record NullShare(String column, BigDecimal most) implements Rule {
    static final String KIND = "null-share";

    @Override
    public String kind() {
      return KIND;
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public Finding judge(Subject subject) {
      long nulls = subject.columns().nulls(column);
      double share = subject.rows() == 0 ? 0 : (double) nulls / subject.rows();
      return Finding.of(
          share <= most.doubleValue(),
          share,
          null,
          most.doubleValue(),
          text(
              "%,d of %,d rows have no %s, a share of %.4f where at most %s is allowed",
              nulls, subject.rows(), column, share, most.toPlainString()));
    }
  }

  /** Columns that identify a row. */
  record Unique(List<String> key) implements Rule {
    static final String KIND = "unique";

    @Override
    public String kind() {
      return KIND;
    }

    @Override
    public Finding judge(Subject subject) {
      long repeated = subject.keys().rows() - subject.keys().distinct();
      return Finding.of(
          repeated == 0,
          (double) repeated,
          null,
          0.0,
          text(
              "%,d of %,d rows repeat another's %s",
              repeated, subject.keys().rows(), String.join(", ", key)));
    }
  }

  /**
   * What values there may be.
   *
   * @param least null for no bound
   * @param most null for no bound
   */
  record Range(String column, BigDecimal least, BigDecimal most) implements Rule {
    static final String KIND = "range";

    @Override
    public String kind() {
      return KIND;
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public Finding judge(Subject subject) {
      var figures = subject.columns();
      if (figures.isEmpty(column)) {
        return Finding.of(true, null, number(least), number(most), "no row has a " + column);
      }
      if (figures.least(column).isEmpty()) {
        return Finding.of(
            false, null, number(least), number(most), column + " has values that are no numbers");
      }
      var lowest = figures.least(column).get();
      var highest = figures.most(column).get();
      boolean isTooLow = least != null && lowest.compareTo(least) < 0;
      boolean isTooHigh = most != null && highest.compareTo(most) > 0;
      return Finding.of(
          !isTooLow && !isTooHigh,
          (isTooLow || most == null ? lowest : highest).doubleValue(),
          number(least),
          number(most),
          text(
              "%s is from %s to %s where %s is allowed",
              column, lowest.toPlainString(), highest.toPlainString(), bounds()));
    }

    private String bounds() {
      return Stream.of(
              least == null ? null : "at least " + least.toPlainString(),
              most == null ? null : "at most " + most.toPlainString())
          .filter(bound -> bound != null)
          .collect(Collectors.joining(" and "));
    }

    private static Double number(BigDecimal bound) {
      return bound == null ? null : bound.doubleValue();
    }
  }

  /** How near to the end of its period the newest value of a column of times is. */
  record Freshness(String column, Duration within) implements Rule {
    static final String KIND = "freshness";

    @Override
    public String kind() {
      return KIND;
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public Finding judge(Subject subject) {
      if (subject.columns().isEmpty(column)) {
        return Finding.notJudged("no row has a " + column);
      }
      var newest =
          Instant.ofEpochMilli(subject.columns().most(column).orElseThrow().longValueExact());
      var days = subject.table().grain().days(subject.day());
      var end = days.get(days.size() - 1).plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
      var before = Duration.between(newest, end);
      return Finding.of(
          before.compareTo(within) <= 0,
          (double) before.toSeconds(),
          null,
          (double) within.toSeconds(),
          text(
              "the newest %s is %s, %,d minutes before the end where at most %,d are allowed",
              column, newest, before.toMinutes(), within.toMinutes()));
    }
  }

  /**
   * The day's orders, against those of a file from the shop's own database.
   *
   * @param orders the file
   * @param amountColumn the table's column that the file's amounts are compared with; null if only
   *     orders are counted
   * @param tolerance the share by which the two may differ
   */
  record Reconciliation(OrdersFile orders, String amountColumn, BigDecimal tolerance)
      implements Rule {
    static final String KIND = "reconciliation";
    static final String ORDERS = "orders";

    @Override
    public String kind() {
      return KIND;
    }

    @Override
    public List<String> columns() {
      return amountColumn == null ? List.of(ORDERS) : List.of(ORDERS, amountColumn);
    }

    @Override
    public Finding judge(Subject subject) {
      var file = orders.of(subject.day());
      if (subject.keys() == null) {
        return new Finding(
            Finding.Verdict.FAILED, null, null, tolerance.doubleValue(), "missing file " + file);
      }
      long expected = subject.keys().distinct();
      var found = value(subject, ORDERS);
      double difference = difference(found, BigDecimal.valueOf(expected));
      var text = text("%s orders where %s has %,d", found.toPlainString(), file, expected);
      if (amountColumn != null) {
        var amount = Money.decimal(subject.keys().amount());
        var ours = value(subject, amountColumn);
        difference = Math.max(difference, difference(ours, amount));
        text +=
            text(
                ", and %s of %s where it has %s",
                amountColumn, ours.toPlainString(), amount.toPlainString());
      }
      return Finding.of(
          difference <= tolerance.doubleValue(), difference, null, tolerance.doubleValue(), text);
    }

    /** Of the one row of the day. */
    private static BigDecimal value(Subject subject, String column) {
      return subject.columns().most(column).orElse(BigDecimal.ZERO);
    }

    private static double difference(BigDecimal found, BigDecimal expected) {
      double difference = found.subtract(expected).abs().doubleValue();
      if (difference == 0) {
        return 0;
      }
      return expected.signum() == 0 ? 1 : difference / expected.abs().doubleValue();
    }
  }

  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
