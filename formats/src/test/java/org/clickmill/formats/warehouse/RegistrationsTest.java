package org.clickmill.formats.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.metastore.MetastoreSettings;
import org.clickmill.formats.warehouse.Registrations.Pending;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RegistrationsTest {
  private static final Partition DAY = Partition.ofDay("sales", LocalDate.of(2019, 10, 1));
  private static final Partition HOUR =
      Partition.ofHour(Datasets.EVENTS, LocalDate.of(2019, 10, 1), 7);

  @TempDir private java.nio.file.Path folder;
  private Warehouse warehouse;
  private Registrations registrations;

  @BeforeEach
  void open() throws IOException {
    var configuration = new Configuration();
    MetastoreSettings.URIS.set(configuration, "thrift://localhost:9083");
    open(configuration);
  }

  private void open(Configuration configuration) throws IOException {
    warehouse = Warehouse.openOrCreate(new Path(folder.resolve("mill").toUri()), configuration);
    registrations = warehouse.registrations();
  }

  private void publish(String runId) throws IOException {
    new Publisher(warehouse, runId).publish(new Staging(warehouse, runId).stage(DAY, runId));
  }

  @Test
  void publishedPartitionsWaitUntilTheyAreRegistered() throws IOException {
    publish("run-1");

    var pending = registrations.pending();
    assertThat(pending).hasSize(1);
    assertThat(pending.get(0).partitions()).containsExactly(DAY);
    assertThat(pending.get(0).since())
        .isBetween(Instant.now().minus(1, ChronoUnit.MINUTES), Instant.now());

    registrations.settle(pending, List.of());
    assertThat(folder.resolve("mill/_registrations")).isEmptyDirectory();
  }

  @Test
  void nothingIsNotedWithoutMetastore() throws IOException {
    open(new Configuration());

    publish("run-1");

    assertThat(folder.resolve("mill/_registrations")).doesNotExist();
  }

  @Test
  void failedPublishIsNotedToo() throws IOException {
    publish("run-1");
    registrations.settle(registrations.pending(), List.of());
    var late = new Staging(warehouse, "run-3").stage(DAY, "c");
    publish("run-2");

    assertThatThrownBy(() -> new Publisher(warehouse, "run-3").publish(late))
        .isInstanceOf(ClickmillException.class)
        .hasMessageContaining("Cannot publish sales/dt=2019-10-01");

    assertThat(registrations.pending()).hasSize(2);
  }

  @Test
  void whatIsLeftGoesIntoOneFile() throws IOException {
    registrations.end(registrations.begin(List.of(DAY)));
    registrations.end(registrations.begin(List.of(HOUR)));
    var pending = registrations.pending();

    registrations.settle(pending, List.of(HOUR));

    assertThat(registrations.pending())
        .singleElement()
        .satisfies(left -> assertThat(left.partitions()).containsExactly(HOUR))
        .satisfies(left -> assertThat(left.since()).isEqualTo(pending.get(0).since()));
  }

  @Test
  void oneFileOfWhichNothingIsRegisteredStays() throws IOException {
    registrations.end(registrations.begin(List.of(DAY)));
    var pending = registrations.pending();

    registrations.settle(pending, List.of(DAY));

    assertThat(registrations.pending()).isEqualTo(pending);
  }

  @Test
  void fileOfPublisherAtWorkStays() throws IOException {
    registrations.begin(List.of(DAY));
    var pending = registrations.pending();
    assertThat(pending).hasSize(1);

    registrations.settle(pending, List.of());

    assertThat(registrations.pending()).isEqualTo(pending);
  }

  @Test
  void fileOfPublisherThatMustBeDeadGoes() throws IOException {
    registrations.begin(List.of(DAY));
    var pending = registrations.pending().get(0);
    var old = pending.since().minus(Duration.ofHours(2));

    registrations.settle(
        List.of(new Pending(pending.file(), old, pending.partitions())), List.of());

    assertThat(registrations.pending()).isEmpty();
  }

  @Test
  void damagedFileIsNamed() throws IOException {
    var notes = Files.createDirectories(folder.resolve("mill/_registrations"));
    Files.writeString(notes.resolve("a.json"), "{\"formatVersion\": 1, \"partitions\": []}");

    assertThatThrownBy(registrations::pending)
        .isInstanceOf(ClickmillException.class)
        .hasMessageContaining("Invalid registrations: ")
        .hasMessageEndingWith(
            "/_registrations/a.json: a field is missing (run 'clickmill catalog sync': it"
                + " registers everything and deletes the file)");
    var damaged = registrations.notes().damaged();
    assertThat(damaged).hasSize(1);

    registrations.forget(damaged.keySet());
    assertThat(registrations.pending()).isEmpty();
  }

  @Test
  void fileOfANewerSuiteIsNotTakenForADamagedOne() throws IOException {
    var notes = Files.createDirectories(folder.resolve("mill/_registrations"));
    Files.writeString(notes.resolve("a.json"), "{\"formatVersion\": 9, \"parts\": 1}");

    assertThatThrownBy(registrations::notes)
        .isInstanceOf(ClickmillException.class)
        .hasMessageContaining("its format version is 9");
  }

  @Test
  void publishingDoesNotFailWhereNothingCanBeNoted() throws IOException {
    Files.createFile(folder.resolve("mill/_registrations"));

    publish("run-1");

    assertThat(warehouse.manifest(DAY)).isPresent();
  }

  @Test
  void onlyAFileOfAPublisherThatMayBeAtWorkIsNotOver() throws IOException {
    var open = registrations.begin(List.of(DAY));
    assertThat(registrations.pending()).noneMatch(Pending::isOver);

    registrations.end(open);
    assertThat(registrations.pending()).allMatch(Pending::isOver);
  }
}
