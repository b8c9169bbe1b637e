package org.clickmill.drivers.metastore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.event.Fingerprint;
import org.clickmill.formats.metastore.MetastoreColumn;
import org.clickmill.formats.metastore.MetastorePartition;
import org.clickmill.formats.metastore.MetastoreSettings;
import org.clickmill.formats.metastore.MetastoreTable;
import org.clickmill.formats.metastore.MetastoreTable.Format;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Publisher;
import org.clickmill.formats.warehouse.StagedPartition;
import org.clickmill.formats.warehouse.Warehouse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RegistrarTest {
  private static final LocalDate DAY = LocalDate.of(2019, 10, 1);
  private static final Partition SALES = Partition.ofDay("sales", DAY);
  private static final Partition HOUR = Partition.ofHour("events", DAY, 7);

  @TempDir private Path folder;
  private final FakeMetastore metastore = new FakeMetastore();
  private Configuration configuration;
  private Warehouse warehouse;

  @BeforeEach
  void open() throws IOException {
    configuration = new Configuration();
    MetastoreSettings.URIS.set(configuration, "thrift://localhost:9083");
    MetastoreSettings.PROPERTIES.set(configuration, "team=shop, retention=none=ever");
    warehouse =
        Warehouse.openOrCreate(
            new org.apache.hadoop.fs.Path(folder.resolve("mill").toUri()), configuration);
  }

  private void publish(Partition partition, int rows) throws IOException {
    int base = warehouse.manifest(partition).map(manifest -> manifest.revision()).orElse(0);
    var runId = "run-" + base + "-" + rows;
    new Publisher(warehouse, runId)
        .publish(
            new StagedPartition(
                partition,
                base,
                List.of(),
                new Fingerprint(rows, rows, rows),
                List.of(),
                "test",
                1,
                new TreeMap<>(),
                new TreeMap<>(),
                List.of()));
  }

  private Registrar registrar() {
    return new Registrar(warehouse, () -> metastore);
  }

  private MetastorePartition registered(Partition partition) {
    return metastore.partitions.get(partition.dataset()).get(partition.path());
  }

  @Test
  void publishedPartitionsAreRegisteredOnce() throws IOException {
    publish(SALES, 5);
    publish(HOUR, 7);

    var registration = registrar().registerPending();

    assertThat(registration.tables())
        .containsExactly(
            new TableChange("events", true, false, 1, 0, 0, null),
            new TableChange("sales", true, false, 1, 0, 0, null));
    assertThat(registered(SALES).parameters())
        .isEqualTo(Map.of("clickmill.rows", "5", "clickmill.version", "1"));
    assertThat(registered(HOUR).location()).endsWith("/mill/events/dt=2019-10-01/hr=07");
    var events = metastore.tables.get("events");
    assertThat(events.format()).isEqualTo(Format.AVRO);
    assertThat(events.keys()).extracting(MetastoreColumn::name).containsExactly("dt", "hr");
    assertThat(metastore.tables.get("sales").parameters())
        .containsEntry("team", "shop")
        .containsEntry("retention", "none=ever")
        .containsKey("comment");
    assertThat(warehouse.registrations().pending()).isEmpty();

    int writes = metastore.writes;
    assertThat(registrar().registerPending().tables()).isEmpty();
    assertThat(registrar().sync(false).tables()).allMatch(TableChange::isNothing);
    assertThat(metastore.writes).isEqualTo(writes);
  }

  @Test
  void replacedPartitionGetsItsNewVersion() throws IOException {
    publish(SALES, 5);
    registrar().registerPending();
    claimAccurateStatistics();
    publish(SALES, 6);

    assertThat(registrar().registerPending().tables())
        .containsExactly(new TableChange("sales", false, false, 0, 1, 0, null));

    assertThat(registered(SALES).parameters())
        .containsEntry("clickmill.rows", "6")
        .containsEntry("clickmill.version", "2")
        .doesNotContainKey("COLUMN_STATS_ACCURATE");
  }

  private void claimAccurateStatistics() {
    var parameters = new HashMap<>(registered(SALES).parameters());
    parameters.put("COLUMN_STATS_ACCURATE", "{\"BASIC_STATS\":\"true\"}");
    metastore
        .partitions
        .get("sales")
        .put(
            SALES.path(),
            new MetastorePartition(SALES.path(), registered(SALES).location(), parameters));
  }

  @Test
  void syncRepairsWhatIsMissingExtraOrStale() throws IOException {
    publish(SALES, 5);
    publish(Partition.ofDay("sales", DAY.plusDays(1)), 6);
    publish(Partition.ofDay("sales", DAY.plusDays(2)), 7);
    registrar().registerPending();
    claimAccurateStatistics();
    var sales = metastore.partitions.get("sales");
    sales.remove("dt=2019-10-02");
    for (var name : List.of("dt=2018-01-01", "dt=__HIVE_DEFAULT_PARTITION__")) {
      sales.put(name, new MetastorePartition(name, "file:/elsewhere", Map.of()));
    }

    var expected = new TableChange("sales", false, false, 1, 1, 2, null);
    assertThat(registrar().sync(true).tables()).containsExactly(expected);
    assertThat(sales).hasSize(4);
    assertThat(registrar().sync(false).tables()).containsExactly(expected);

    assertThat(sales.keySet()).containsExactly("dt=2019-10-01", "dt=2019-10-02", "dt=2019-10-03");
    assertThat(registrar().sync(true).tables()).allMatch(TableChange::isNothing);
  }

  @Test
  void syncAsksForNamesInPages() throws IOException {
    publish(HOUR, 5);
    var late = Partition.ofHour("events", DAY.plusDays(400), 3);
    publish(late, 6);
    registrar().registerPending();
    var events = metastore.partitions.get("events");
    for (int day = -400; day < 450; day++) {
      for (int hour = 3; hour < 8; hour += 4) {
        var name = Partition.ofHour("events", DAY.plusDays(day), hour).path();
        events.putIfAbsent(name, new MetastorePartition(name, "file:/elsewhere", Map.of()));
      }
    }

    var expected = new TableChange("events", false, false, 0, 0, 1_698, null);
    assertThat(registrar().sync(true).tables()).containsExactly(expected);
    assertThat(events).hasSize(1_700);
    assertThat(registrar().sync(false).tables()).containsExactly(expected);

    assertThat(events.keySet()).containsExactly(HOUR.path(), late.path());
    assertThat(metastore.largestPage).isEqualTo(TableRegistration.BATCH);
  }

  @Test
  void columnsThatAreNewFollowThoseThatAreThere() throws IOException {
    publish(SALES, 5);
    registrar().registerPending();
    var table = metastore.tables.get("sales");
    var older = new ArrayList<>(table.columns());
    var removed = older.remove(1);
    metastore.tables.put("sales", withColumns(table, older));

    assertThat(registrar().sync(false).tables())
        .containsExactly(new TableChange("sales", false, true, 0, 0, 0, null));

    older.add(removed);
    assertThat(metastore.tables.get("sales").columns()).isEqualTo(older);
  }

  private static MetastoreTable withColumns(MetastoreTable table, List<MetastoreColumn> columns) {
    return new MetastoreTable(
        table.name(),
        table.owner(),
        table.isExternal(),
        table.location(),
        table.format(),
        columns,
        table.keys(),
        table.parameters());
  }

  @Test
  void tableOfAnotherFolderIsLeftAlone() throws IOException {
    publish(SALES, 5);
    registrar().registerPending();
    var table = metastore.tables.get("sales");
    metastore.tables.put(
        "sales",
        new MetastoreTable(
            "sales",
            "ann",
            true,
            "file:/of/ann",
            Format.PARQUET,
            table.columns(),
            table.keys(),
            table.parameters()));
    int writes = metastore.writes;

    assertThat(registrar().sync(false).failures())
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure.failure())
                    .startsWith("it is registered at file:/of/ann, not at file:/")
                    .endsWith("(drop it there, or set clickmill.metastore.database)"));
    assertThat(metastore.writes).isEqualTo(writes);
  }

  @Test
  void tableThatIsRefusedIsRegisteredLater() throws IOException {
    publish(SALES, 5);
    publish(HOUR, 7);
    metastore.refused = "sales";

    assertThat(registrar().registerPending().failures())
        .extracting(TableChange::failure)
        .containsExactly("permission denied");
    assertThat(warehouse.registrations().pending())
        .singleElement()
        .satisfies(left -> assertThat(left.partitions()).containsExactly(SALES));

    metastore.refused = null;
    assertThat(registrar().registerPending().tables())
        .containsExactly(new TableChange("sales", true, false, 1, 0, 0, null));
    assertThat(warehouse.registrations().pending()).isEmpty();
  }

  @Test
  void removedPartitionIsDroppedByTheNextRunThatNotesIt() throws IOException {
    publish(SALES, 5);
    registrar().registerPending();
    publish(SALES, 6);
    warehouse.disk().delete(warehouse.pathOf(SALES));
    warehouse.disk().delete(new org.apache.hadoop.fs.Path(warehouse.root(), "_trash"));

    assertThat(registrar().registerPending().tables())
        .containsExactly(new TableChange("sales", false, false, 0, 0, 1, null));
  }

  @Test
  void versionThatIsPublishedMeanwhileIsNotOverwritten() throws IOException {
    publish(SALES, 5);
    registrar().registerPending();
    publish(SALES, 6);
    metastore.interruption =
        () -> {
          publish(SALES, 7);
          registrar().registerPending();
        };

    registrar().registerPending();

    assertThat(registered(SALES).parameters())
        .containsEntry("clickmill.rows", "7")
        .containsEntry("clickmill.version", "3");
  }

  @Test
  void partitionThatIsPublishedMeanwhileIsNotDropped() throws IOException {
    publish(SALES, 5);
    registrar().registerPending();
    var other = Partition.ofDay("sales", DAY.plusDays(1));
    metastore
        .partitions
        .get("sales")
        .put(other.path(), new MetastorePartition(other.path(), "file:/elsewhere", Map.of()));
    metastore.interruption = () -> publish(other, 8);

    registrar().sync(false);

    assertThat(registered(other).parameters()).containsEntry("clickmill.rows", "8");
  }

  @Test
  void tableThatTheSettingsDoNotKnowStaysNoted() throws IOException {
    var unknown = Partition.ofDay("metric_of_another", DAY);
    publish(unknown, 5);
    publish(SALES, 5);

    assertThat(registrar().registerPending().tables())
        .extracting(TableChange::table)
        .containsExactly("sales");
    registrar().sync(false);

    assertThat(warehouse.registrations().pending())
        .singleElement()
        .satisfies(left -> assertThat(left.partitions()).containsExactly(unknown));
  }

  @Test
  void notesBecomeOneWhileTheMetastoreIsAway() throws IOException {
    publish(SALES, 5);
    publish(HOUR, 7);
    var away =
        new Registrar(
            warehouse,
            () -> {
              throw new IOException("no server answers");
            });

    assertThatThrownBy(away::registerPending).hasMessage("no server answers");

    assertThat(warehouse.registrations().pending())
        .singleElement()
        .satisfies(left -> assertThat(left.partitions()).containsExactly(HOUR, SALES));
  }

  @Test
  void nothingMoreIsAskedOverABrokenConnection() throws IOException {
    publish(SALES, 5);
    publish(HOUR, 7);
    metastore.isBroken = true;

    assertThat(registrar().registerPending().tables())
        .singleElement()
        .satisfies(
            events ->
                assertThat(events.failure())
                    .endsWith("Read timed out (the tables after this one were not tried)"));

    metastore.isBroken = false;
    assertThat(registrar().registerPending().tables())
        .extracting(TableChange::table)
        .containsExactly("events", "sales");
  }

  @Test
  void columnThatIsGoneIsNamedWhereTheMetastoreRefusesTheTable() throws IOException {
    publish(SALES, 5);
    registrar().registerPending();
    var table = metastore.tables.get("sales");
    var older = new ArrayList<>(table.columns());
    older.add(1, new MetastoreColumn("gone", "int", ""));
    metastore.tables.put("sales", withColumns(table, older));
    metastore.refused = "sales";

    assertThat(registrar().sync(false).failures())
        .extracting(TableChange::failure)
        .containsExactly(
            "permission denied (columns are gone or have other types now: gone; drop the table in"
                + " the metastore, its data stay there)");
  }
}
