package org.clickmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.ingest.ImportJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports, repeated, changed, cut off and refused. */
final class ImportTest {
  private static final String MAPPING = "clickmill";
  private static final LocalDate DAY = LocalDate.of(2020, 5, 1);

  @TempDir private Path folder;
  private Path input;
  private LocalWarehouse local;

  @BeforeEach
  void openWarehouse() throws IOException {
    local = new LocalWarehouse(folder);
    input = Files.createDirectory(folder.resolve("input"));
  }

  @Test
  void everyHourOfTheInputsDaysIsSealed() throws Exception {
    write("a.csv", "2020-05-01T05:30:00Z,view,1", "2020-05-03T23:59:59.999Z,view,1");
    var outcome = local.importFiles(input, MAPPING);
    assertThat(outcome.read()).isEqualTo(2);
    assertThat(outcome.written()).isEqualTo(2);
    assertThat(outcome.hours()).isEqualTo(72);
    assertThat(rowsByHour()).hasSize(72);
    assertThat(rows("2020-05-01", 5)).isEqualTo(1);
    assertThat(rows("2020-05-03", 23)).isEqualTo(1);
    assertThat(local.eventsInHours()).isEqualTo(2);
  }

  @Test
  void withoutFillOnlyHoursWithEventsArePublished() throws Exception {
    write("a.csv", "2020-05-01T05:30:00Z,view,1", "2020-05-03T00:00:00Z,view,1");
    var outcome =
        local.importFiles(input, new ImportJob.Options(MAPPING, null, false, false, false));
    assertThat(outcome.hours()).isEqualTo(2);
    assertThat(rowsByHour())
        .containsOnlyKeys(
            Partition.ofHour(Datasets.EVENTS, DAY, 5),
            Partition.ofHour(Datasets.EVENTS, DAY.plusDays(2), 0));
  }

  @Test
  void hourThatIsNotOverIsNotSealed() throws Exception {
    write("a.csv", "2020-05-01T03:10:00Z,view,1");
    local.at(Instant.parse("2020-05-01T05:59:59Z"));
    assertThat(local.importFiles(input, MAPPING).hours()).isEqualTo(5);
    assertThat(rowsByHour()).hasSize(5);
  }

  @Test
  void eventOfAnHourThatIsNotOverIsRejected() throws Exception {
    local.set("clickmill.input.max-reject-ratio", 1).at(Instant.parse("2020-05-01T05:59:59Z"));
    write("a.csv", "2020-05-01T04:59:59.999Z,view,1", "2020-05-01T05:00:00Z,view,1");
    var outcome = local.importFiles(input, MAPPING);
    assertThat(outcome.written()).isEqualTo(1);
    assertThat(outcome.rejected()).isEqualTo(1);
    assertThat(outcome.warnings().toString())
        .contains("1 of 2 records are malformed and lie in the dataset rejects");
    var rejects = local.manifests(Datasets.REJECTS).keySet().iterator().next();
    assertThat(rejects.path()).startsWith("dt=2020-05-01/run=");
    assertThat(local.column(rejects, "reason").toString())
        .contains("event_time: 2020-05-01T05:00:00Z lies in an hour that is not over");
    assertThat(local.column(rejects, "source_name")).containsExactly("input/a.csv");
  }

  @Test
  void tooManyRejectsPublishNothing() throws Exception {
    write("a.csv", "2020-05-01T01:00:00Z,view,1", "yesterday,view,1", "2020-05-01T01:00:00Z,view");
    var failure = failure(() -> local.importFiles(input, MAPPING));
    assertThat(failure.failure()).isEqualTo(Failure.QUALITY);
    assertThat(failure)
        .hasMessageContaining("Cannot import: 2 of 3 records are malformed")
        .hasMessageContaining("clickmill.input.max-reject-ratio")
        .hasMessageContaining("Nothing was published")
        .hasMessageContaining("input/a.csv: byte 61: field event_time")
        .hasMessageContaining("input/a.csv: byte 78: 2 fields");
    assertThat(local.warehouse().datasets()).isEmpty();
    local.set("clickmill.input.max-reject-ratio", 0.7);
    assertThat(local.importFiles(input, MAPPING).rejected()).isEqualTo(2);
  }

