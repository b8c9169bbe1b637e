package org.clickmill.jobs.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Reducer;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.LocalWarehouse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a kernel must not lose, nor keep, of folds whose partials hold no rows. */
final class NothingIsLostTest {
  private static final TableSchema SCHEMA = TableSchema.load(NothingIsLostTest.class, "hint.avsc");
  private static final LocalDate FIRST = LocalDate.of(2019, 10, 1);

  @TempDir private Path folder;

  @Test
  void partialWithoutRowsThatNoMergeReadsIsMissed() throws Exception {
    var local = twoDays();
    assertThatThrownBy(() -> local.fold(local.catalog(Datasets.EVENTS_DAILY), day(new Lossy())))
        .isInstanceOf(ClickmillException.class)
        .hasMessage("Cannot publish: the folds emitted 2 partials, the merges read 1");
  }

  @Test
  void recordThatTheShuffleLosesIsMissed() throws Exception {
    var events = new StringBuilder("event_time,event_type\n");
    for (int hour = 0; hour < 70; hour++) {
      events.append(FIRST.atStartOfDay().plusHours(hour)).append(":00Z,view\n");
    }
    var input = Files.writeString(folder.resolve("a.csv"), events);
    var local = new LocalWarehouse(folder).set("mapreduce.job.combine.class", Loss.class.getName());
    assertThatThrownBy(() -> local.importFiles(input, "clickmill"))
        .isInstanceOf(ClickmillException.class)
        .hasMessage("Cannot publish: the mappers of import wrote 6 records, the reducers read 0");
  }

  @Test
  void foldForgetsADayOfWhichItFoldedNoRow() throws Exception {
    var local = twoDays();
    var hints = new Hints();
    var table = hints.tables().get(0);
    local.fold(
        local.catalog(Datasets.EVENTS_DAILY),
        Map.of(hints, List.of(new Request(table, FIRST), new Request(table, FIRST.plusDays(1)))));
    for (int day = 0; day < 2; day++) {
      assertThat(local.column(Partition.ofDay("hint", FIRST.plusDays(day)), "hints"))
          .containsExactly(1L);
    }
  }

  private LocalWarehouse twoDays() throws IOException, InterruptedException {
    return twoDays(new LocalWarehouse(folder));
  }

  private LocalWarehouse twoDays(LocalWarehouse local) throws IOException, InterruptedException {
    var input =
        Files.writeString(
            folder.resolve("a.csv"),
            """
            event_time,event_type,product_id
            2019-10-01T05:00:00Z,view,p
            2019-10-02T05:00:00Z,view,p
            """);
    local.importFiles(input, "clickmill");
    local.compact();
    return local;
  }

  private static Map<Analysis, List<Request>> day(Analysis analysis) {
    return Map.of(analysis, List.of(new Request(analysis.tables().get(0), FIRST)));
  }

  /** A combiner that drops every record. */
  public static final class Loss
      extends Reducer<BytesWritable, NullWritable, BytesWritable, NullWritable> {
    @Override
    protected void reduce(BytesWritable key, Iterable<NullWritable> values, Context context) {}
  }

  /** A row with the number of batches of a day, of which no row counts as folded. */
  public static class Hints implements Analysis {
    @Override
    public String name() {
      return "hints";
    }

    @Override
    public List<Table> tables() {
      return List.of(Table.daily("hint", SCHEMA, Inputs.day(Datasets.EVENTS_DAILY), 1, List.of()));
    }

    @Override
    public Fold fold(FoldContext context, Configuration configuration) {
      return new HintFold();
    }

    @Override
    public Merge merge(Table table, MergeContext context, Configuration configuration) {
      return (key, partials, output) -> {
        long hints = 0;
        while (partials.next()) {
          hints += partials.value().readUnsigned();
        }
        output.row().setLong(0, hints);
        output.write();
      };
    }
  }

  /** The same by a merge that reads one partial of a key only. */
  public static final class Lossy extends Hints {
    @Override
    public Merge merge(Table table, MergeContext context, Configuration configuration) {
      return (key, partials, output) -> partials.next();
    }
  }

  /** Emits two partials a day, which hold no rows. */
  private static final class HintFold implements Fold {
    private long batches;

    @Override
    public List<String> columns() {
      return List.of("event_type");
    }

    @Override
    public Set<String> eventTypes() {
      return Set.of();
    }

    @Override
    public long fold(ColumnBatch batch) {
      batches++;
      return 0;
    }

    @Override
    public long memoryBytes() {
      return Long.BYTES;
    }

    @Override
    public void flush(Emitter emitter) {
      var key = new ByteWriter();
      for (long partial : new long[] {batches, 0}) {
        emitter.emit("hint", key.clear().putUnsigned(1), new ByteWriter().putUnsigned(partial), 0);
      }
      batches = 0;
    }
  }
}
