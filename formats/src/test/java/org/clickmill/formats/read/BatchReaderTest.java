package org.clickmill.formats.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.BatchReader;
import org.clickmill.formats.table.BatchRequest;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.formats.table.TableSchema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BatchReaderTest {
  private static final List<String> ALL =
      EventRows.SCHEMA.columns().stream().map(TableSchema.Column::name).toList();
  private static final long HOUR = 3_600_000;

  @TempDir java.nio.file.Path folder;

  private final Configuration configuration = new Configuration(false);
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private FileSystem fileSystem;

  @BeforeEach
  void openFileSystem() throws IOException {
    fileSystem = FileSystem.getLocal(new Configuration()).getRawFileSystem();
  }

  @Test
  void avroAndParquetOfTheSameEventsGiveEqualRows() throws IOException {
    configuration.set("clickmill.read.avro-batch-rows", "1000");
    var events = events(7000);
    var request = BatchRequest.all(EventRows.SCHEMA);
    assertThat(rows(parquet(events), request))
        .as("seed %d", seed)
        .isEqualTo(rows(avro(events), request))
        .hasSize(7000);
  }

  @Test
  void textsOfABatchKeepTheirDictionaryIds() throws IOException {
    try (var reader = openTypes(parquet(events(5000)))) {
      assertThat(reader.next()).isTrue();
      assertThat(texts(reader.batch().strings("event_type")))
          .containsExactlyInAnyOrder("cart", "purchase", "remove_from_cart", "view", "wish");
    }
  }

  @Test
  void textOfAvroThatRepeatsTheOneBeforeHasItsId() throws IOException {
    try (var reader = openTypes(avro(events(5000)))) {
      assertThat(reader.next()).isTrue();
      var texts = texts(reader.batch().strings("event_type"));
      for (int id = 1; id < texts.size(); id++) {
        assertThat(texts.get(id)).isNotEqualTo(texts.get(id - 1));
      }
      assertThat(texts).contains("cart", "purchase", "remove_from_cart", "view", "wish");
    }
  }

  private BatchReader openTypes(InputFile file) throws IOException {
    return open(file, BatchRequest.of(EventRows.SCHEMA, List.of("event_type")));
  }

  /** The text of each id. */
  private static List<String> texts(StringColumn column) {
    return IntStream.range(0, column.dictionarySize()).mapToObj(column::text).toList();
  }

  @Test
  void columnThatTheJobDidNotNameIsRefused() throws IOException {
    var request = BatchRequest.of(EventRows.SCHEMA, List.of("price"));
    for (var file : List.of(parquet(events(5)), avro(events(5)))) {
      try (var reader = open(file, request)) {
        assertThat(reader.next()).isTrue();
        assertThatThrownBy(() -> reader.batch().strings("brand"))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("Invalid column: brand (asked for are [price])");
      }
    }
  }

  @Test
  void columnIsOnlyGivenAsWhatItIs() throws IOException {
    try (var reader = open(parquet(events(5)), BatchRequest.all(EventRows.SCHEMA))) {
      assertThat(reader.next()).isTrue();
      assertThatThrownBy(() -> reader.batch().strings("price"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> reader.batch().longs("brand"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void rowGroupsOfOtherTimesArePassedOver() throws IOException {
    smallRowGroups();
    var events = events(100_000);
    long midnight = RandomEvents.DAY.toEpochDay() * 24 * HOUR;
    var request =
        new BatchRequest(
            EventRows.SCHEMA,
            List.of("event_time"),
            Set.of(),
            midnight + 5 * HOUR,
            midnight + 6 * HOUR);
    try (var reader = open(parquet(events), request)) {
      long wanted = 0;
      long read = 0;
      while (reader.next()) {
        var times = reader.batch().longs("event_time").values();
        for (int row = 0; row < reader.batch().size(); row++) {
          wanted += times[row] >= request.fromMillis() && times[row] < request.toMillis() ? 1 : 0;
        }
        read += reader.batch().size();
      }
      assertThat(reader.rowsSkipped()).isPositive();
      assertThat(read + reader.rowsSkipped()).isEqualTo(events.size());
      assertThat(wanted)
          .isEqualTo(
              events.stream()
                  .mapToLong(event -> event.getEventTime().toEpochMilli())
                  .filter(time -> time >= request.fromMillis() && time < request.toMillis())
                  .count());
    }
  }

  @Test
  void rowGroupsWithoutAWantedTypeArePassedOver() throws IOException {
    smallRowGroups();
    var events = events(60_000);
    for (int i = 0; i < events.size(); i++) {
      boolean isLate = i > 50_000;
      events.get(i).setEventType(new Utf8(isLate ? "purchase" : i % 2 == 0 ? "cart" : "view"));
    }
    var request = wanting(Set.of("purchase", "return"));
    try (var reader = open(parquet(events), request)) {
      long read = 0;
      while (reader.next()) {
        var types = reader.batch().strings("event_type");
        for (int row = 0; row < reader.batch().size(); row++) {
          read += types.text(types.ids()[row]).equals("purchase") ? 1 : 0;
        }
      }
      assertThat(read).isEqualTo(9_999);
      assertThat(reader.rowsSkipped()).isBetween(20_000L, 50_001L);
    }
    // "purchase" lies between the least and the most of these, so only the dictionary tells.
    for (var event : events) {
      event.setEventType(new Utf8(random.nextBoolean() ? "cart" : "view"));
    }
    try (var reader = open(parquet(events), request)) {
      assertThat(reader.next()).isFalse();
      assertThat(reader.rowsSkipped()).isEqualTo(60_000);
    }
  }

  @Test
  void rangesOfAFileCoverEachRowOnce() throws IOException {
    smallRowGroups();
    configuration.set("clickmill.avro.block-kb", "4");
    var events = events(40_000);
    var request = BatchRequest.all(EventRows.SCHEMA);
    for (var file : List.of(parquet(events), avro(events))) {
      var all = rows(file, request);
      for (int parts : new int[] {1, 2, 3, 7, 50}) {
        var found = new ArrayList<String>();
        int withRows = 0;
        for (int part = 0; part < parts; part++) {
          int before = found.size();
          long start = file.bytes() * part / parts;
          long end = file.bytes() * (part + 1) / parts;
          try (var reader = BatchFiles.open(fileSystem, file, start, end, request, configuration)) {
            addRows(reader, found);
          }
          withRows += found.size() > before ? 1 : 0;
        }
        assertThat(found).as("seed %d: %s in %d parts", seed, file, parts).isEqualTo(all);
        assertThat(withRows).isGreaterThan(parts == 1 ? 0 : 1);
      }
    }
  }

  @Test
  void missingFileIsNamed() {
    var file = RandomEvents.file(path("missing.parquet"), 1000);
    assertThatThrownBy(() -> open(file, BatchRequest.all(EventRows.SCHEMA)))
        .isInstanceOf(ClickmillException.class)
        .hasMessage("Missing file: " + file.path());
  }

  @Test
  void fileShorterThanItsManifestSaysIsAnError() throws IOException {
    for (var file : List.of(parquet(events(10)), avro(events(10)))) {
      var longer = new InputFile(file.path(), file.partition(), file.bytes() + 1);
      assertThatThrownBy(() -> open(longer, BatchRequest.all(EventRows.SCHEMA)))
          .isInstanceOf(ClickmillException.class)
          .hasMessageStartingWith("Cannot read " + file.path() + ": it is shorter than");
    }
  }

  private static BatchRequest wanting(Set<String> types) {
    return new BatchRequest(
        EventRows.SCHEMA, List.of("event_type"), types, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private void smallRowGroups() {
    configuration.set("clickmill.parquet.row-group-mb", "1");
    configuration.set("clickmill.parquet.dictionary-mb", "1");
  }

  private List<Event> events(int count) {
    return RandomEvents.ofDay(LocalDate.of(2019, 10, 1), count, random);
  }

  private InputFile parquet(List<Event> events) throws IOException {
    var path = path("day-" + random.nextLong() + ".parquet");
    return RandomEvents.writeParquet(fileSystem, path, events, configuration);
  }

  private InputFile avro(List<Event> events) throws IOException {
    var path = path("hour-" + random.nextLong() + ".avro");
    return RandomEvents.writeAvro(fileSystem, path, events, configuration);
  }

  private BatchReader open(InputFile file, BatchRequest request) throws IOException {
    return BatchFiles.open(fileSystem, file, request, configuration);
  }

  private List<String> rows(InputFile file, BatchRequest request) throws IOException {
    var rows = new ArrayList<String>();
    try (var reader = open(file, request)) {
      addRows(reader, rows);
    }
    return rows;
  }

  private static void addRows(BatchReader reader, List<String> rows) throws IOException {
    while (reader.next()) {
      rows.addAll(Batches.rows(reader.batch(), EventRows.SCHEMA, ALL));
    }
  }

  private Path path(String name) {
    return new Path(folder.resolve(name).toUri());
  }
}
