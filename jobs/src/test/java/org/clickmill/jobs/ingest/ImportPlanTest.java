package org.clickmill.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;
import org.clickmill.formats.event.Fingerprint;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.mapping.Mapping;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Manifest.Source;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.jobs.kernel.Hours;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an import would read and write again, decided from manifests and records alone. */
final class ImportPlanTest {
  private static final Partition FIVE =
      Partition.ofHour(Datasets.EVENTS, LocalDate.of(2020, 5, 1), 5);
  private static final Partition SIX =
      Partition.ofHour(Datasets.EVENTS, LocalDate.of(2020, 5, 1), 6);
  private static final SourceFile FILE =
      new SourceFile("/in/a.csv", "in/a.csv", 9, 0, "new", List.of());

  @TempDir private Path folder;
  private final TreeMap<Partition, Manifest> hours = new TreeMap<>();
  private ImportRecords records;
  private Mapping mapping;

  @BeforeEach
  void openWarehouse() throws IOException {
    var local = new LocalWarehouse(folder);
    records = new ImportRecords(local.warehouse());
    mapping = Mapping.load("clickmill", local.configuration());
  }

  @Test
  void unknownFileIsRead() throws Exception {
    publish(FIVE, source("in/b.csv", "other"));
    var plan = plan(false);
    assertThat(plan.files()).containsExactly(FILE);
    assertThat(plan.replaced()).isEmpty();
    assertThat(plan.carried()).isEmpty();
  }

  @Test
  void recordedFileIsNotRead() throws Exception {
    records.write(source("in/a.csv", "new"));
    assertThat(plan(false).files()).isEmpty();
    assertThat(plan(true).files()).isEmpty();
  }

  @Test
  void fileThatIsInSomeHoursIsReadForTheOthers() throws Exception {
    publish(FIVE, source("in/a.csv", "new"));
    publish(SIX, source("in/b.csv", "other"));
    var plan = plan(false);
    assertThat(plan.files()).containsExactly(FILE.withHoursDone(List.of(Hours.of(FIVE))));
    assertThat(plan.carried()).isEmpty();
  }

  @Test
  void changedFileIsRefused() throws Exception {
    records.write(source("in/a.csv", "old"));
    assertThatThrownBy(() -> plan(false))
        .isInstanceOf(ClickmillException.class)
        .hasMessageContaining("Cannot import /in/a.csv again: it was imported as 'in/a.csv'");
  }

  @Test
  void fileThatChangedAfterAnImportWasCutOffIsRefused() {
    publish(FIVE, source("in/a.csv", "old"));
    assertThatThrownBy(() -> plan(false)).isInstanceOf(ClickmillException.class);
  }

  @Test
  void sameBytesByAnotherMappingAreAChange() throws Exception {
    records.write(new Source("in/a.csv", "new", "another mapping"));
    assertThatThrownBy(() -> plan(false)).hasMessageContaining("by another mapping");
  }

  @Test
  void replacedFileTakesAlongTheHoursThatHoldIt() throws Exception {
    records.write(source("in/a.csv", "old"));
    publish(FIVE, source("in/a.csv", "old"), source("in/b.csv", "other"));
    publish(SIX, source("in/b.csv", "other"));
    var plan = plan(true);
    assertThat(plan.files()).containsExactly(FILE);
    assertThat(plan.replaced()).containsExactly("in/a.csv");
    assertThat(plan.carried()).containsOnlyKeys(FIVE);
  }

  @Test
  void replaceThatWasCutOffBeginsAgain() throws Exception {
    records.write(source("in/a.csv", "old"));
    publish(FIVE, source("in/a.csv", "new"));
    publish(SIX, source("in/a.csv", "old"));
    assertThat(plan(true).carried()).containsOnlyKeys(FIVE, SIX);
  }

  private ImportPlan plan(boolean replace) throws IOException {
    return ImportPlan.of(List.of(FILE), mapping, replace, Catalog.of(hours), records);
  }

  private Source source(String identity, String checksum) {
    return new Source(identity, checksum, mapping.fingerprint());
  }

  private void publish(Partition hour, Source... sources) {
    hours.put(
        hour,
        new Manifest(
            1,
            hour.dataset(),
            hour.path(),
            1,
            1,
            List.of(),
            List.of(),
            "import",
            1,
            new TreeMap<>(),
            new TreeMap<>(),
            Fingerprint.EMPTY,
            List.of(sources),
            "run",
            "user",
            "0",
            Instant.EPOCH));
  }
}
