package org.clickmill.jobs;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.Fingerprint;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Publication;
import org.clickmill.formats.warehouse.Publication.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hours become days: clustered by visitor, without duplicates, and complete. */
final class CompactTest {
  private static final LocalDate DAY = LocalDate.of(2020, 5, 1);
  private static final Partition FIRST = Partition.ofDay(Datasets.EVENTS_DAILY, DAY);
  private static final int LARGE = 30_000;
  private static final String HEADER = "event_time,event_type,product_id,event_id";

  @TempDir private Path folder;
  private Path input;
  private LocalWarehouse local;

  @BeforeEach
  void openWarehouse() throws IOException {
    local = new LocalWarehouse(folder);
    input = Files.createDirectory(folder.resolve("input"));
  }

  @Test
  void firstOfAnEventIdStaysWithinTheDay() throws Exception {
    write(
        "a.csv",
        "2020-05-01T05:00:00Z,view,late,e1",
        "2020-05-01T01:00:00Z,view,early,e1",
        "2020-05-02T01:00:00Z,view,next day,e1",
        "2020-05-01T23:00:00Z,view,other,e2",
        "2020-05-01T23:00:00Z,view,without,",
        "2020-05-01T23:00:00Z,view,without,");
    local.importFiles(input, "clickmill");
    var outcome = local.compact();
    assertThat(outcome.read()).isEqualTo(6);
    assertThat(outcome.written()).isEqualTo(5);
    assertThat(outcome.duplicates()).isEqualTo(1);
    assertThat(local.column(FIRST, "product_id"))
        .containsExactlyInAnyOrder("early", "other", "without", "without");
    assertThat(local.column(Partition.ofDay(Datasets.EVENTS_DAILY, DAY.plusDays(1)), "product_id"))
        .containsExactly("next day");
    assertThat(local.manifests(Datasets.EVENTS_DAILY).get(FIRST).counts())
        .containsEntry("duplicates", 1L)
        .containsEntry("rows", 4L);
  }

  @Test
  void equalRowsAreOneWhereRowsAreCompared() throws Exception {
    write("b.csv", "2020-05-01T05:00:00Z,view,1,", "2020-05-01T05:00:00Z,view,1,e1");
    write(
        "a.csv",
        "2020-05-01T05:00:00Z,view,1,",
        "2020-05-01T05:00:00Z,view,1,",
        "2020-05-01T06:00:00Z,view,1,e1");
    local.importFiles(input, "clickmill");
    local.set("clickmill.deduplicate", "row");
    assertThat(local.compact().duplicates()).isEqualTo(2);
    assertThat(local.column(FIRST, "source_name"))
        .as("among equals the smallest source stays")
        .containsExactlyInAnyOrder("input/a.csv", "input/b.csv", "input/a.csv");
    assertThat(local.column(FIRST, "source_offset")).containsExactlyInAnyOrder(42L, 71L, 100L);
  }

  @Test
  void everythingStaysWhereNothingIsCompared() throws Exception {
    write("a.csv", "2020-05-01T05:00:00Z,view,1,e1", "2020-05-01T05:00:00Z,view,1,e1");
    local.importFiles(input, "clickmill");
    local.set("clickmill.deduplicate", "none");
    var outcome = local.compact();
    assertThat(outcome.duplicates()).isZero();
    assertThat(outcome.written()).isEqualTo(2);
    assertThat(local.manifests(Datasets.EVENTS_DAILY).get(FIRST).settings())
        .containsKey("clickmill.deduplicate");
  }

  @Test
  void sealedDayWithoutEventsIsAPartitionWithoutRows() throws Exception {
    write("a.csv", "2020-05-01T05:00:00Z,view,1,", "2020-05-03T05:00:00Z,view,1,");
    local.importFiles(input, "clickmill");
    local.compactAndAnalyze();
    var empty = DAY.plusDays(1);
    for (var dataset : List.of(Datasets.EVENTS_DAILY, "view_counts", "sales", "top_products")) {
      var manifest = local.manifests(dataset).get(Partition.ofDay(dataset, empty));
      assertThat(manifest.fingerprint()).as(dataset).isEqualTo(Fingerprint.EMPTY);
      assertThat(manifest.files())
          .as(dataset)
          .singleElement()
          .satisfies(file -> assertThat(file.records()).isZero());
    }
  }

