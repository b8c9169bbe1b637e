package org.clickmill.jobs.customers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.event.Fingerprint;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Manifest.DataFile;
import org.clickmill.formats.warehouse.Manifest.Input;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.Request;
import org.clickmill.jobs.kernel.Table;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SnapshotStartTest {
  private static final LocalDate FIRST = LocalDate.of(2024, 3, 1);
  private static final Table TABLE = new Customers().tables().get(0);
  private static final long DAY_BYTES = 100;

  private final TreeMap<Partition, Manifest> manifests = new TreeMap<>();

  @BeforeEach
  void tenDaysAreThere() {
    put(Partition.ofDay(Datasets.EVENTS_DAILY, FIRST), 1, 1, 1, List.of());
    for (int day = 0; day < 10; day++) {
      put(day(day), 1, DAY_BYTES, 1, List.of());
    }
  }

  @Test
  void firstSnapshotReadsAllDays() {
    assertThat(reads(9)).isEqualTo(days(0, 9));
  }

  @Test
  void newestOlderSnapshotSavesTheDaysBefore() {
    snapshot(2, 150, 1);
    snapshot(6, 150, 1);
    assertThat(reads(9)).isEqualTo(plus(days(7, 9), 6));
  }

  @Test
  void newerSnapshotIsNoStart() {
    snapshot(6, 150, 1);
    assertThat(reads(4)).isEqualTo(days(0, 4));
    assertThat(reads(6)).isEqualTo(days(0, 6));
  }

  @Test
  void daysAreReadWhereTheSnapshotIsLarger() {
    snapshot(6, 700, 1);
    assertThat(reads(9)).isEqualTo(days(0, 9));
  }

  @Test
  void snapshotOfADayThatChangedIsNoStart() {
    snapshot(2, 150, 1);
    snapshot(6, 150, 1);
    put(day(4), 2, DAY_BYTES, 1, List.of());
    assertThat(reads(9)).isEqualTo(plus(days(3, 9), 2));
  }

  @Test
  void snapshotOfOtherLogicIsNoStart() {
    snapshot(6, 150, 2);
    assertThat(reads(9)).isEqualTo(days(0, 9));
  }

  @Test
  void snapshotWithoutTheFirstDayIsNoStart() {
    snapshot(6, 150, 1);
    var earlier = FIRST.minusDays(1);
    put(Partition.ofDay(Datasets.EVENTS_DAILY, earlier), 1, 1, 1, List.of());
    put(Partition.ofDay(CustomerDays.DATASET, earlier), 1, DAY_BYTES, 1, List.of());
    assertThat(reads(9)).hasSize(11).doesNotContain(Partition.ofDay(Customers.DATASET, FIRST));
  }

  @Test
  void daysThatAreMissingAreNotRead() {
    manifests.remove(day(8));
    snapshot(6, 150, 1);
    assertThat(reads(9)).isEqualTo(Set.of(day(7), day(9), TABLE.partition(FIRST.plusDays(6))));
  }

  @Test
  void severalDaysBeginWithTheNewestSnapshotBeforeTheFirst() {
    snapshot(2, 150, 1);
    snapshot(6, 150, 1);
    assertThat(reads(7, 9)).isEqualTo(plus(days(7, 9), 6));
    assertThat(reads(5, 9)).isEqualTo(plus(days(3, 9), 2));
    assertThat(reads(1, 9)).isEqualTo(days(0, 9));
  }

  private Set<Partition> reads(int first, int last) {
    var start = new SnapshotStart(Catalog.of(manifests), new Configuration(false));
    return start.reads(TABLE, FIRST.plusDays(first), FIRST.plusDays(last));
  }

  private Set<Partition> reads(int day) {
    var start = new SnapshotStart(Catalog.of(manifests), new Configuration(false));
    var outputs = start.outputPartitions(List.of(new Request(TABLE, FIRST.plusDays(day))));
    assertThat(outputs).hasSize(1);
    return outputs.get(0).reads();
  }

  private static Partition day(int day) {
    return Partition.ofDay(CustomerDays.DATASET, FIRST.plusDays(day));
  }

  private static Set<Partition> days(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(SnapshotStartTest::day)
        .collect(Collectors.toSet());
  }

  private static Set<Partition> plus(Set<Partition> days, int snapshot) {
    days.add(TABLE.partition(FIRST.plusDays(snapshot)));
    return days;
  }

  private void snapshot(int day, long bytes, int logicVersion) {
    var inputs = IntStream.rangeClosed(0, day).mapToObj(i -> Input.of(day(i), 1)).toList();
    put(TABLE.partition(FIRST.plusDays(day)), 1, bytes, logicVersion, inputs);
  }

  private void put(
      Partition partition, int version, long bytes, int logicVersion, List<Input> inputs) {
    manifests.put(
        partition,
        new Manifest(
            Manifest.FORMAT_VERSION,
            partition.dataset(),
            partition.path(),
            version,
            version,
            List.of(new DataFile("part", bytes, 1, "crc32c:00000000")),
            inputs,
            "test",
            logicVersion,
            new TreeMap<>(),
            new TreeMap<>(),
            Fingerprint.EMPTY,
            List.of(),
            "run",
            "user",
            "1",
            Instant.EPOCH));
  }
}
