package org.clickmill.drivers.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.catalog.CatalogTable;
import org.clickmill.drivers.catalog.RowWriter;
import org.clickmill.drivers.catalog.TableCatalog;
import org.clickmill.formats.parquet.ParquetTableWriter;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema.Column;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Publisher;
import org.clickmill.formats.warehouse.StagedPartition;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.formats.warehouse.WarehouseSettings;
import org.clickmill.jobs.DuckDb;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of random versions differ as SQL says; sorting in little memory comes to the same. */
final class RowDiffTest {
  private static final LocalDate DAY = LocalDate.of(2024, 2, 29);
  private static final String TABLE = "product_performance";
  private static final int ROWS = 400;
  private static final long LITTLE = 4_000;

  private final long seed = Long.getLong("clickmill.test.seed", new Random().nextLong());
  private final Random random = new Random(seed);

  @TempDir private Path folder;
  private Warehouse warehouse;
  private CatalogTable table;

  @BeforeEach
  void openWarehouse() throws IOException {
    var configuration = new Configuration();
    WarehouseSettings.SYNC.set(configuration, "false");
    warehouse =
        Warehouse.openOrCreate(
            new org.apache.hadoop.fs.Path(folder.toUri().toString(), "shop"), configuration);
    table = TableCatalog.of(configuration).named(TABLE);
  }

  @Test
  void rowsDifferAsSqlSays() throws Exception {
    var rows = new TreeMap<String, Map<String, Object>>();
    for (int i = 0; i < ROWS; i++) {
      var key = key(i);
      rows.put(key, randomRow(key));
    }
    publish(rows);
    for (int i = 0; i < ROWS; i++) {
      switch (random.nextInt(6)) {
        case 0 -> rows.remove(key(i));
        case 1 -> rows.put(key(i) + "+", randomRow(key(i) + "+"));
        case 2 -> rows.put(key(i), randomRow(key(i)));
        default -> {}
      }
    }
    publish(rows);

    var pair = VersionPair.find(warehouse, Partition.ofDay(TABLE, DAY), List.of());
    var whole = new Collected();
    var summary = new RowDiff(warehouse, table, List.of()).print(pair, Long.MAX_VALUE, whole);
    var inParts = new Collected();
    new RowDiff(warehouse, table, List.of(), LITTLE).print(pair, Long.MAX_VALUE, inParts);
    assertThat(inParts.rows).as("seed %d", seed).isEqualTo(whole.rows);

    try (var duck = new DuckDb()) {
      duck.execute("CREATE VIEW a AS SELECT * FROM '" + files(pair.before()) + "'");
      duck.execute("CREATE VIEW b AS SELECT * FROM '" + files(pair.after()) + "'");
      var compared = names().stream().filter(name -> !name.equals("product_id")).toList();
      var differs =
          compared.stream()
              .map(name -> "a." + name + " IS DISTINCT FROM b." + name)
              .collect(Collectors.joining(" OR "));
      assertThat(whole.keys("removed"))
          .as("seed %d", seed)
          .isEqualTo(keys(duck, "a ANTI JOIN b USING (product_id)", "true"));
      assertThat(whole.keys("added"))
          .as("seed %d", seed)
          .isEqualTo(keys(duck, "b ANTI JOIN a USING (product_id)", "true"));
      assertThat(whole.keys("changed"))
          .as("seed %d", seed)
          .isEqualTo(keys(duck, "a JOIN b USING (product_id)", differs));
      for (var name : compared) {
        var changed =
            whole.rows.stream()
                .filter(row -> row.get(2) != null && row.get(1).equals(1L))
                .filter(row -> List.of(row.get(2).toString().split(", ", -1)).contains(name))
                .map(row -> String.valueOf(row.get(3)))
                .toList();
        assertThat(changed)
            .as("%s, seed %d", name, seed)
            .isEqualTo(
                keys(
                    duck,
                    "a JOIN b USING (product_id)",
                    "a." + name + " IS DISTINCT FROM b." + name));
      }
    }
    assertThat(summary.removed()).isEqualTo(whole.keys("removed").size());
    assertThat(summary.added()).isEqualTo(whole.keys("added").size());
    assertThat(summary.changed()).isEqualTo(whole.keys("changed").size());
  }

