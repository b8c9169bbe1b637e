package org.clickmill.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
  private static final String ROW = "('2019-10-01', 'a', 7, 0.5, 10)";
  private static final String OTHER_ROW = "('2019-10-02', 'b', 8, NULL, 5000)";

  @Test
  void equalTablesAreCounted() throws SQLException {
    assertThat(compare(ROW + ", " + OTHER_ROW, OTHER_ROW + ", " + ROW)).isEqualTo(2);
  }

  @Test
  void differentCountIsNamedWithItsRow() {
    assertThatThrownBy(() -> compare(ROW, "('2019-10-01', 'a', 6, 0.5, 10)"))
        .isInstanceOf(BenchmarkException.class)
        .hasMessage(
            "Cannot tell times of A views: counts of Clickmill and DuckDB differ in 1 of 1 rows,"
                + " first in [2019-10-01 a, 'Clickmill: views 7, share 0.5, visitors 10',"
                + " 'DuckDB: views 6, share 0.5, visitors 10']");
  }

  @Test
  void missingRowIsADifferenceOnEitherSide() {
    assertThatThrownBy(() -> compare(ROW, ROW + ", " + OTHER_ROW))
        .hasMessageContaining("differ in 1 of 2 rows, first in [2019-10-02 b");
    assertThatThrownBy(() -> compare(ROW + ", " + OTHER_ROW, ROW))
        .hasMessageContaining("differ in 1 of 2 rows, first in [2019-10-02 b");
  }

  @Test
  void noRowsAreNotEqual() {
    assertThatThrownBy(() -> compare(ROW + " LIMIT 0", ROW + " LIMIT 0"))
        .hasMessage("Cannot tell times of A views: counts of DuckDB has no rows");
  }

  @Test
  void doublesMayDifferByEpsilonButNotInBeingNull() throws SQLException {
    assertThat(compare(ROW, "('2019-10-01', 'a', 7, 0.50005, 10)")).isEqualTo(1);
    assertThatThrownBy(() -> compare(ROW, "('2019-10-01', 'a', 7, 0.502, 10)"))
        .hasMessageContaining("share 0.502");
    assertThatThrownBy(() -> compare(ROW, "('2019-10-01', 'a', 7, NULL, 10)"))
        .hasMessageContaining("share NULL");
  }

  @Test
  void onlyLargeEstimatesMayDiffer() throws SQLException {
    assertThat(compare(OTHER_ROW, "('2019-10-02', 'b', 8, NULL, 5100)")).isEqualTo(1);
    assertThatThrownBy(() -> compare(OTHER_ROW, "('2019-10-02', 'b', 8, NULL, 6000)"))
        .hasMessageContaining("visitors 6000");
    assertThatThrownBy(() -> compare(ROW, "('2019-10-01', 'a', 7, 0.5, 11)"))
        .hasMessageContaining("visitors 11");
  }

  private static long compare(String ours, String theirs) throws SQLException {
    var table =
        ComparedTable.of("counts", "dt product_id", "views")
            .near("share", "0.0001")
            .estimated("visitors");
    var question = new Question("A", "views", List.of(), List.of(), List.of(table));
    return Comparison.compare(
        question, new Rows("Clickmill", ours), new Rows("DuckDB", theirs));
  }

  /** A side whose tables are rows in SQL. */
  private record Rows(String name, String rows) implements Side {
    @Override
    public Map<String, String> versions() {
      return Map.of();
    }

    @Override
    public boolean answers(Question question) {
      return true;
    }

    @Override
    public void prepare(Question question) {}

    @Override
    public Measurement answer(Question question) {
      return new Measurement(1, 1, 1);
    }

    @Override
    public String relation(ComparedTable table) {
      return "(SELECT * FROM (VALUES %s)) t(dt, product_id, views, share, visitors)"
          .formatted(rows.replace(" LIMIT 0", ""))
          .replace("))", rows.endsWith("LIMIT 0") ? ") LIMIT 0)" : "))");
    }
  }
}
