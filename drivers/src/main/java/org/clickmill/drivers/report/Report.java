package org.clickmill.drivers.report;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What a report tells, as {@code report.json} holds it: its components are the document's fields,
 * which docs/report.md describes.
 *
 * @param version of the document's form; raised when a field goes or changes its meaning
 * @param createdAt when it was made
 * @param from the first day that was asked for
 * @param to the last day
 * @param first the first day that the tables go back to, so that the range can be compared with the
 *     days before it; at most {@code from}
 * @param opensAt the first day that the page shows when it is opened
 * @param newestEvents the last day with a table of events in the whole warehouse; null if none
 * @param tables the tables; those without rows too
 * @param checks figures that come from two tables
 * @param missing tables that have no day of this range
 */
public record Report(
    int version,
    String suiteVersion,
    Instant createdAt,
    String warehouse,
    ReportSettings.Values settings,
    LocalDate from,
    LocalDate to,
    LocalDate first,
    LocalDate opensAt,
    LocalDate newestEvents,
    List<ReportTable> tables,
    List<Check> checks,
    List<Missing> missing) {
  static final int VERSION = 1;

  public Report {
    tables = List.copyOf(tables);
    checks = List.copyOf(checks);
    missing = List.copyOf(missing);
  }

  /** A table by its name; empty if the report does not have it. */
  Optional<ReportTable> table(String name) {
    return tables.stream().filter(table -> table.name().equals(name)).findFirst();
  }

  /**
   * A figure of two tables, over the days that both have.
   *
   * @param figure what it is
   * @param table the table that it is usually taken from
   * @param other the other one
   * @param days how many days both tables have
   * @param differingDays on how many of them the two differ
   * @param total over these days, of the first table
   * @param otherTotal of the other one
   * @param isExpected whether they may differ
   * @param reason why they may, or why they probably do; null if they agree
   */
  public record Check(
      String figure,
      String table,
      String other,
      int days,
      int differingDays,
      BigDecimal total,
      BigDecimal otherTotal,
      boolean isExpected,
      String reason) {}

  /**
   * A table that has no day of the range.
   *
   * @param command the command that makes it
   * @param isAskedFor whether the settings ask for it
   */
  public record Missing(String table, String command, boolean isAskedFor) {}
}
