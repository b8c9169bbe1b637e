package org.clickmill.jobs.sessions;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.DoubleColumn;
import org.clickmill.formats.table.LongColumn;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.formats.warehouse.Partition;

/** A batch of events from a list. */
final class FakeBatch implements ColumnBatch {
  private final Partition partition;
  private final List<VisitorEvent> events;
  private final boolean isDistinct;

  /**
   * An event with the identities that {@link PlainEvent} has no place for.
   *
   * @param type null for the event's own, else one that no analysis knows
   */
  record VisitorEvent(String visitorId, String type, PlainEvent event) {
    /** The visitor with its kind, empty for none. */
    String key() {
      if (visitorId != null) {
        return "v:" + visitorId;
      }
      if (event.user() != null) {
        return "u:" + event.user();
      }
      return event.session() == null ? "" : "s:" + event.session();
    }
  }

  FakeBatch(Partition partition, List<VisitorEvent> events) {
    this(partition, events, true);
  }

  /**
   * @param isDistinct whether texts have one id each; else every row has ids of its own
   */
  FakeBatch(Partition partition, List<VisitorEvent> events, boolean isDistinct) {
    this.partition = partition;
    this.events = events;
    this.isDistinct = isDistinct;
  }

  @Override
  public Partition partition() {
    return partition;
  }

  @Override
  public int size() {
    return events.size();
  }

  @Override
  public StringColumn strings(String column) {
    return switch (column) {
      case "event_type" ->
          strings(row -> row.type() != null ? row.type() : row.event().type().text());
      case "product_id" -> strings(row -> row.event().product());
      case "brand" -> strings(row -> row.event().brand());
      case "category_code" -> strings(row -> row.event().category());
      case "visitor_id" -> strings(VisitorEvent::visitorId);
      case "user_id" -> strings(row -> row.event().user());
      case "user_session" -> strings(row -> row.event().session());
      case "order_id" -> strings(row -> row.event().order());
      case "traffic_source" -> strings(row -> row.event().traffic().source());
      case "campaign" -> strings(row -> row.event().traffic().campaign());
      case "device" -> strings(row -> row.event().traffic().device());
      case "country" -> strings(row -> row.event().traffic().country());
      case "category_id", "event_id" -> strings(row -> null);
      default -> throw new IllegalArgumentException(column);
    };
  }

  @Override
  public LongColumn longs(String column) {
    var values = new long[events.size()];
    var nulls = new boolean[events.size()];
    for (int i = 0; i < values.length; i++) {
      var event = events.get(i).event();
      Long value =
          switch (column) {
            case "event_time" -> Long.valueOf(event.time());
            case "price" -> event.price();
            case "quantity" -> Long.valueOf(event.quantity());
            default -> throw new IllegalArgumentException(column);
          };
      nulls[i] = value == null;
      values[i] = value == null ? 0 : value;
    }
    return new LongColumn(values, nulls);
  }

  @Override
  public DoubleColumn doubles(String column) {
    throw new IllegalArgumentException(column);
  }

  private StringColumn strings(Function<VisitorEvent, String> value) {
    Map<String, Integer> dictionary = new HashMap<>();
    var bytes = new ByteArrayOutputStream();
    var offsets = new ArrayList<Integer>(List.of(0));
    var ids = new int[events.size()];
    for (int i = 0; i < ids.length; i++) {
      var text = value.apply(events.get(i));
      if (text == null) {
        ids[i] = StringColumn.NULL;
        continue;
      }
      if (!isDistinct || !dictionary.containsKey(text)) {
        dictionary.put(text, offsets.size() - 1);
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        offsets.add(bytes.size());
      }
      ids[i] = dictionary.get(text);
    }
    return new StringColumn(
        ids,
        bytes.toByteArray(),
        offsets.stream().mapToInt(Integer::intValue).toArray(),
        offsets.size() - 1,
        isDistinct);
  }
}