  @Test
  void filteredRecordsDoNotDiluteTheShareOfRejects() throws Exception {
    var mapping = folder.resolve("views.yaml");
    Files.writeString(
        mapping,
        "format: csv\nwhere: [{from: event_type, is: view}]\n"
            + "fields: {event_time: event_time, event_type: event_type}\n");
    var lines = new ArrayList<String>(Collections.nCopies(1000, "2020-05-01T01:00:00Z,ping,1"));
    lines.addAll(List.of("2020-05-01T01:00:00Z,view,1", "yesterday,view,1"));
    write("a.csv", lines.toArray(String[]::new));
    assertThat(failure(() -> local.importFiles(input, mapping.toString())))
        .hasMessageContaining("Cannot import: 1 of 2 records are malformed");
  }

  @Test
  void importingAgainDoesNothing() throws Exception {
    write("a.csv", "2020-05-01T05:30:00Z,view,1");
    local.importFiles(input, MAPPING);
    var before = local.manifests(Datasets.EVENTS);
    var outcome = local.importFiles(input, MAPPING);
    assertThat(outcome.filesImportedBefore()).isEqualTo(1);
    assertThat(outcome.read()).isZero();
    assertThat(outcome.hours()).isZero();
    assertThat(local.manifests(Datasets.EVENTS)).isEqualTo(before);
  }

  @Test
  void anotherFileRaisesTheVersionsOfItsHoursAlone() throws Exception {
    write("a.csv", "2020-05-01T05:30:00Z,view,1", "2020-05-01T06:30:00Z,view,1");
    local.importFiles(input, MAPPING);
    write("b.csv", "2020-05-01T05:40:00Z,view,2");
    var outcome = local.importFiles(input, MAPPING);
    assertThat(outcome.written()).isEqualTo(1);
    assertThat(outcome.hours()).isEqualTo(1);
    var five = Partition.ofHour(Datasets.EVENTS, DAY, 5);
    assertThat(local.versions(Datasets.EVENTS))
        .hasSize(24)
        .allSatisfy((hour, version) -> assertThat(version).isEqualTo(hour.equals(five) ? 2 : 1));
    assertThat(rows("2020-05-01", 5)).isEqualTo(2);
    assertThat(local.manifests(Datasets.EVENTS).get(five).sources())
        .extracting(Manifest.Source::identity)
        .containsExactly("input/a.csv", "input/b.csv");
  }

  @Test
  void changedFileIsRefusedUnlessItReplaces() throws Exception {
    write("a.csv", "2020-05-01T05:30:00Z,view,1", "2020-05-01T06:30:00Z,view,1");
    write("b.csv", "2020-05-01T06:00:00Z,view,2");
    local.importFiles(input, MAPPING);
    var before = local.fingerprints();
    write("a.csv", "2020-05-01T06:45:00Z,cart,1", "2020-05-01T07:00:00Z,view,1");

    var failure = failure(() -> local.importFiles(input, MAPPING));
    assertThat(failure.failure()).isEqualTo(Failure.USAGE);
    assertThat(failure)
        .hasMessageContaining("a.csv again: it was imported as 'input/a.csv' before, with other")
        .hasMessageContaining("--replace");
    assertThat(local.fingerprints()).isEqualTo(before);

    var outcome = local.importFiles(input, LocalWarehouse.replacing(MAPPING));
    assertThat(outcome.written()).isEqualTo(2);
    assertThat(outcome.filesImportedBefore()).isEqualTo(1);
    assertThat(rows("2020-05-01", 5)).isZero();
    assertThat(rows("2020-05-01", 6)).isEqualTo(2);
    assertThat(rows("2020-05-01", 7)).isEqualTo(1);
    assertThat(local.eventsInHours()).isEqualTo(3);
    assertThat(local.importFiles(input, MAPPING).read()).isZero();
    assertSameAsFreshImport();
  }

