package org.clickmill.formats.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.event.ClusterKey;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.event.EventKey;
import org.clickmill.formats.event.VisitorHash;
import org.clickmill.formats.failure.DamagedFileException;
import org.clickmill.formats.read.RandomEvents;
import org.clickmill.formats.table.EventRowDecoder;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.warehouse.Partition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys made of the bytes of a file are those of its events, and are decoded into the same rows. */
final class EventKeyReaderTest {
  private static final String[] TEXTS = {
    null,
    "",
    "a",
    "a\0",
    "\0",
    "\1",
    "\1\0",
    "ab",
    "é",
    "12345678",
    "1234567\1",
    "12345678\0",
    "éééé"
  };

  @TempDir private java.nio.file.Path folder;

  private final Configuration configuration = new Configuration(false);
  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private FileSystem fileSystem;

  private interface Check {
    void accept(EventKeyReader reader, Event event) throws IOException;
  }

  @BeforeEach
  void openFileSystem() throws IOException {
    fileSystem = FileSystem.getLocal(new Configuration()).getRawFileSystem();
  }

  @Test
  void encodedContentIsThatOfTheEventsKey() throws IOException {
    var expected = new EventKey();
    var key = new EventKey();
    forEach(
        events(2000),
        (reader, event) -> {
          expected.encode(event);
          reader.encodeContent(key);
          assertThat(Arrays.copyOf(key.bytes(), key.contentLength()))
              .as("seed %d", seed)
              .isEqualTo(Arrays.copyOf(expected.bytes(), expected.contentLength()));
        });
  }

  @Test
  void wholeKeyIsThatOfTheEvent() throws IOException {
    var expected = new EventKey();
    var key = new EventKey();
    forEach(
        events(2000),
        (reader, event) -> {
          expected.encode(event);
          reader.encode(key);
          assertThat(Arrays.copyOf(key.bytes(), key.length()))
              .as("seed %d", seed)
              .isEqualTo(Arrays.copyOf(expected.bytes(), expected.length()));
        });
  }

  @Test
  void rowsDecodedFromKeysAreThoseOfTheEvents() throws IOException {
    var events = RandomEvents.ofDay(RandomEvents.DAY, 2000, random);
    events.addAll(events(500));
    var expected = new Row(EventRows.SCHEMA);
    var row = new Row(EventRows.SCHEMA);
    var decoder = new EventRowDecoder(row);
    var event = new EventKey();
    var key = new ClusterKey();
    forEach(
        events,
        (reader, original) -> {
          EventRows.fill(expected, original);
          reader.encode(7, event, key);
          assertThat(decoder.decode(key.bytes(), ClusterKey.event(key.bytes(), 0)))
              .as("seed %d", seed)
              .isEqualTo(event.contentLength());
          for (int column = 0; column < EventRows.SCHEMA.columns().size(); column++) {
            assertThat(value(row, column)).as("seed %d", seed).isEqualTo(value(expected, column));
          }
        });
  }

