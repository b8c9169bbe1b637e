package org.clickmill.jobs.sales;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.clickmill.formats.table.TableDescription;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.groupby.Grouping;
import org.clickmill.jobs.kernel.Grain;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.lines.OrderLines;

/**
 * One table of the sales family: a dimension at a grain.
 *
 * @param dimension what the rows are broken down by
 * @param bucket the period of time of a row
 */
record SalesTable(Dimension dimension, Bucket bucket) {
  private static final int LOGIC_VERSION = 1;
  private static final String VALUE = "value";

  /** The columns that all tables of the family have. */
  private static final Schema SUMS = TableSchema.load(SalesTable.class, "sales.avsc").avro();

  /** What the rows are broken down by. */
  enum Dimension {
    SHOP(""),
    CATEGORY("category_code"),
    BRAND("brand"),
    PRODUCT("product_id");

    private final String column;

    Dimension(String column) {
      this.column = column;
    }

    /** The event's column that holds the value; empty for the whole shop. */
    String column() {
      return column;
    }

    /** The column of such rows that says which value they are of; not for the whole shop. */
    Field valueField() {
      return TableDescription.field(
          VALUE,
          Schema.create(Schema.Type.STRING),
          "The " + column + "; (none) where the event has none.");
    }

    /** What a row is about, as a part of a sentence. */
    String noun() {
      return this == SHOP ? "the whole shop" : "a " + name().toLowerCase(Locale.ROOT);
    }

    /** What tables of the dimension end with. */
    String suffix() {
      return this == SHOP ? "" : "_by_" + name().toLowerCase(Locale.ROOT);
    }
  }

  /** The period of time of a row. */
  enum Bucket {
    DAY("", Grain.DAY, 0),
    HOUR("_hourly", Grain.DAY, 3_600_000L),
    MINUTE("_minutely", Grain.DAY, 60_000L),
    WEEK("_weekly", Grain.WEEK, 0),
    MONTH("_monthly", Grain.MONTH, 0);

    private final String suffix;
    private final Grain grain;
    private final long milliseconds;

    Bucket(String suffix, Grain grain, long milliseconds) {
      this.suffix = suffix;
      this.grain = grain;
      this.milliseconds = milliseconds;
    }

    Grain grain() {
      return grain;
    }

    String noun() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** When a row's sales are, as the end of a sentence. */
    String phrase() {
      return switch (this) {
        case DAY -> "on a day";
        case HOUR -> "in an hour";
        case MINUTE, WEEK, MONTH -> "in a " + noun();
      };
    }

    /** Whether a partition holds several buckets. */
    boolean dividesDay() {
      return milliseconds > 0;
    }
  }

  /** All twenty tables. */
  static List<SalesTable> all() {
    var all = new ArrayList<SalesTable>();
    for (var bucket : Bucket.values()) {
      for (var dimension : Dimension.values()) {
        all.add(new SalesTable(dimension, bucket));
      }
    }
    return all;
  }

  static Optional<SalesTable> named(String dataset) {
    return all().stream().filter(table -> table.dataset().equals(dataset)).findFirst();
  }

  /** What stands for a value that an event has none of. */
  private static final String NONE = "(none)";

  /** Declares what the rows are grouped by, and what is the same for a whole partition. */
  void declareKeys(Grouping<OrderLines> lines) {
    if (bucket.grain() != Grain.DAY) {
      lines.partitionStart("bucket_start");
      lines.partitionIsComplete("is_complete");
    } else if (bucket.dividesDay()) {
      lines.timeKey("event_time", "bucket_start", bucket.milliseconds);
    }
    if (dimension != Dimension.SHOP) {
      lines.key(dimension.column(), VALUE, NONE);
    }
  }

  String dataset() {
    return "sales" + bucket.suffix + dimension.suffix();
  }

  Table table() {
    return Table.of(
        bucket.grain(), dataset(), schema(), Datasets.EVENTS_DAILY, LOGIC_VERSION, List.of());
  }

  private TableSchema schema() {
    var fields = new ArrayList<Field>();
    var key = new ArrayList<String>();
    if (bucket != Bucket.DAY) {
      fields.add(
          TableDescription.field(
              "bucket_start",
              LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG)),
              "When the " + bucket.noun() + " begins, UTC."));
    }
    if (bucket.dividesDay()) {
      key.add("bucket_start");
    }
    if (dimension != Dimension.SHOP) {
      fields.add(dimension.valueField());
      key.add(VALUE);
    }
    for (var field : SUMS.getFields()) {
      fields.add(new Field(field, field.schema()));
    }
    if (bucket.grain() != Grain.DAY) {
      fields.add(
          TableDescription.field(
              "is_complete",
              Schema.create(Schema.Type.BOOLEAN),
              "Whether all days of the " + bucket.noun() + " are in."));
    }
    return TableSchema.of(TableDescription.record(SUMS, description(), key, fields));
  }

  private String description() {
    return "Sales of " + dimension.noun() + " " + bucket.phrase() + ".";
  }
}
