package org.clickmill.drivers.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.clickmill.drivers.catalog.TableCatalog;
import org.clickmill.drivers.report.Source.Top;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TopRowsTest {
  private static final LocalDate DAY = LocalDate.of(2019, 10, 1);

  @TempDir Path folder;

  @Test
  void greatestValuesAndAllOthersAreSummedExactlyInBoundedMemory() throws IOException {
    long seed = Long.getLong("seed", System.nanoTime());
    var random = new Random(seed);
    var tables = PublishedTables.in(folder);
    var totals = new TreeMap<String, Long>();
    var ofDays = new TreeMap<LocalDate, TreeMap<String, Long>>();
    for (int i = 0; i < 3; i++) {
      var day = DAY.plusDays(i);
      var rows = new ArrayList<Map<String, Object>>();
      for (int value = 0; value < 400; value++) {
        // A few great ones among many small ones, some of them returned.
        long revenue = random.nextInt(10) - 2 + (value < 12 ? 2_000L * (value + 1) : 0);
        var name = "v" + value;
        rows.add(
            Map.of(
                "value",
                name,
                "revenue",
                BigDecimal.valueOf(revenue),
                "gross_revenue",
                BigDecimal.valueOf(Math.max(0, revenue) + random.nextInt(3)),
                "orders",
                1));
        totals.merge(name, revenue, Long::sum);
        ofDays.computeIfAbsent(day, unused -> new TreeMap<>()).put(name, revenue);
      }
      tables.publish("sales_by_brand", day, rows);
    }
    var expected =
        totals.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(10)
            .map(Map.Entry::getKey)
            .toList();
    for (int candidates : new int[] {40, 1_000}) {
      var top = top(tables);
      var ranking = top.rank(10, candidates);
      assertThat(ranking.values()).as("seed %d", seed).isEqualTo(expected);
      assertThat(ranking.isExact()).as("seed %d", seed).isTrue();
      var table = top.sums(ranking.values(), true);
      for (int i = 0; i < 3; i++) {
        var day = DAY.plusDays(i);
        var sums =
            table.rows().stream()
                .filter(row -> row.get(0).equals(day))
                .collect(
                    Collectors.toMap(
                        row -> String.valueOf(row.get(1)),
                        row -> ((BigDecimal) row.get(2)).longValueExact()));
        var others = new TreeMap<>(ofDays.get(day));
        others.keySet().removeAll(expected);
        assertThat(sums).as("seed %d", seed).hasSize(11);
        assertThat(sums.get("null"))
            .as("seed %d", seed)
            .isEqualTo(others.values().stream().mapToLong(Long::longValue).sum());
        expected.forEach(
            value ->
                assertThat(sums.get(value))
                    .as("seed %d", seed)
                    .isEqualTo(ofDays.get(day).get(value)));
      }
    }
  }

  @Test
  void rankingThatCannotBeProvenSaysSo() throws IOException {
    var tables = PublishedTables.in(folder);
    var rows = new ArrayList<Map<String, Object>>();
    for (int value = 0; value < 100; value++) {
      rows.add(
          Map.of("value", "v" + value, "revenue", BigDecimal.ONE, "gross_revenue", BigDecimal.ONE));
    }
    tables.publish("sales_by_brand", DAY, rows);
    var top = top(tables);
    var ranking = top.rank(5, 10);
    assertThat(ranking.isExact()).isFalse();
    assertThat(top.sums(ranking.values(), false).text())
        .contains("some of the last may be missing");
    assertThat(top.rank(5, 100).isExact()).isTrue();
  }

  @Test
  void valuesAreForgottenWhenThereAreTooManyAndGreatOnesAreNot() {
    var greatest = new GreatestValues(8);
    for (int i = 0; i < 10_000; i++) {
      greatest.add("small" + i, 1);
      greatest.add("great", 2);
      assertThat(greatest.values().size()).isLessThanOrEqualTo(8);
    }
    assertThat(greatest.values()).contains("great");
    assertThat(greatest.error()).isLessThan(20_000);
  }

  private static TopRows top(PublishedTables tables) throws IOException {
    var warehouse = tables.warehouse();
    var catalog = TableCatalog.of(warehouse.configuration());
    var source =
        (Top)
            Source.ALL.stream()
                .filter(one -> one.name().equals("sales_by_brand"))
                .findFirst()
                .orElseThrow();
    return new TopRows(new DayRows(warehouse, catalog.named("sales_by_brand"), null, null), source);
  }
}