  @Test
  void eventsOfAVisitorStandTogetherInContentOrder() throws IOException {
    var event = new EventKey();
    var key = new ClusterKey();
    var keys = new ArrayList<byte[]>();
    forEach(
        RandomEvents.ofDay(RandomEvents.DAY, 3000, random),
        (reader, original) -> {
          reader.encode(7, event, key);
          assertThat(ClusterKey.day(key.bytes(), 0)).isEqualTo(7);
          assertThat(reader.visitorHash(event)).isEqualTo(key.hash());
          keys.add(Arrays.copyOf(key.bytes(), key.length()));
        });
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

  @Test
  void eachBlockOfAFileInRangesHasVisitorsOfOneRange() throws IOException {
    var events = RandomEvents.ofDay(RandomEvents.DAY, 3000, random);
    var file = writeInRanges(events, "16");

    var ranges = new HashSet<Integer>();
    int read = 0;
    var event = new EventKey();
    try (var reader = EventKeyReader.open(fileSystem, file)) {
      int range = -1;
      while (reader.next()) {
        int found = VisitorHash.range(reader.visitorHash(event), BlockRanges.WRITTEN);
        if (reader.blockRanges() == BlockRanges.WRITTEN) {
          range = found;
          ranges.add(range);
        }
        assertThat(found).as("seed %d", seed).isEqualTo(range);
        read++;
      }
    }
    assertThat(read).isEqualTo(events.size());
    assertThat(ranges).containsExactlyInAnyOrder(0, 1, 2, 3);
  }

  @Test
  void blocksOfOtherRangesArePassedOver() throws IOException {
    var events = RandomEvents.ofDay(RandomEvents.DAY, 3000, random);
    var file = writeInRanges(events, "16");
    int wanted = random.nextInt(BlockRanges.WRITTEN);

    var read = new ArrayList<byte[]>();
    var event = new EventKey();
    try (var reader = EventKeyReader.open(fileSystem, file)) {
      while (reader.next()) {
        if (VisitorHash.range(reader.visitorHash(event), BlockRanges.WRITTEN) != wanted) {
          assertThat(reader.blockRanges()).isEqualTo(BlockRanges.WRITTEN);
          reader.skipBlock();
        } else {
          reader.encode(event);
          read.add(Arrays.copyOf(event.bytes(), event.length()));
        }
      }
    }
    var expected = new ArrayList<byte[]>();
    for (var original : events) {
      event.encode(original);
      long hash = VisitorHash.of(original, event.bytes(), 0, event.contentLength());
      if (VisitorHash.range(hash, BlockRanges.WRITTEN) == wanted) {
        expected.add(Arrays.copyOf(event.bytes(), event.length()));
      }
    }
    assertThat(read)
        .as("range %d, seed %d", wanted, seed)
        .usingElementComparator(Arrays::compare)
        .isEqualTo(expected);
  }

  @Test
  void fileInRangesIsAvroForOthers() throws IOException {
    var events = RandomEvents.ofDay(RandomEvents.DAY, 3000, random);
    var file = writeInRanges(events, "16");

    var read = new ArrayList<String>();
    var source = new java.io.File(file.path());
    try (var reader = new DataFileReader<>(source, new GenericDatumReader<GenericRecord>())) {
      reader.forEach(
          event -> read.add(event.get("source_offset") + " " + event.get("user_session")));
    }
    assertThat(read)
        .as("seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(
            events.stream()
                .map(event -> event.getSourceOffset() + " " + event.getUserSession())
                .toList());
  }

  @Test
  void smallFileInRangesIsOneBlock() throws IOException {
    var file = writeInRanges(RandomEvents.ofDay(RandomEvents.DAY, 50, random), "256");
    int read = 0;
    try (var reader = EventKeyReader.open(fileSystem, file)) {
      while (reader.next()) {
        assertThat(reader.blockRanges()).isEqualTo(1);
        read++;
      }
    }
    assertThat(read).isEqualTo(50);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "3", "04", "-2", "131072", "four"})
  void numberOfRangesIsAPowerOfTwo(String text) {
    assertThatThrownBy(() -> BlockRanges.parse(text))
        .isInstanceOf(DamagedFileException.class)
        .hasMessage("'%s' ranges of visitors in its header", text);
    assertThat(BlockRanges.parse("65536")).isEqualTo(65_536);
    assertThat(BlockRanges.parse(null)).isEqualTo(1);
  }

  private InputFile writeInRanges(List<Event> events, String blockKilobytes) throws IOException {
    var path = new Path(folder.resolve("ranges.avro").toString());
    configuration.set("clickmill.avro.block-kb", blockKilobytes);
    try (var writer =
        AvroEventWriter.openInRanges(fileSystem, path, configuration, EventColumn.EXTRA)) {
      for (var event : events) {
        writer.write(event);
      }
      long bytes = writer.finish().file().bytes();
      return new InputFile(path.toString(), Partition.ofDay("sample", RandomEvents.DAY), bytes);
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

  /** Writes events to a file of many blocks, and reads them beside the originals. */
  private void forEach(List<Event> events, Check check) throws IOException {
    var path = new Path(folder.resolve("hour.avro").toUri());
    configuration.set("clickmill.avro.block-kb", "4");
    InputFile file = RandomEvents.writeAvro(fileSystem, path, events, configuration);
    try (var reader = EventKeyReader.open(fileSystem, file)) {
      for (var event : events) {
        assertThat(reader.next()).isTrue();
        check.accept(reader, event);
      }
      assertThat(reader.next()).isFalse();
    }
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