  @Test
  void ofMoreRowsThanAreWantedAllAreCounted() throws IOException {
    publish(Map.of());
    var rows = new TreeMap<String, Map<String, Object>>();
    for (int i = 0; i < 10; i++) {
      rows.put(key(i), randomRow(key(i)));
    }
    publish(rows);
    var pair = VersionPair.find(warehouse, Partition.ofDay(TABLE, DAY), List.of(1, 2));
    var first = new Collected();
    var summary = new RowDiff(warehouse, table, List.of()).print(pair, 3, first);
    assertThat(first.rows).hasSize(3);
    assertThat(summary).isEqualTo(new RowDiff.Summary(10, 0, 0));

    var back = VersionPair.find(warehouse, Partition.ofDay(TABLE, DAY), List.of(2, 1));
    assertThat(new RowDiff(warehouse, table, List.of()).print(back, 0, new Collected()))
        .isEqualTo(new RowDiff.Summary(0, 10, 0));
  }

  private static String key(int i) {
    return "p-" + (i % 7 == 0 ? "é" : "") + i;
  }

  private Map<String, Object> randomRow(String key) {
    var row = new TreeMap<String, Object>();
    for (var column : table.schema().columns()) {
      if (column.name().equals("product_id")) {
        row.put(column.name(), key);
      } else if (!column.nullable() || random.nextInt(4) > 0) {
        row.put(column.name(), value(column));
      }
    }
    return row;
  }

  private Object value(Column column) {
    if (column.type().isLong()) {
      return (long) random.nextInt(7) - 3;
    }
    if (column.type().isDouble()) {
      return (random.nextInt(7) - 3) / 4.0;
    }
    return column.type().isBytes() ? (Object) ("text " + random.nextInt(3)) : random.nextBoolean();
  }

  private List<String> names() {
    return table.schema().columns().stream().map(Column::name).toList();
  }

  private void publish(Map<String, Map<String, Object>> rows) throws IOException {
    var partition = Partition.ofDay(TABLE, DAY);
    var base = warehouse.manifest(partition);
    int revision = base.isEmpty() ? 0 : base.get().revision();
    var run = "run-" + revision;
    var file = new org.apache.hadoop.fs.Path(warehouse.stagingOf(run, partition), run + ".parquet");
    var schema = table.schema();
    try (var writer =
        ParquetTableWriter.open(warehouse.fileSystem(), file, schema, warehouse.configuration())) {
      var row = new Row(schema);
      for (var values : rows.values()) {
        row.clear();
        values.forEach((name, value) -> set(row, schema.ordinal(name), value));
        writer.write(row);
      }
      var written = writer.finish();
      new Publisher(warehouse, run)
          .publish(
              new StagedPartition(
                  partition,
                  revision,
                  List.of(written.file()),
                  written.fingerprint(),
                  List.of(),
                  "test",
                  1,
                  new TreeMap<>(),
                  new TreeMap<>(),
                  List.of()));
    }
  }

  private static void set(Row row, int ordinal, Object value) {
    if (value instanceof Long number) {
      row.setLong(ordinal, number);
    } else if (value instanceof Double number) {
      row.setDouble(ordinal, number);
    } else if (value instanceof Boolean flag) {
      row.setBoolean(ordinal, flag);
    } else {
      row.setText(ordinal, (String) value);
    }
  }

  private static String files(org.clickmill.formats.warehouse.Versions.Version version) {
    return version.folder().toUri().getPath() + "/*.parquet";
  }

  private static List<String> keys(DuckDb duck, String from, String where) throws Exception {
    return duck
        .rows("SELECT product_id FROM " + from + " WHERE " + where + " ORDER BY encode(product_id)")
        .stream()
        .map(row -> row.get(0))
        .toList();
  }

  /** Keeps rows. */
  private static final class Collected implements RowWriter {
    private final List<List<Object>> rows = new ArrayList<>();

    @Override
    public void begin(List<String> columns) {
      assertThat(columns).startsWith("change", "version", "changed_columns", "product_id");
    }

    @Override
    public void write(List<Object> row) {
      rows.add(new ArrayList<>(row));
    }

    @Override
    public void check() {}

    @Override
    public void end() {}

    /** In order; of changed rows once. */
    List<String> keys(String change) {
      return rows.stream()
          .filter(row -> row.get(0).equals(change))
          .map(row -> Objects.toString(row.get(3)))
          .distinct()
          .toList();
    }
  }
}
