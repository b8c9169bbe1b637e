package org.clickmill.jobs.interactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.Row;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.PartialAggregates;
import org.clickmill.jobs.kernel.RowSink;
import org.clickmill.jobs.kernel.Table;
import org.junit.jupiter.api.Test;

final class DictionaryMergeTest {
  private final Table users = new Interactions().tables().get(1);
  private final Rows rows = new Rows(users);

  @Test
  void eachDayIsNumberedFromTheStart() throws IOException {
    var merge = new DictionaryMerge(users, new Day(), 0);
    merge(merge, "a");
    merge(merge, "b");
    merge.end(rows);
    merge(merge, "c");
    assertThat(rows.written).containsExactly("a=0", "b=1", "c=0");
  }

  @Test
  void moreIdsThanAnIntCanNumberAreRefused() throws IOException {
    var merge = new DictionaryMerge(users, new Day(), Integer.MAX_VALUE);
    merge(merge, "last");
    assertThat(rows.written).containsExactly("last=2147483647");
    assertThatThrownBy(() -> merge(merge, "one more"))
        .isInstanceOf(ClickmillException.class)
        .hasMessage(
            "Cannot write interactions_users of 2024-02-29: there are more ids than the 2147483648"
                + " that an INT can number. Choose fewer days with"
                + " clickmill.interactions.window-days.");
  }

  private void merge(DictionaryMerge merge, String id) throws IOException {
    byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
    var partials = new PartialAggregates();
    partials.reset(Collections.emptyIterator());
    merge.merge(new ByteReader().reset(utf8, 0, utf8.length), partials, rows);
  }

  private static final class Rows implements RowSink {
    private final Row row;
    private final List<String> written = new ArrayList<>();

    private Rows(Table table) {
      row = new Row(table.schema());
    }

    @Override
    public Row row() {
      row.clear();
      return row;
    }

    @Override
    public void write() {
      written.add(row.text(0) + "=" + row.longValue(1));
    }
  }

  private static final class Day implements MergeContext {
    @Override
    public LocalDate start() {
      return LocalDate.of(2024, 2, 29);
    }

    @Override
    public boolean isComplete() {
      return true;
    }

    @Override
    public LocalDate firstDay() {
      return start();
    }

    @Override
    public Set<LocalDate> scanned(String dataset) {
      return Set.of();
    }

    @Override
    public boolean wants(String table, LocalDate start) {
      return false;
    }

    @Override
    public RowSink rows(String table, LocalDate start) {
      throw new UnsupportedOperationException();
    }

    @Override
    public RowSink nextPartition(String table, LocalDate start) {
      throw new UnsupportedOperationException();
    }
  }
}
