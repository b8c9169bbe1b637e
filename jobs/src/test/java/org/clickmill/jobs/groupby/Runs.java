package org.clickmill.jobs.groupby;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.BytesWritable;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.PartialAggregates;
import org.clickmill.jobs.kernel.RowSink;

/** Runs an analysis without a job: one fold after another, and the merges of a table. */
final class Runs implements Emitter, FoldContext, MergeContext {
  private final GroupBy<?> analysis;
  private final Configuration configuration = new Configuration(false);
  private final Map<String, Map<BytesWritable, List<BytesWritable>>> partials = new TreeMap<>();
  private final Map<String, Long> events = new TreeMap<>();

  Runs(GroupBy<?> analysis) {
    this.analysis = analysis;
  }

  Runs set(String name, String value) {
    configuration.set(name, value);
    return this;
  }

  Fold fold() {
    return analysis.fold(this, configuration);
  }

  /** Number of rows in all that was emitted to a table. */
  long events(String table) {
    return events.getOrDefault(table, 0L);
  }

  /** Number of partials that the keys of a table have. */
  List<Integer> partials(String table) {
    return partials.get(table).values().stream().map(List::size).toList();
  }

  /** The rows of a table, as text, in order. */
  List<String> rows(String dataset) throws Exception {
    var table =
        analysis.tables().stream()
            .filter(any -> any.dataset().equals(dataset))
            .findFirst()
            .orElseThrow();
    var rows = new ArrayList<String>();
    var row = new Row(table.schema());
    var sink =
        new RowSink() {
          @Override
          public Row row() {
            row.clear();
            return row;
          }

          @Override
          public void write() {
            rows.add(text(row));
          }
        };
    var merge = analysis.merge(table, this, configuration);
    for (var group : partials.getOrDefault(dataset, Map.of()).entrySet()) {
      var key = group.getKey();
      var values = new PartialAggregates();
      values.reset(group.getValue().iterator());
      merge.merge(new ByteReader().reset(key.getBytes(), 0, key.getLength()), values, sink);
    }
    return rows;
  }

  static String text(Row row) {
    var texts = new ArrayList<String>();
    var columns = row.schema().columns();
    for (int i = 0; i < columns.size(); i++) {
      var type = columns.get(i).type();
      texts.add(
          row.isNull(i)
              ? "NULL"
              : type == TableSchema.Type.BINARY
                  ? row.bytesLength(i) + " bytes"
                  : type.isBytes()
                      ? row.text(i)
                      : type.isLong()
                          ? Long.toString(row.longValue(i))
                          : Boolean.toString(row.booleanValue(i)));
    }
    return String.join(" ", texts);
  }

  @Override
  public void emit(String table, ByteWriter key, ByteWriter partial, long rows) {
    var value = new ByteWriter().putUnsigned(rows).putBytes(partial.bytes(), 0, partial.length());
    events.merge(table, rows, Long::sum);
    partials
        .computeIfAbsent(table, any -> new TreeMap<>())
        .computeIfAbsent(copy(key), any -> new ArrayList<>())
        .add(copy(value));
  }

  private static BytesWritable copy(ByteWriter writer) {
    return new BytesWritable(Arrays.copyOf(writer.bytes(), writer.length()));
  }

  @Override
  public void emit(String table, LocalDate start, ByteWriter key, ByteWriter partial, long rows) {
    emit(table, key, partial, rows);
  }

  @Override
  public void finished(String table, LocalDate start, long rows) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean wants(String table) {
    return true;
  }

  @Override
  public List<LocalDate> starts(String table) {
    return List.of(ListBatch.DAY);
  }

  @Override
  public String dataset() {
    return "events_daily";
  }

  @Override
  public Set<String> tables() {
    var names = new java.util.HashSet<String>();
    analysis.tables().forEach(table -> names.add(table.dataset()));
    return names;
  }

  @Override
  public boolean wants(String table, LocalDate start) {
    return true;
  }

  @Override
  public Set<LocalDate> scanned(String dataset) {
    return Set.of(ListBatch.DAY);
  }

  @Override
  public boolean isClusteredByUser(Partition day) {
    return false;
  }

  @Override
  public Emitter emitter() {
    return this;
  }

  @Override
  public RowSink rows(String table, LocalDate start) {
    throw new UnsupportedOperationException();
  }

  @Override
  public LocalDate start() {
    return ListBatch.DAY;
  }

  @Override
  public boolean isComplete() {
    return true;
  }

  @Override
  public LocalDate firstDay() {
    return ListBatch.DAY;
  }

  @Override
  public RowSink nextPartition(String table, LocalDate start) {
    throw new UnsupportedOperationException();
  }
}
