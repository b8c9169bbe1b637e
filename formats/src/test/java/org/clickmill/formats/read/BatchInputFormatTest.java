package org.clickmill.formats.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mapreduce.lib.output.TextOutputFormat;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.table.BatchRequest;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.warehouse.Partition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole map-only jobs over days in Parquet and hours in Avro. */
final class BatchInputFormatTest {
  private static final BatchRequest WANTED =
      BatchRequest.of(EventRows.SCHEMA, List.of("event_time", "brand", "price"));

  private static final int EVENTS_PER_DAY = 30_000;

  @TempDir java.nio.file.Path folder;

  private final Configuration configuration = new Configuration();
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final List<InputFile> files = new ArrayList<>();
  private final List<String> expected = new ArrayList<>();

  @BeforeEach
  void writeDays() throws IOException {
    var fileSystem = FileSystem.getLocal(configuration);
    configuration.setInt("mapreduce.client.completion.pollinterval", 20);
    configuration.setInt("mapreduce.client.progressmonitor.pollinterval", 20);
    configuration.set("clickmill.parquet.row-group-mb", "1");
    for (int i = 0; i < 3; i++) {
      var day = RandomEvents.DAY.plusDays(i);
      var events = RandomEvents.ofDay(day, EVENTS_PER_DAY, random);
      var path = new Path(folder.resolve("day-" + i + (i == 1 ? ".avro" : ".parquet")).toUri());
      var file =
          i == 1
              ? RandomEvents.writeAvro(fileSystem, path, events, configuration)
              : RandomEvents.writeParquet(fileSystem, path, events, configuration);
      var partition = Partition.ofDay("sample", day);
      files.add(new InputFile(file.path(), partition, file.bytes()));
      events.forEach(event -> expected.add(line(day.toString(), event)));
    }
    Collections.sort(expected);
    // Their order in the list does not matter.
    Collections.shuffle(files, random);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7})
  void anyNumberOfSplitsCoversEachRowOnce(int splits) throws Exception {
    configuration.setInt("clickmill.split.count", splits);
    configuration.setInt("mapreduce.local.map.tasks.maximum", 2);
    var job = job();
    assertThat(job.waitForCompletion(false)).isTrue();
    var counters = job.getCounters();
    assertThat(counters.findCounter(ReadCounter.ROWS_READ).getValue())
        .isEqualTo(3L * EVENTS_PER_DAY);
    // Left to itself it gives days as small as these to one task.
    assertThat(new BatchInputFormat().getSplits(job)).hasSize(splits == 0 ? 1 : splits);
    assertThat(output()).as("seed %d", seed).isEqualTo(expected);
  }

  @Test
  void onAClusterFilesAreCutAtTheMostBytesOfASplit() throws Exception {
    configuration.set("mapreduce.framework.name", "yarn");
    configuration.setInt("clickmill.split.max-mb", 1);
    var job = job();
    var splits = new BatchInputFormat().getSplits(job);
    assertThat(splits).hasSizeGreaterThan(3);
    for (var split : splits) {
      assertThat(split.getLength()).isBetween(1L, 1L << 20);
      assertThat(split.getLocations()).containsExactly("localhost");
    }
  }

  private Job job() throws IOException {
    var job = Job.getInstance(configuration, "test");
    BatchInput.configure(
        job.getConfiguration(),
        new Path(folder.resolve("files.json").toUri()),
        files,
        Map.of("sample", WANTED, "events", WANTED));
    job.setInputFormatClass(BatchInputFormat.class);
    job.setMapperClass(LineMapper.class);
    job.setNumReduceTasks(0);
    job.setOutputFormatClass(TextOutputFormat.class);
    TextOutputFormat.setOutputPath(job, new Path(folder.resolve("out").toUri()));
    return job;
  }

  private List<String> output() throws IOException {
    var lines = new ArrayList<String>();
    try (var parts = Files.newDirectoryStream(folder.resolve("out"), "part-*")) {
      for (var part : parts) {
        lines.addAll(Files.readAllLines(part));
      }
    }
    Collections.sort(lines);
    return lines;
  }

  private static String line(String day, Event event) {
    var price = event.getPrice();
    return day
        + " "
        + event.getEventTime().toEpochMilli()
        + " "
        + event.getBrand()
        + " "
        + (price == null ? null : Money.fromAvro(price));
  }

  /** Writes a line an event. */
  static final class LineMapper extends Mapper<NullWritable, ColumnBatch, Text, LongWritable> {
    @Override
    protected void map(NullWritable key, ColumnBatch batch, Context context)
        throws IOException, InterruptedException {
      var times = batch.longs("event_time");
      var brands = batch.strings("brand");
      var prices = batch.longs("price");
      for (int row = 0; row < batch.size(); row++) {
        var line =
            batch.partition().day()
                + " "
                + times.values()[row]
                + " "
                + brands.text(brands.ids()[row])
                + " "
                + (prices.isNull(row) ? null : prices.values()[row]);
        context.write(new Text(line), null);
      }
    }
  }
}
