package org.clickmill.jobs.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.serializer.Deserializer;
import org.apache.hadoop.io.serializer.Serialization;
import org.apache.hadoop.io.serializer.Serializer;
import org.apache.hadoop.io.serializer.WritableSerialization;
import org.apache.hadoop.mrunit.mapreduce.MapDriver;
import org.apache.hadoop.mrunit.mapreduce.ReduceDriver;
import org.apache.hadoop.mrunit.types.Pair;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.DoubleColumn;
import org.clickmill.formats.table.LongColumn;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.LocalWarehouse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mapper and the reducer of every analysis by themselves, counters included. */
final class FoldTasksTest {
  private static final LocalDate DAY = LocalDate.of(2020, 5, 1);

  @TempDir private Path folder;
  private Configuration configuration;
  private FileSystem fileSystem;

  @BeforeEach
  void configure() throws IOException {
    configuration = LocalWarehouse.configuration(folder);
    configuration.set("clickmill.internal.staging", folder.resolve("staging").toString());
    configuration.setStrings(
        "io.serializations", WritableSerialization.class.getName(), ByReference.class.getName());
    fileSystem = FileSystem.get(folder.toUri(), configuration);
    var analysis = new RowsOfDay();
    var requests =
        List.of(new Request(analysis.table(), DAY), new Request(analysis.table(), DAY.plusDays(1)));
    var outputs =
        requests.stream()
            .map(
                request ->
                    new OutputPartition(request.table(), request.start(), events(request.start())))
            .toList();
    var wanted = new TreeMap<>(Map.of(DAY, true, DAY.plusDays(1), true));
    var part = new ScanPlan.Part(analysis, Map.of("hint", wanted), outputs);
    new ScanPlan(List.of(part), DAY, List.of(), List.of())
        .write(configuration, new org.apache.hadoop.fs.Path(folder.resolve("plan").toString()));
  }

  @Test
  void mapperEmitsOnePartialADayAndKey() throws Exception {
    var driver =
        mapDriver(new RowCount(DAY, 3), new RowCount(DAY, 2), new RowCount(DAY.plusDays(1), 4));
    var records = driver.run();
    assertThat(records)
        .extracting(record -> ShuffleKey.start(record.getFirst()))
        .containsExactly(DAY, DAY.plusDays(1));
    assertThat(driver.getCounters().findCounter(FoldCounter.ROWS_READ).getValue()).isEqualTo(9);
    assertThat(driver.getCounters().findCounter(FoldCounter.PARTIALS_WRITTEN).getValue())
        .isEqualTo(2);
    assertThat(driver.getCounters().findCounter(FoldCounter.PARTIAL_EVENTS_WRITTEN).getValue())
        .isEqualTo(9);
  }

  @Test
  void reducerWritesTheRowsOfEachDayIntoAFileOfIts() throws Exception {
    var records = new ArrayList<Pair<BytesWritable, BytesWritable>>();
    records.addAll(mapDriver(new RowCount(DAY, 3), new RowCount(DAY.plusDays(1), 1)).run());
    configuration.set("clickmill.internal.staging", folder.resolve("other").toString());
    records.addAll(mapDriver(new RowCount(DAY, 2)).run());
    var driver =
        ReduceDriver.newReduceDriver(new MergeReducer())
            .withConfiguration(configuration)
            .withInput(
                records.get(0).getFirst(),
                List.of(records.get(0).getSecond(), records.get(2).getSecond()))
            .withInput(records.get(1).getFirst(), List.of(records.get(1).getSecond()));

    driver.run();

    assertThat(hints(DAY)).containsExactly(5L);
    assertThat(hints(DAY.plusDays(1))).containsExactly(1L);
    assertThat(driver.getCounters().findCounter(FoldCounter.PARTIAL_EVENTS_MERGED).getValue())
        .isEqualTo(6);
    assertThat(driver.getCounters().findCounter(FoldCounter.PARTIALS_MERGED).getValue())
        .isEqualTo(3);
    assertThat(driver.getCounters().findCounter(FoldCounter.ROWS_WRITTEN).getValue()).isEqualTo(2);
  }

