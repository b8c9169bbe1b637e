package org.clickmill.drivers.checks;

import java.time.LocalDate;
import java.util.Locale;
import org.clickmill.drivers.checks.Check.Severity;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;

/**
 * A row of {@code data_quality}.
 *
 * @param day the first day of the partition that was checked
 * @param severity fail or warn
 * @param reason why the check was accepted; null where it was not
 */
record CheckResult(
    LocalDate day,
    String table,
    String check,
    String rule,
    String severity,
    Status status,
    Double measured,
    Double least,
    Double most,
    String finding,
    String reason) {
  static final TableSchema SCHEMA = TableSchema.load(CheckResult.class, "data_quality.avsc");

  /** What became of a check. */
  enum Status {
    PASSED,
    WARNED,
    STOPPED,
    ACCEPTED,
    NOT_JUDGED;

    String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static Status of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT).replace(' ', '_'));
    }
  }

  static CheckResult of(LocalDate day, Check check, Finding finding, Status status, String reason) {
    return new CheckResult(
        day,
        check.table().dataset(),
        check.name(),
        check.rule().kind(),
        check.severity() == Severity.FAIL ? "fail" : "warn",
        status,
        finding.measured(),
        finding.least(),
        finding.most(),
        finding.text(),
        reason);
  }

  static CheckResult read(LocalDate day, TableReader row) {
    return new CheckResult(
        day,
        row.text("table_name"),
        row.text("check_name"),
        row.text("rule"),
        row.text("severity"),
        Status.of(row.text("status")),
        number(row, "measured"),
        number(row, "lower_bound"),
        number(row, "upper_bound"),
        row.text("finding"),
        row.text("reason"));
  }

  private static Double number(TableReader row, String column) {
    return row.isNull(column) ? null : (Double) row.doubleValue(column);
  }

  void fill(Row row) {
    row.clear();
    row.setText(SCHEMA.ordinal("table_name"), table);
    row.setText(SCHEMA.ordinal("check_name"), check);
    row.setText(SCHEMA.ordinal("rule"), rule);
    row.setText(SCHEMA.ordinal("severity"), severity);
    row.setText(SCHEMA.ordinal("status"), status.text());
    setNumber(row, "measured", measured);
    setNumber(row, "lower_bound", least);
    setNumber(row, "upper_bound", most);
    row.setText(SCHEMA.ordinal("finding"), finding);
    row.setText(SCHEMA.ordinal("reason"), reason);
  }

  private static void setNumber(Row row, String column, Double value) {
    if (value != null) {
      row.setDouble(SCHEMA.ordinal(column), value);
    }
  }

  /** What stopped, or would stop, a partition. */
  String text() {
    return "check " + check + ": " + finding;
  }
}
