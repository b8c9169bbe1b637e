package org.clickmill.formats.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.event.ClusterKey;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventKey;
import org.clickmill.formats.table.EventBatch;
import org.clickmill.formats.table.EventRowDecoder;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.table.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events of a batch are encoded as single events are, and decoded into the same rows. */
final class EventBatchTest {
  private static final String[] TEXTS = {null, "", "a", "a\0", "\0", "\1", "\1\0", "ab", "é"};

  @TempDir private java.nio.file.Path folder;

  private final Configuration configuration = new Configuration(false);
  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private FileSystem fileSystem;

  /** An event's place in the batches that were read. */
  private record Place(EventBatch batch, int row) {}

  @BeforeEach
  void openFileSystem() throws IOException {
    fileSystem = FileSystem.getLocal(new Configuration()).getRawFileSystem();
    configuration.set("clickmill.read.avro-batch-rows", "5000");
  }

  @Test
  void encodedContentIsThatOfTheEventsKey() throws IOException {
    var events = events(2000);
    var places = read(avro(events));
    var expected = new EventKey();
    var key = new EventKey();
    for (int i = 0; i < events.size(); i++) {
      expected.encode(events.get(i));
      places.get(i).batch().encodeContent(places.get(i).row(), key);
      assertThat(Arrays.copyOf(key.bytes(), key.contentLength()))
          .as("event %d, seed %d", i, seed)
          .isEqualTo(Arrays.copyOf(expected.bytes(), expected.contentLength()));
    }
  }

  @Test
  void wholeKeyIsThatOfTheEvent() throws IOException {
    var events = events(2000);
    var places = read(avro(events));
    var expected = new EventKey();
    var key = new EventKey();
    for (int i = 0; i < events.size(); i++) {
      expected.encode(events.get(i));
      places.get(i).batch().encode(places.get(i).row(), key);
      assertThat(Arrays.copyOf(key.bytes(), key.length()))
          .as("event %d, seed %d", i, seed)
          .isEqualTo(Arrays.copyOf(expected.bytes(), expected.length()));
    }
  }

  @Test
  void rowsDecodedFromKeysAreThoseOfTheEvents() throws IOException {
    var events = RandomEvents.ofDay(RandomEvents.DAY, 2000, random);
    events.addAll(events(500));
    for (var file : List.of(avro(events), parquet(events))) {
      var places = read(file);
      var expected = new Row(EventRows.SCHEMA);
      var row = new Row(EventRows.SCHEMA);
      var decoder = new EventRowDecoder(row);
      var event = new EventKey();
      var key = new ClusterKey();
      for (int i = 0; i < events.size(); i++) {
        EventRows.fill(expected, events.get(i));
        places.get(i).batch().encode(places.get(i).row(), 7, event, key);
        assertThat(decoder.decode(key.bytes(), ClusterKey.event(key.bytes(), 0)))
            .as("seed %d", seed)
            .isEqualTo(event.contentLength());
        for (int column = 0; column < EventRows.SCHEMA.columns().size(); column++) {
          assertThat(value(row, column)).as("seed %d", seed).isEqualTo(value(expected, column));
        }
      }
    }
  }

  @Test
  void eventsOfAVisitorStandTogetherInContentOrder() throws IOException {
    var events = RandomEvents.ofDay(RandomEvents.DAY, 3000, random);
    var event = new EventKey();
    var key = new ClusterKey();
    var keys = new ArrayList<byte[]>();
    for (var place : read(avro(events))) {
      place.batch().encode(place.row(), 7, event, key);
      assertThat(ClusterKey.day(key.bytes(), 0)).isEqualTo(7);
      keys.add(Arrays.copyOf(key.bytes(), key.length()));
    }
    keys.sort(Arrays::compareUnsigned);
    var seen = new HashSet<String>();
    var decoder = new EventKey.Decoder();
    var before = new Event();
    var next = new Event();
    byte[] keyBefore = null;
    for (byte[] bytes : keys) {
      decoder.decode(bytes, ClusterKey.event(bytes, 0), next);
      var visitor = visitor(next);
      if (keyBefore != null && visitor != null && visitor.equals(visitor(before))) {
        assertThat(next.getEventTime()).as("seed %d", seed).isAfterOrEqualTo(before.getEventTime());
      } else if (visitor != null) {
        assertThat(seen.add(visitor)).as("%s, seed %d", visitor, seed).isTrue();
      }
      if (keyBefore != null) {
        assertThat(Long.compareUnsigned(ClusterKey.hash(keyBefore, 0), ClusterKey.hash(bytes, 0)))
            .as("seed %d", seed)
            .isLessThanOrEqualTo(0);
      }
      keyBefore = bytes;
      var swap = before;
      before = next;
      next = swap;
    }
  }

  private static String visitor(Event event) {
    if (event.getVisitorId() != null) {
      return "v:" + event.getVisitorId();
    }
    if (event.getUserId() != null) {
      return "u:" + event.getUserId();
    }
    return event.getUserSession() == null ? null : "s:" + event.getUserSession();
  }

  /** Alike in all but a few columns, of all kinds of texts. */
  private List<Event> events(int count) {
    var events = RandomEvents.ofDay(RandomEvents.DAY, count, random);
    for (var event : events) {
      event.setEventTime(Instant.ofEpochMilli(random.nextInt(-1, 2)));
      event.setEventType(new Utf8(random.nextBoolean() ? "view" : "viewed"));
      event.setProductId(random.nextInt(9) == 0 ? text() : new Utf8("p"));
      event.setVisitorId(null);
      event.setUserId(random.nextInt(9) == 0 ? text() : null);
      event.setUserSession(null);
      if (random.nextInt(3) > 0) {
        event.setPrice(null);
      }
      event.setQuantity(1 + random.nextInt(2));
      event.setBrand(random.nextInt(4) == 0 ? text() : null);
      event.setCategoryCode(null);
      event.setCategoryId(null);
      event.setEventId(random.nextBoolean() ? text() : null);
      event.setSourceName(text() == null ? new Utf8("a") : new Utf8("b"));
      event.setSourceOffset(random.nextInt(5) == 0 ? null : random.nextLong(-2, 3));
    }
    return events;
  }

  private Utf8 text() {
    var text = TEXTS[random.nextInt(TEXTS.length)];
    return text == null ? null : new Utf8(text);
  }

  private InputFile avro(List<Event> events) throws IOException {
    var path = new Path(folder.resolve("hour.avro").toUri());
    configuration.set("clickmill.avro.block-kb", "4");
    return RandomEvents.writeAvro(fileSystem, path, events, configuration);
  }

  private InputFile parquet(List<Event> events) throws IOException {
    var path = new Path(folder.resolve("day.parquet").toUri());
    return RandomEvents.writeParquet(fileSystem, path, events, configuration);
  }

  /** Reads all batches before any is looked at. */
  private List<Place> read(InputFile file) throws IOException {
    var places = new ArrayList<Place>();
    try (var reader = EventBatchReader.open(fileSystem, file, configuration)) {
      for (var batch = reader.next(); batch != null; batch = reader.next()) {
        for (int row = 0; row < batch.size(); row++) {
          places.add(new Place(batch, row));
        }
      }
    }
    return places;
  }

  private static Object value(Row row, int column) {
    if (row.isNull(column)) {
      return "NULL";
    }
    return EventRows.SCHEMA.columns().get(column).type().isBytes()
        ? row.text(column)
        : (Object) row.longValue(column);
  }
}
