package org.clickmill.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table that all sides write, and how its columns are compared.
 *
 * @param name the name of its folder on every side
 * @param keys the columns that name a row
 * @param exact the columns that must be equal: counts, money, texts, times
 * @param near the columns that are doubles, or decimals on one side only, each with the largest
 *     difference that is still equal
 * @param estimated counts that Clickmill estimates once they reach {@value #EXACT_BELOW}
 * @param rows SQL for what is compared of the written table, which is <code>${table}</code> there
 */
record ComparedTable(
    String name,
    List<String> keys,
    List<String> exact,
    List<Near> near,
    List<String> estimated,
    String rows) {
  /** Below this Clickmill's distinct visitors are exact. */
  private static final int EXACT_BELOW = 4096;

  /** Five times the standard error of the estimate. */
  private static final double LARGEST_ERROR = 0.08;

  private static final String WRITTEN = "SELECT * FROM ${table}";

  /** A column and the largest difference that is still equal. */
  record Near(String column, String epsilon) {}

  static ComparedTable of(String name, String keys, String exact) {
    return new ComparedTable(name, words(keys), words(exact), List.of(), List.of(), WRITTEN);
  }

  ComparedTable near(String columns, String epsilon) {
    var all =
        Stream.concat(
                near.stream(), words(columns).stream().map(column -> new Near(column, epsilon)))
            .toList();
    return new ComparedTable(name, keys, exact, all, estimated, rows);
  }

  ComparedTable estimated(String columns) {
    return new ComparedTable(name, keys, exact, near, words(columns), rows);
  }

  ComparedTable summarized(String sql) {
    return new ComparedTable(name, keys, exact, near, estimated, sql);
  }

  /** Whether a row of {@code a} and one of {@code b} differ, in SQL. */
  String difference() {
    return Stream.of(
            keys.stream().limit(1).map(c -> "a.%1$s IS NULL OR b.%1$s IS NULL".formatted(c)),
            exact.stream().map(c -> "a.%1$s IS DISTINCT FROM b.%1$s".formatted(c)),
            near.stream().map(ComparedTable::differs),
            estimated.stream().map(ComparedTable::differsAsEstimate))
        .flatMap(conditions -> conditions)
        .collect(Collectors.joining("\n    OR "));
  }

  /** All compared columns but the keys. */
  List<String> values() {
    return Stream.of(exact.stream(), near.stream().map(Near::column), estimated.stream())
        .flatMap(columns -> columns)
        .toList();
  }

  private static String differs(Near near) {
    return ("(a.%1$s IS NULL) <> (b.%1$s IS NULL)"
            + " OR coalesce(abs(a.%1$s::DOUBLE - b.%1$s::DOUBLE) > %2$s, false)")
        .formatted(near.column(), near.epsilon());
  }

  private static String differsAsEstimate(String column) {
    return ("CASE WHEN b.%1$s < %2$s THEN a.%1$s IS DISTINCT FROM b.%1$s"
            + " ELSE abs(a.%1$s - b.%1$s) > %3$s * b.%1$s END")
        .formatted(column, EXACT_BELOW, LARGEST_ERROR);
  }

  private static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
  }

  /** SQL for the table among an engine's answers: all its files, whatever they are called. */
  String relation(Path answers) {
    return ("read_parquet('%s/**/*.parquet', hive_partitioning = true,"
            + " filename = true, file_row_number = true)")
        .formatted(answers.resolve(name));
  }
}
