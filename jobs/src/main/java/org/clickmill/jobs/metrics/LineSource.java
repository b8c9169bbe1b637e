package org.clickmill.jobs.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.expression.Dictionaries;
import org.clickmill.jobs.expression.NumberVector;
import org.clickmill.jobs.expression.TextVector;
import org.clickmill.jobs.expression.ValueType;
import org.clickmill.jobs.lines.LineKind;
import org.clickmill.jobs.lines.OrderKeys;
import org.clickmill.jobs.lines.OrderLines;

/** The order lines: purchases and returns, with what each adds to the sales. */
final class LineSource implements MetricSource {
  private static final String KIND = "kind";
  private static final String ORDER_KEY = "order_key";
  private static final StringColumn KINDS =
      Dictionaries.of(
          Arrays.stream(LineKind.values())
              .map(kind -> kind.name().toLowerCase(Locale.ROOT))
              .toList());
  private static final int ALL_KINDS = (1 << LineKind.values().length) - 1;
  private static final List<Column> ALL = columnsOfLines();

  private final OrderLines lines = new OrderLines();
  private final Map<String, Column> columns = new HashMap<>();
  private final Visitors visitors = new Visitors();
  private ColumnBatch batch;
  private boolean hasVisitors;

  LineSource() {
    ALL.forEach(column -> columns.put(column.name(), column));
  }

  private static List<Column> columnsOfLines() {
    var all = new ArrayList<Column>();
    all.add(new Column("event_time", ValueType.TIME, false, false));
    all.add(new Column(TableSource.DAY, ValueType.DATE, false, false));
    all.add(new Column(KIND, ValueType.STRING, false, false));
    all.add(new Column(ORDER_KEY, ValueType.STRING, false, true));
    for (var name : List.of("product_id", "brand", "category_code")) {
      all.add(new Column(name, ValueType.STRING, true, false));
    }
    all.add(new Column("user_id", ValueType.STRING, true, true));
    all.add(new Column(Visitors.NAME, ValueType.STRING, true, true));
    all.add(new Column("quantity", ValueType.LONG, false, false));
    all.add(new Column("price", ValueType.DECIMAL, true, false));
    all.add(new Column("value", ValueType.DECIMAL, false, false));
    for (var column :
        List.of(
            EventColumn.CURRENCY,
            EventColumn.TRAFFIC_SOURCE,
            EventColumn.CAMPAIGN,
            EventColumn.DEVICE,
            EventColumn.COUNTRY)) {
      all.add(new Column(column.text(), ValueType.STRING, true, false));
    }
    return List.copyOf(all);
  }

  @Override
  public List<Column> all() {
    return ALL;
  }

  @Override
  public List<String> inputColumns(Set<String> used) {
    var read = new LinkedHashSet<>(lines.columns());
    for (var name : used) {
      if (name.equals(ORDER_KEY)) {
        read.addAll(OrderKeys.COLUMNS);
      } else if (isOfEvent(name)) {
        read.add(name);
      }
    }
    return List.copyOf(read);
  }

  private static boolean isOfEvent(String name) {
    return Arrays.stream(EventColumn.values()).anyMatch(column -> column.text().equals(name));
  }

  @Override
  public Set<String> eventTypes() {
    return lines.eventTypes();
  }

  @Override
  public int begin(ColumnBatch next) {
    batch = next;
    hasVisitors = false;
    return lines.begin(next);
  }

  @Override
  public int[] batchRows() {
    return lines.batchRows();
  }

  @Override
  public void numbers(String column, int[] rows, int size, NumberVector target) {
    switch (column) {
      case TableSource.DAY ->
          BatchColumns.constant(batch.partition().day().toEpochDay(), size, target);
      case "quantity" -> gather(lines.units(), rows, size, target);
      case "value" -> gather(lines.revenues(), rows, size, target);
      default -> BatchColumns.numbers(batch, columns.get(column), batchRows(), rows, size, target);
    }
  }

  private static void gather(long[] all, int[] rows, int size, NumberVector target) {
    target.reset(size);
    for (int i = 0; i < size; i++) {
      target.values()[i] = all[rows[i]];
    }
  }

  @Override
  public void texts(String column, int[] rows, int size, TextVector target) {
    switch (column) {
      case KIND -> {
        target.reset(KINDS, size);
        for (int i = 0; i < size; i++) {
          target.ids()[i] = Integer.numberOfTrailingZeros(lines.flags()[rows[i]] & ALL_KINDS);
        }
      }
      case ORDER_KEY -> orderKeys(rows, size, target);
      case Visitors.NAME -> visitors(rows, size, target);
      default -> BatchColumns.texts(batch.strings(column), batchRows(), rows, size, target);
    }
  }

  private void visitors(int[] rows, int size, TextVector target) {
    if (!hasVisitors) {
      hasVisitors = true;
      visitors.begin(batch);
    }
    visitors.texts(batchRows(), rows, size, target);
  }

  private void orderKeys(int[] rows, int size, TextVector target) {
    var all = new int[size];
    Arrays.setAll(all, i -> batchRows()[rows[i]]);
    target.reset(OrderKeys.of(batch, all, size), size);
    Arrays.setAll(target.ids(), i -> i);
  }
}