  private MapDriver<NullWritable, ColumnBatch, BytesWritable, BytesWritable> mapDriver(
      RowCount... batches) {
    var driver = MapDriver.newMapDriver(new FoldMapper()).withConfiguration(configuration);
    for (var batch : batches) {
      driver.withInput(NullWritable.get(), batch);
    }
    return driver;
  }

  private List<Object> hints(LocalDate day) throws IOException {
    var partition =
        folder
            .resolve("other/_temporary-job__0000/0/_temporary/attempt__0000_r_000000_0")
            .resolve("hint/dt=" + day);
    var values = new ArrayList<>();
    try (var rows =
        TableReader.open(
            fileSystem, new org.apache.hadoop.fs.Path(partition.toString()), configuration)) {
      while (rows.next()) {
        values.add(rows.value("hints"));
      }
    }
    return values;
  }

  private static Set<Partition> events(LocalDate day) {
    return Set.of(Partition.ofDay(Datasets.EVENTS_DAILY, day));
  }

  /** The number of rows of a day. */
  public static final class RowsOfDay implements Analysis {
    private static final TableSchema SCHEMA = TableSchema.load(RowsOfDay.class, "hint.avsc");

    Table table() {
      return Table.daily("hint", SCHEMA, Inputs.day(Datasets.EVENTS_DAILY), 1, List.of());
    }

    @Override
    public String name() {
      return "rows-of-day";
    }

    @Override
    public List<Table> tables() {
      return List.of(table());
    }

    @Override
    public Fold fold(FoldContext context, Configuration configuration) {
      return new RowsFold();
    }

    @Override
    public Merge merge(Table table, MergeContext context, Configuration configuration) {
      return (key, partials, output) -> {
        assertThat(new String(key.bytes(), key.position(), key.remaining(), StandardCharsets.UTF_8))
            .isEqualTo("rows");
        long rows = 0;
        while (partials.next()) {
          rows += partials.value().readUnsigned();
        }
        output.row().setLong(0, rows);
        output.write();
      };
    }
  }

  private static final class RowsFold implements Fold {
    private long rows;

    @Override
    public List<String> columns() {
      return List.of();
    }

    @Override
    public Set<String> eventTypes() {
      return Set.of();
    }

    @Override
    public long fold(ColumnBatch batch) {
      rows += batch.size();
      return batch.size();
    }

    @Override
    public long memoryBytes() {
      return 0;
    }

    @Override
    public void flush(Emitter emitter) {
      byte[] key = "rows".getBytes(StandardCharsets.UTF_8);
      emitter.emit(
          "hint",
          new ByteWriter().putBytes(key, 0, key.length),
          new ByteWriter().putUnsigned(rows),
          rows);
      rows = 0;
    }
  }

  /** A batch without columns, of which only the number of rows is known. */
  private record RowCount(LocalDate day, int size) implements ColumnBatch {
    @Override
    public Partition partition() {
      return Partition.ofDay(Datasets.EVENTS_DAILY, day);
    }

    @Override
    public StringColumn strings(String column) {
      throw new IllegalArgumentException(column);
    }

    @Override
    public LongColumn longs(String column) {
      throw new IllegalArgumentException(column);
    }

    @Override
    public DoubleColumn doubles(String column) {
      throw new IllegalArgumentException(column);
    }
  }

  /** A driver copies its input; batches stay what they are. */
  public static final class ByReference implements Serialization<ColumnBatch> {
    private final ArrayDeque<ColumnBatch> batches = new ArrayDeque<>();

    @Override
    public boolean accept(Class<?> type) {
      return ColumnBatch.class.isAssignableFrom(type);
    }

    @Override
    public Serializer<ColumnBatch> getSerializer(Class<ColumnBatch> type) {
      return new Serializer<>() {
        @Override
        public void open(OutputStream out) {}

        @Override
        public void serialize(ColumnBatch batch) {
          batches.add(batch);
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public Deserializer<ColumnBatch> getDeserializer(Class<ColumnBatch> type) {
      return new Deserializer<>() {
        @Override
        public void open(InputStream in) {}

        @Override
        public ColumnBatch deserialize(ColumnBatch reuse) {
          return batches.remove();
        }

        @Override
        public void close() {}
      };
    }
  }
}