  @Test
  void importThatWasCutOffIsCompletedWithoutDoubling() throws Exception {
    var lines = new String[48];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = String.format(Locale.ROOT, "2020-05-01T%02d:%02d:00Z,view,%d", i / 2, i % 2, i);
    }
    write("a.csv", lines);
    local.importFiles(input, MAPPING);
    var before = local.fingerprints();
    // As it was when only some hours were published, and no record of the file yet.
    var warehouse = local.warehouse();
    var fileSystem = warehouse.fileSystem();
    for (int hour : new int[] {0, 7, 8, 23}) {
      var path = warehouse.pathOf(Partition.ofHour(Datasets.EVENTS, DAY, hour));
      assertThat(fileSystem.delete(path, true)).isTrue();
    }
    var imports = new org.apache.hadoop.fs.Path(warehouse.root(), "_imports");
    assertThat(fileSystem.delete(imports, true)).isTrue();

    var outcome = local.importFiles(input, MAPPING);
    assertThat(outcome.read()).isEqualTo(48);
    assertThat(outcome.written()).isEqualTo(8);
    assertThat(outcome.duplicates()).isEqualTo(40);
    assertThat(outcome.hours()).isEqualTo(4);
    assertThat(local.fingerprints()).isEqualTo(before);
    assertThat(local.importFiles(input, MAPPING).read()).isZero();
  }

  @Test
  void gapOfMoreThanAYearNamesTheRow() throws Exception {
    write("a.csv", "2020-05-01T05:30:00Z,view,1", "2021-06-20T05:30:00Z,view,1");
    var failure = failure(() -> local.importFiles(input, MAPPING));
    assertThat(failure.failure()).isEqualTo(Failure.USAGE);
    assertThat(failure)
        .hasMessageContaining("more than 400 days")
        .hasMessageContaining("dt=2020-05-01/hr=05 and dt=2021-06-20/hr=05")
        .hasMessageContaining("input/a.csv, source_offset 61 (event_time 2021-06-20T05:30:00Z)");
    assertThat(local.warehouse().datasets()).isEmpty();
  }

  @Test
  void gapNamesTheRowOnTheSideWithFewerEvents() throws Exception {
    write(
        "a.csv",
        "2020-05-01T05:30:00Z,view,1",
        "2017-02-03T05:30:00Z,view,1",
        "2020-05-01T06:30:00Z,view,1");
    assertThat(failure(() -> local.importFiles(input, MAPPING)))
        .hasMessageContaining("dt=2017-02-03/hr=05 and dt=2020-05-01/hr=05")
        .hasMessageContaining("1 of 3 events")
        .hasMessageContaining("input/a.csv, source_offset 61 (event_time 2017-02-03T05:30:00Z)")
        .hasMessageContaining("clickmill.import.min-day");
    local.set("clickmill.input.max-reject-ratio", 1).set("clickmill.import.min-day", "2020-01-01");
    assertThat(local.importFiles(input, MAPPING).rejected()).isEqualTo(1);
  }

  @Test
  void eventOfAnAbsurdTimeIsRejected() throws Exception {
    local.set("clickmill.input.max-reject-ratio", 1);
    write(
        "a.csv",
        "2020-05-01T05:30:00Z,view,1",
        "1989-12-31T23:59:59.999Z,view,1",
        "0001-01-01T00:00:00Z,view,1");
    var outcome = local.importFiles(input, MAPPING);
    assertThat(outcome.written()).isEqualTo(1);
    assertThat(outcome.rejected()).isEqualTo(2);
    var rejects = local.manifests(Datasets.REJECTS).keySet().iterator().next();
    assertThat(local.column(rejects, "reason"))
        .contains(
            "byte 61: field event_time: 1989-12-31T23:59:59.999Z is before 1990-01-01"
                + " (clickmill.import.min-day)");
  }

  @Test
  void pathThatNoRecordHasIsNamed() throws Exception {
    var event = "{\"at\":\"2020-05-01T05:30:00Z\",\"user\":{\"id\":7},\"brand\":null";
    Files.writeString(input.resolve("a.jsonl"), event + "}\n" + event + ",\"sku\":\"x\"}\n");
    Files.writeString(input.resolve("b.jsonl"), event + "}\n");
    Files.writeString(input.resolve("c.jsonl"), event + "}\n");
    Files.writeString(input.resolve("without-events.jsonl"), "");
    var mapping = folder.resolve("shop.yaml");
    Files.writeString(
        mapping,
        """
        name: my-shop
        fields:
          event_time: at
          event_type: {constant: view}
          brand: brand
          product_id: sku
          user_id: user.uid
          order_id: {from: order, optional: true}
          event_id: {from: sku, optional: true}
        """);
    assertThat(local.importFiles(input, mapping.toString()).warnings())
        .containsExactly(
            "No record of 3 files, such as input/a.jsonl, has 'order', which mapping my-shop maps to"
                + " order_id. In input/a.jsonl there are: at, user.id, brand (in its first event)",
            "No record of 2 files, such as input/b.jsonl, has 'sku', which mapping my-shop maps to"
                + " product_id. In input/b.jsonl there are: at, user.id, brand (in its first event)",
            "No record of 3 files, such as input/a.jsonl, has 'user.uid', which mapping my-shop maps"
                + " to user_id. In input/a.jsonl there are: at, user.id, brand (in its first"
                + " event)");
  }

  @Test
  void optionalColumnOfAMappingThatShipsIsNotNamed() throws Exception {
    write("a.csv", "2020-05-01T05:30:00Z,view,1");
    assertThat(local.importFiles(input, MAPPING).warnings()).isEmpty();
  }

  @Test
  void filesWhoseNamesTellNoFormatAreNamed() throws Exception {
    write("a.csv", "2020-05-01T05:30:00Z,view,1");
    Files.writeString(input.resolve("b.csv.lz4"), "x");
    Files.writeString(input.resolve("c.xml"), "x");
    Files.writeString(input.resolve("_SUCCESS"), "");
    Files.createDirectory(input.resolve("more"));
    Files.writeString(input.resolve("more/d.lz4"), "x");
    var expected =
        "3 files are skipped because of their names: input/b.csv.lz4, input/c.xml,"
            + " input/more/d.lz4";
    assertThat(local.importFiles(input, MAPPING).warnings())
        .singleElement()
        .asString()
        .startsWith(expected);
    assertThat(local.importFiles(input, MAPPING).warnings())
        .as("files that were imported before")
        .singleElement()
        .asString()
        .startsWith(expected);
  }

  @Test
  void corruptFileFailsTheImportOrIsPassedOver() throws Exception {
    write("a.csv", "2020-05-01T05:30:00Z,view,1");
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text("2020-05-01T05:30:00Z,view,1").getBytes(StandardCharsets.UTF_8));
    }
    Files.write(input.resolve("b.csv.gz"), Arrays.copyOf(bytes.toByteArray(), bytes.size() - 9));

    var failure = failure(() -> local.importFiles(input, MAPPING));
    assertThat(failure.failure()).isEqualTo(Failure.FAILED);
    assertThat(failure).hasMessageContaining("Cannot read").hasMessageContaining("b.csv.gz");
    assertThat(local.warehouse().datasets()).isEmpty();

    var outcome = local.importFiles(input, new ImportJob.Options(MAPPING, null, false, true, true));
    assertThat(outcome.filesSkipped()).isEqualTo(1);
    assertThat(outcome.written()).isEqualTo(1);
    assertThat(outcome.warnings()).hasSize(1);
    assertThat(outcome.warnings().get(0)).startsWith("input/b.csv.gz: Cannot read");
    var rejects = local.manifests(Datasets.REJECTS).keySet().iterator().next();
    assertThat(local.column(rejects, "source_name")).containsExactly("input/b.csv.gz");
    assertThat(local.column(rejects, "reason"))
        .containsExactly("record 1: the file cannot be read from here, and is skipped");
    assertThat(failure(() -> local.importFiles(input, MAPPING)).failure())
        .as("a file that was skipped is not taken for imported")
        .isEqualTo(Failure.FAILED);
  }

  @Test
  void corruptFileIsNotPassedOverWhereItReplacesRows() throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text("2020-05-01T05:30:00Z,view,1").getBytes(StandardCharsets.UTF_8));
    }
    var file = Files.write(input.resolve("b.csv.gz"), bytes.toByteArray());
    local.importFiles(input, MAPPING);
    Files.write(file, Arrays.copyOf(bytes.toByteArray(), bytes.size() - 9));
    var options = new ImportJob.Options(MAPPING, null, true, true, true);
    assertThat(failure(() -> local.importFiles(input, options))).hasMessageContaining("b.csv.gz");
    assertThat(local.eventsInHours()).isEqualTo(1);
  }

  @Test
  void importThatWasCutOffBetweenFarHoursCanBeFinished() throws Exception {
    write("a.csv", "2020-05-01T05:30:00Z,view,1", "2021-05-01T05:30:00Z,view,1");
    local.importFiles(input, new ImportJob.Options(MAPPING, null, false, false, false));
    write(
        "b.csv",
        "2019-05-01T05:30:00Z,view,1",
        "2020-05-01T05:30:00Z,view,2",
        "2021-05-01T05:30:00Z,view,2",
        "2022-05-01T05:30:00Z,view,2");
    var hour = Partition.ofHour(Datasets.EVENTS, DAY, 5);
    // As after a crash: the hours in the middle are published, the file has no record.
    var options = new ImportJob.Options(MAPPING, null, false, false, false);
    local.importFiles(input, options);
    deleteHour("2019-05-01");
    deleteHour("2022-05-01");
    try (var records = Files.list(folder.resolve("warehouse/_imports"))) {
      for (var record : records.toList()) {
        if (Files.readString(record).contains("input/b.csv")) {
          Files.delete(record);
        }
      }
    }
    assertThat(local.importFiles(input, options).duplicates()).isEqualTo(2);
    assertThat(local.eventsInHours()).isEqualTo(6);
    assertThat(local.manifests(Datasets.EVENTS)).containsKey(hour);
  }

  private void deleteHour(String day) throws IOException {
    try (var files = Files.walk(folder.resolve("warehouse/events/dt=" + day))) {
      for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void folderWithoutEventFilesIsNamed() throws Exception {
    Files.writeString(input.resolve("notes.md"), "nothing");
    Files.writeString(input.resolve("_hidden.csv"), "nothing");
    var failure = failure(() -> local.importFiles(input, MAPPING));
    assertThat(failure.failure()).isEqualTo(Failure.USAGE);
    assertThat(failure)
        .hasMessageContaining("Missing event files")
        .hasMessageContaining(input + " holds no .csv")
        .hasMessageEndingWith("only files of other names: input/notes.md");
  }

  @Test
  void missingPathIsNamed() {
    var missing = folder.resolve("nowhere");
    var failure = failure(() -> local.importFiles(missing, MAPPING));
    assertThat(failure.failure()).isEqualTo(Failure.USAGE);
    assertThat(failure).hasMessage("Missing input path: " + missing);
  }

  @Test
  void fileWithoutRowsIsImportedOnce() throws Exception {
    write("a.csv");
    assertThat(local.importFiles(input, MAPPING).hours()).isZero();
    assertThat(local.importFiles(input, MAPPING).filesImportedBefore()).isEqualTo(1);
  }

  private void assertSameAsFreshImport() throws Exception {
    var fresh = new LocalWarehouse(folder.resolve("fresh"));
    fresh.importFiles(input, MAPPING);
    assertThat(local.fingerprints()).isEqualTo(fresh.fingerprints());
  }

  private void write(String name, String... lines) throws IOException {
    Files.writeString(input.resolve(name), text(lines));
  }

  private static String text(String... lines) {
    return Arrays.stream(lines)
        .map(line -> line + "\n")
        .collect(Collectors.joining("", "event_time,event_type,product_id\n", ""));
  }

  private Map<Partition, Long> rowsByHour() throws IOException {
    return local.manifests(Datasets.EVENTS).entrySet().stream()
        .collect(
            Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().fingerprint().rows()));
  }

  private long rows(String day, int hour) throws IOException {
    return rowsByHour().get(Partition.ofHour(Datasets.EVENTS, LocalDate.parse(day), hour));
  }

  private static ClickmillException failure(ThrowingCallable callable) {
    return catchThrowableOfType(ClickmillException.class, callable);
  }
}
