package org.clickmill.jobs.groupby;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.table.TableSchema.Type;
import org.clickmill.jobs.groupby.Measures.Output;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.KernelSettings;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.PartialAggregates;
import org.clickmill.jobs.kernel.RowSink;

/** Merges the partial aggregates of a group, and writes its row. */
final class GroupByMerge<S extends RowSource> implements Merge {
  /** The number of measures that share a reducer's memory, if they keep more than a few bytes. */
  private static final int MEASURES_IN_MEMORY = 4;

  private final Grouping<S> grouping;
  private final MergeContext context;
  private final List<Measure<S>> measures;
  private final List<Output> outputs;
  private final TableSchema schema;

  /** Where keys and outputs stand in a row. */
  private final int[] keyOrdinals;

  private final int[] ordinals;

  private final boolean[] isMoney;

  /** Null if all groups have a row. */
  private final TopRows top;

  private final Row topRow;

  /** That have been written of the partition. */
  private long rows;

  GroupByMerge(Grouping<S> grouping, MergeContext context) {
    this.grouping = grouping;
    this.context = context;
    measures = grouping.measures();
    long memory = KernelSettings.foldMemoryBytes(grouping.configuration()) / MEASURES_IN_MEMORY;
    measures.forEach(measure -> measure.beginMerge(memory));
    outputs = grouping.outputs();
    schema = grouping.table().schema();
    keyOrdinals = grouping.keys().stream().mapToInt(key -> schema.ordinal(key.column())).toArray();
    ordinals = outputs.stream().mapToInt(output -> schema.ordinal(output.column())).toArray();
    top = grouping.top() == null ? null : new TopRows(grouping.top().limit());
    topRow = top == null ? null : new Row(schema);
    isMoney = new boolean[ordinals.length];
    for (int i = 0; i < ordinals.length; i++) {
      isMoney[i] = schema.columns().get(ordinals[i]).type() == Type.MONEY;
    }
  }

  @Override
  public void merge(ByteReader key, PartialAggregates partials, RowSink output) throws IOException {
    for (int i = 0; i < measures.size(); i++) {
      measures.get(i).reset();
    }
    try {
      while (partials.next()) {
        add(partials.value());
      }
      if (grouping.hasRow()) {
        write(key, output);
      }
    } catch (ArithmeticException e) {
      throw ClickmillException.failed(
          "Cannot write %s of %s: a sum of '%s' has too many digits",
          grouping.table().dataset(), context.start(), lastValue(key), e);
    }
  }

  private void write(ByteReader key, RowSink output) throws IOException {
    if (top == null) {
      // One row too many tells that there are too many; the rest is not worth its space.
      if (rows <= grouping.table().mostRows()) {
        rows++;
        fill(output.row(), key);
        output.write();
      }
      return;
    }
    var declared = grouping.top();
    boolean isPresent = declared.isPresent().getAsBoolean();
    if (top.takes(isPresent, isPresent ? declared.value().getAsLong() : 0)) {
      topRow.clear();
      fill(topRow, key);
      top.add(topRow);
    }
  }

  @Override
  public void end(RowSink output) throws IOException {
    rows = 0;
    if (top != null) {
      top.write(output);
    }
  }

  private void add(ByteReader partial) {
    int kind = partial.readByte();
    if (kind != Groups.FIRST_PARTS) {
      measures.get(kind - 1).merge(partial);
      return;
    }
    for (int i = 0; i < measures.size(); i++) {
      measures.get(i).merge(partial);
    }
  }

  private void fill(Row row, ByteReader key) {
    for (int i = 0; i < ordinals.length; i++) {
      outputs.get(i).setter().set(row, ordinals[i], context);
      if (isMoney[i]) {
        checkMoney(row, ordinals[i], key);
      }
    }
    var keys = grouping.keys();
    for (int i = 0; i < keyOrdinals.length; i++) {
      keys.get(i).set(row, keyOrdinals[i], key, i == keyOrdinals.length - 1);
    }
  }

  private void checkMoney(Row row, int ordinal, ByteReader key) {
    if (!Money.fits(row.longValue(ordinal))) {
      throw ClickmillException.failed(
          "Cannot write %s of %s on %s: %s of '%s' has more than %d digits",
          schema.columns().get(ordinal).name(),
          grouping.table().dataset(),
          context.start(),
          Money.decimal(row.longValue(ordinal)).toPlainString(),
          lastValue(key),
          Money.PRECISION);
    }
  }

  /** The value of a string column that a key ends with; empty if there is none. */
  private String lastValue(ByteReader key) {
    var keys = grouping.keys();
    for (int i = 0; i < keys.size() - 1; i++) {
      keys.get(i).skip(key);
    }
    boolean isText = !keys.isEmpty() && keys.get(keys.size() - 1).endsWithText(key);
    return isText
        ? new String(key.bytes(), key.position(), key.remaining(), StandardCharsets.UTF_8)
        : "";
  }
}
