package org.clickmill.formats.read;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.avro.AvroEventWriter;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.parquet.ParquetTableWriter;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.warehouse.Partition;

/** Events of all kinds, and files of them. */
public final class RandomEvents {
  public static final LocalDate DAY = LocalDate.of(2019, 10, 1);

  private static final String[] TYPES = {"view", "cart", "remove_from_cart", "purchase", "wish"};

  private RandomEvents() {}

  /** Events of a day in the order of their times. */
  public static List<Event> ofDay(LocalDate day, int count, Random random) {
    var events = new ArrayList<Event>();
    long midnight = day.toEpochDay() * 86_400_000L;
    for (int i = 0; i < count; i++) {
      var event = new Event();
      event.setEventTime(Instant.ofEpochMilli(midnight + i * 86_400_000L / count));
      event.setEventType(new Utf8(TYPES[random.nextInt(TYPES.length)]));
      event.setProductId(text(random, "p", 300));
      event.setCategoryId(text(random, "c", 5));
      event.setCategoryCode(text(random, "électronique.", 3));
      event.setBrand(random.nextInt(4) == 0 ? new Utf8("") : text(random, "brand ", 20));
      event.setPrice(
          random.nextInt(5) == 0 ? null : Money.toAvro(random.nextLong(-1_000_000, 100_000_000)));
      event.setQuantity(random.nextInt(-2, 5));
      event.setVisitorId(text(random, "", Integer.MAX_VALUE));
      event.setUserId(text(random, "u", 1000));
      event.setUserSession(text(random, "session-", Integer.MAX_VALUE));
      event.setOrderId(random.nextInt(10) == 0 ? text(random, "o", 50) : null);
      event.setSourceName(new Utf8("events"));
      event.setSourcePartition(random.nextInt(3) == 0 ? null : random.nextInt(8));
      event.setSourceOffset((long) i << 30);
      if (random.nextInt(3) == 0) {
        fillOptional(event, random);
      }
      events.add(event);
    }
    return events;
  }

  private static void fillOptional(Event event, Random random) {
    for (var column : EventColumn.OPTIONAL) {
      event.put(
          column.position(),
          column.kind() == EventColumn.Kind.STRING
              ? text(random, column.text() + "\1", 9)
              : random.nextBoolean() ? (Object) random.nextInt(6) : null);
    }
    event.setSourceItem(random.nextInt(3));
  }

  public static InputFile writeAvro(
      FileSystem fileSystem, Path path, List<Event> events, Configuration configuration)
      throws IOException {
    try (var writer = AvroEventWriter.open(fileSystem, path, configuration)) {
      for (var event : events) {
        writer.write(event);
      }
      return file(path, writer.finish().file().bytes());
    }
  }

  static InputFile writeParquet(
      FileSystem fileSystem, Path path, List<Event> events, Configuration configuration)
      throws IOException {
    try (var writer = ParquetTableWriter.open(fileSystem, path, EventRows.SCHEMA, configuration)) {
      var row = new Row(EventRows.SCHEMA);
      for (var event : events) {
        EventRows.fill(row, event);
        writer.write(row);
      }
      return file(path, writer.finish().file().bytes());
    }
  }

  static InputFile file(Path path, long bytes) {
    return new InputFile(path.toString(), Partition.ofDay("sample", DAY), bytes);
  }

  static List<Event> read(FileSystem fileSystem, InputFile file, Configuration configuration)
      throws IOException {
    var events = new ArrayList<Event>();
    try (var reader = EventFileReader.open(fileSystem, file, configuration)) {
      for (var event = reader.next(null); event != null; event = reader.next(null)) {
        events.add(event);
      }
    }
    return events;
  }

  private static Utf8 text(Random random, String prefix, int different) {
    return random.nextInt(6) == 0 ? null : new Utf8(prefix + random.nextInt(different));
  }
}
