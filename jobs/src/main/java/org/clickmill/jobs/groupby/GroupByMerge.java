package org.clickmill.jobs.groupby;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.write.Row;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.Partials;
import org.clickmill.jobs.kernel.RowSink;
import org.clickmill.jobs.kernel.Table;

/** Merges the partial aggregates of a group, and writes its row. */
final class GroupByMerge<S extends RowSource> implements Merge {
  private final Table table;
  private final Keys keys;
  private final Measures<S> measures;
  private final MergeContext context;
  private final Consumer<Row> complete;

  GroupByMerge(
      Table table, Keys keys, Measures<S> measures, MergeContext context, Consumer<Row> complete) {
    this.table = table;
    this.keys = keys;
    this.measures = measures;
    this.context = context;
    this.complete = complete;
  }

  @Override
  public void merge(ByteReader key, Partials partials, RowSink output) throws IOException {
    measures.longs().forEach(measure -> measure.clear(0));
    for (var measure : measures.distincts()) {
      measure.forget();
      measure.clear(0);
    }
    while (partials.next()) {
      add(key, partials.value());
    }
    var row = output.row();
    setKey(row, key);
    measures.outputs().forEach(column -> set(row, column));
    complete.accept(row);
    output.write();
  }

  private void add(ByteReader key, ByteReader partial) {
    int kind = partial.readByte();
    if (kind != Groups.NUMBERS) {
      measures.distincts().get(kind - 1).merge(0, partial);
      return;
    }
    try {
      for (var measure : measures.longs()) {
        measure.merge(0, partial);
      }
    } catch (ArithmeticException e) {
      throw ClickmillException.failed(
          "Cannot write %s of %s: a sum of '%s' has too many digits",
          table.dataset(), context.start(), shown(key), e);
    }
  }

  /** The last value of a key. */
  private String shown(ByteReader key) {
    if (keys.bucket() != null) {
      key.readOrdered();
    }
    for (int i = 0; i < keys.values().size() - 1; i++) {
      key.skip(key.readTextLength());
    }
    return new String(key.bytes(), key.position(), key.remaining(), StandardCharsets.UTF_8);
  }

  private void setKey(Row row, ByteReader key) {
    var schema = table.schema();
    if (keys.bucket() != null) {
      row.setLong(schema.ordinal(keys.bucket().column()), key.readOrdered());
    }
    int last = keys.values().size() - 1;
    for (int i = 0; i <= last; i++) {
      int length = i == last ? key.remaining() : key.readTextLength();
      int column = schema.ordinal(keys.values().get(i).column());
      row.setText(column, key.bytes(), key.position(), length);
      key.skip(length);
    }
  }

  private void set(Row row, Measures.Output output) {
    if (!output.isPresent().test(0)) {
      return;
    }
    long value = output.value().applyAsLong(0);
    if (output.isMoney() && !Money.fits(value)) {
      throw ClickmillException.failed(
          "Cannot write %s of %s on %s: %s has more than %d digits",
          output.column(), table.dataset(), context.start(), Money.decimal(value), Money.PRECISION);
    }
    row.setLong(table.schema().ordinal(output.column()), value);
  }
}
