package org.clickmill.jobs.groupby;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.DoubleColumn;
import org.clickmill.formats.table.LongColumn;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.formats.warehouse.Partition;

/** A batch of odd events from a list. */
record ListBatch(List<Event> events) implements ColumnBatch {
  static final LocalDate DAY = LocalDate.of(2020, 5, 1);

  /**
   * @param type "sold", "back", or what is no row
   * @param product may be null, as brand and user
   */
  record Event(long time, String type, String product, String brand, String user, long price) {}

  @Override
  public Partition partition() {
    return Partition.ofDay("events_daily", DAY);
  }

  @Override
  public int size() {
    return events.size();
  }

  @Override
  public StringColumn strings(String column) {
    return switch (column) {
      case "event_type" -> strings(Event::type);
      case "product_id" -> strings(Event::product);
      case "brand" -> strings(Event::brand);
      case "user_id" -> strings(Event::user);
      default -> throw new IllegalArgumentException(column);
    };
  }

  @Override
  public LongColumn longs(String column) {
    return switch (column) {
      case "event_time" -> longs(Event::time);
      case "price" -> longs(Event::price);
      default -> throw new IllegalArgumentException(column);
    };
  }

  @Override
  public DoubleColumn doubles(String column) {
    throw new IllegalArgumentException(column);
  }

  private LongColumn longs(ToLongFunction<Event> value) {
    return new LongColumn(events.stream().mapToLong(value).toArray(), null);
  }

  private StringColumn strings(Function<Event, String> value) {
    var texts = new ArrayList<String>(events.stream().map(value).distinct().toList());
    texts.remove(null);
    var bytes = new ByteArrayOutputStream();
    var offsets = new int[texts.size() + 1];
    for (int id = 0; id < texts.size(); id++) {
      bytes.writeBytes(texts.get(id).getBytes(StandardCharsets.UTF_8));
      offsets[id + 1] = bytes.size();
    }
    var idOf = new java.util.HashMap<String, Integer>();
    texts.forEach(text -> idOf.put(text, idOf.size()));
    var ids =
        events.stream()
            .map(value)
            .mapToInt(text -> text == null ? StringColumn.NULL : idOf.get(text))
            .toArray();
    return new StringColumn(ids, bytes.toByteArray(), offsets, texts.size(), true);
  }
}
