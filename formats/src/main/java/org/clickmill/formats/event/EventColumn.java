package org.clickmill.formats.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * The columns of an event, in the order of event.avsc. What goes from column to column goes by this
 * list.
 *
 * <p>The columns up to source_offset are in every file of events. The rest, the {@linkplain #EXTRA
 * extra} ones, are in a file of {@code events} only if the source can have them, so that they cost
 * nothing where a shop has none; a file without them is read as if they had no value.
 */
public enum EventColumn {
  EVENT_TIME(Kind.TIME, Group.CONTENT, false),
  EVENT_TYPE(Kind.STRING, Group.CONTENT, false),
  PRODUCT_ID(Kind.STRING, Group.CONTENT, true),
  CATEGORY_ID(Kind.STRING, Group.CONTENT, true),
  CATEGORY_CODE(Kind.STRING, Group.CONTENT, true),
  BRAND(Kind.STRING, Group.CONTENT, true),
  PRICE(Kind.MONEY, Group.CONTENT, true),
  QUANTITY(Kind.INT, Group.CONTENT, false),
  VISITOR_ID(Kind.STRING, Group.CONTENT, true),
  USER_ID(Kind.STRING, Group.CONTENT, true),
  USER_SESSION(Kind.STRING, Group.CONTENT, true),
  ORDER_ID(Kind.STRING, Group.CONTENT, true),
  EVENT_ID(Kind.STRING, Group.CONTENT, true),
  SOURCE_NAME(Kind.STRING, Group.SOURCE, true),
  SOURCE_PARTITION(Kind.INT, Group.SOURCE, true),
  SOURCE_OFFSET(Kind.LONG, Group.SOURCE, true),
  SOURCE_ITEM(Kind.INT, Group.SOURCE, false),
  CURRENCY(Kind.STRING, Group.OPTIONAL, true),
  TRAFFIC_SOURCE(Kind.STRING, Group.OPTIONAL, true),
  CAMPAIGN(Kind.STRING, Group.OPTIONAL, true),
  DEVICE(Kind.STRING, Group.OPTIONAL, true),
  COUNTRY(Kind.STRING, Group.OPTIONAL, true),
  PAGE_TYPE(Kind.STRING, Group.OPTIONAL, true),
  RATING(Kind.INT, Group.OPTIONAL, true),
  REVIEW(Kind.STRING, Group.OPTIONAL, true);

  /** What a column holds. */
  public enum Kind {
    TIME,
    STRING,
    MONEY,
    INT,
    LONG
  }

  private enum Group {
    CONTENT,
    SOURCE,
    OPTIONAL
  }

  /** The columns that most shops do not have, in the order of the schema and of the sort key. */
  public static final List<EventColumn> OPTIONAL =
      Arrays.stream(values()).filter(column -> column.group == Group.OPTIONAL).toList();

  /** The columns that a file of events may lack: source_item and the optional ones. */
  public static final Set<EventColumn> EXTRA =
      Collections.unmodifiableSet(EnumSet.range(SOURCE_ITEM, REVIEW));

  private final Kind kind;
  private final Group group;
  private final boolean isNullable;
  private final String text;

  EventColumn(Kind kind, Group group, boolean isNullable) {
    this.kind = kind;
    this.group = group;
    this.isNullable = isNullable;
    this.text = name().toLowerCase(Locale.ROOT);
  }

  /** The column's name in files. */
  public String text() {
    return text;
  }

  public Kind kind() {
    return kind;
  }

  public boolean isNullable() {
    return isNullable;
  }

  /** Whether it says where the event comes from rather than what it is. */
  public boolean isSource() {
    return group == Group.SOURCE;
  }

  /** Whether it is one of the {@link #OPTIONAL} ones. */
  public boolean isOptional() {
    return group == Group.OPTIONAL;
  }

  /** Its place in the schema of events and in the rows of {@code events_daily}. */
  public int position() {
    return ordinal();
  }

  /** Whether an event has a value in an optional column. */
  public static boolean hasOptional(Event event) {
    return event.getCurrency() != null
        || event.getTrafficSource() != null
        || event.getCampaign() != null
        || event.getDevice() != null
        || event.getCountry() != null
        || event.getPageType() != null
        || event.getRating() != null
        || event.getReview() != null;
  }

  /** Whether an event has a value in an {@link #EXTRA} column. */
  public static boolean hasExtra(Event event) {
    return event.getSourceItem() != 0 || hasOptional(event);
  }

  /** Whether an event has a value in this column, which is an {@link #EXTRA} one. */
  public boolean hasValue(Event event) {
    return this == SOURCE_ITEM ? event.getSourceItem() != 0 : event.get(position()) != null;
  }

  /** The extra columns among some names of columns. */
  public static Set<EventColumn> extra(Collection<String> names) {
    var extra = EnumSet.noneOf(EventColumn.class);
    EXTRA.stream().filter(column -> names.contains(column.text)).forEach(extra::add);
    return extra;
  }

  /**
   * The schema of a file of events with some of the {@link #EXTRA} columns. It is written into
   * every file, and so without the descriptions.
   */
  public static Schema schema(Set<EventColumn> extra) {
    var all = Event.getClassSchema();
    var fields = new ArrayList<Schema.Field>();
    for (var column : values()) {
      if (!EXTRA.contains(column) || extra.contains(column)) {
        var field = all.getFields().get(column.position());
        fields.add(new Schema.Field(field.name(), field.schema(), null, field.defaultVal()));
      }
    }
    return Schema.createRecord(all.getName(), null, all.getNamespace(), false, fields);
  }
}