  @Test
  void largeDayBecomesSeveralFilesOfAPowerOfTwo() throws Exception {
    long seed = new Random().nextLong();
    writeLargeDay(seed);
    local
        .set("clickmill.compact.file-mb", 1)
        .set("clickmill.parquet.row-group-mb", 1)
        .importFiles(input, "clickmill");
    local.compact();
    var manifest = local.manifests(Datasets.EVENTS_DAILY).get(FIRST);
    assertThat(manifest.files()).as("seed %d", seed).hasSizeGreaterThan(1);
    assertThat(Integer.bitCount(manifest.files().size())).as("seed %d", seed).isOne();
    assertThat(local.column(FIRST, "event_time")).as("seed %d", seed).hasSize(LARGE);

    assertThat(foldOnce()).allMatch(publication -> publication.outcome() == Outcome.PUBLISHED);
    for (int splits : new int[] {1, 2, 7}) {
      local.set("clickmill.split.count", splits).set("clickmill.reducers", splits);
      local.set("clickmill.fold.memory-mb", 1);
      assertThat(foldOnce())
          .as("%d splits, seed %d", splits, seed)
          .hasSize(3)
          .allMatch(publication -> publication.outcome() == Outcome.RENEWED);
    }
    var before = local.fingerprints().get(FIRST);
    local.set("clickmill.compact.file-mb", 512).compact();
    assertThat(local.fingerprints().get(FIRST)).as("seed %d", seed).isEqualTo(before);
  }

  @Test
  void fieldThatThisVersionDoesNotKnowIsNamed() throws Exception {
    // Long and not to be compressed, so that there is room for another header.
    var product = new Random(1).ints(100).mapToObj(Integer::toHexString).collect(joining());
    write("a.csv", "2020-05-01T05:00:00Z,view," + product + ",");
    local.importFiles(input, "clickmill");
    var hour = Partition.ofHour(Datasets.EVENTS, DAY, 5);
    var file = local.manifests(Datasets.EVENTS).get(hour).files().get(0);
    writeNewerEvents(new org.apache.hadoop.fs.Path(local.warehouse().pathOf(hour), file.name()));
    var failure = catchThrowableOfType(ClickmillException.class, local::compact);
    assertThat(failure)
        .hasMessageContaining("colour")
        .hasMessageContaining(file.name())
        .hasMessageContaining("Cannot read");
    assertThat(local.manifests(Datasets.EVENTS_DAILY)).isEmpty();
    try (var files = Files.walk(Path.of(local.warehouse().root().toUri()).resolve("_staging"))) {
      assertThat(files).noneMatch(path -> path.getFileName().toString().startsWith("_temporary"));
    }
  }

  private List<Publication> foldOnce() throws Exception {
    return local.fold(
        Datasets.EVENTS_DAILY,
        table -> table.dataset().startsWith("view_counts") || table.dataset().equals("sales"));
  }

  /** Many ties, and texts that do not compress. */
  private void writeLargeDay(long seed) throws IOException {
    var random = new Random(seed);
    var lines = new ArrayList<String>();
    lines.add("event_time,event_type,product_id,brand,category_code,price,user_id,user_session");
    for (int i = 0; i < LARGE; i++) {
      var time = DAY.atStartOfDay().plusSeconds(random.nextInt(8640) * 10L);
      lines.add(
          String.format(
              Locale.ROOT,
              "%s:%02dZ,%s,p%d,b%d,c%d,%d.5,%016x%016x,%016x%016x",
              time.toString().substring(0, 16),
              time.getSecond(),
              random.nextBoolean() ? "view" : "purchase",
              random.nextInt(50),
              random.nextInt(5),
              random.nextInt(5),
              random.nextInt(100),
              random.nextLong(),
              random.nextLong(),
              random.nextLong(),
              random.nextLong()));
    }
    Files.write(input.resolve("large.csv"), lines);
  }

  /** An hour's file as a newer suite might write it. */
  private void writeNewerEvents(org.apache.hadoop.fs.Path path) throws IOException {
    var fields = new ArrayList<Schema.Field>();
    for (var field : Event.getClassSchema().getFields()) {
      // Without what the fields are for, so that there is room for padding.
      fields.add(new Schema.Field(field.name(), field.schema(), null, field.defaultVal()));
    }
    var texts =
        Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.STRING));
    fields.add(new Schema.Field("colour", texts, null, Schema.Field.NULL_DEFAULT_VALUE));
    var schema =
        Schema.createRecord("Event", null, Event.getClassSchema().getNamespace(), false, fields);
    var event = new GenericData.Record(schema);
    event.put("event_time", Instant.parse("2020-05-01T05:00:00Z").toEpochMilli());
    event.put("event_type", "view");
    event.put("quantity", 1);
    event.put("source_item", 0);
    // As long as the file before: the manifest knows its bytes.
    int padding = 100;
    byte[] bytes = container(schema, event, padding);
    long missing = local.warehouse().fileSystem().getFileStatus(path).getLen() - bytes.length;
    bytes = container(schema, event, Math.toIntExact(padding + missing));
    try (var out = local.warehouse().fileSystem().create(path, true)) {
      out.write(bytes);
    }
  }

  private static byte[] container(Schema schema, GenericData.Record event, int padding)
      throws IOException {
    var out = new ByteArrayOutputStream();
    try (var writer = new DataFileWriter<GenericData.Record>(new GenericDatumWriter<>(schema))) {
      writer.setMeta("padding", "x".repeat(padding));
      writer.create(schema, out).append(event);
    }
    return out.toByteArray();
  }

  private void write(String name, String... lines) throws IOException {
    var all = new ArrayList<String>();
    all.add(HEADER);
    all.addAll(List.of(lines));
    Files.write(input.resolve(name), all);
  }
}
