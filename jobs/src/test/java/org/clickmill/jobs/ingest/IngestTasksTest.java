package org.clickmill.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Reducer;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.mrunit.mapreduce.MapDriver;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventKey;
import org.clickmill.formats.read.EventFileReader;
import org.clickmill.formats.read.InputFile;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.write.AvroEventWriter;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.jobs.kernel.BundleInputFormat;
import org.clickmill.jobs.kernel.Hours;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;

/** The mappers and reducers of import and compact by themselves, counters included. */
final class IngestTasksTest {
  private static final LocalDate DAY = LocalDate.of(2020, 5, 1);

  @TempDir private Path folder;
  private Configuration configuration;
  private FileSystem fileSystem;

  @BeforeEach
  void configure() throws IOException {
    configuration = LocalWarehouse.configuration(folder);
    configuration.set("clickmill.internal.staging", folder.resolve("staging").toString());
    fileSystem = FileSystem.get(folder.toUri(), configuration);
  }

  @Test
  void compactMapperTurnsEventsIntoKeys() throws Exception {
    var events = List.of(event(5, "b", null), event(5, "a", "e1"), event(5, "a", "e1"));
    var path = new org.apache.hadoop.fs.Path(folder.resolve("hour.avro").toString());
    long bytes;
    try (var writer = AvroEventWriter.open(fileSystem, path, configuration)) {
      for (var event : events) {
        writer.write(event);
      }
      bytes = writer.finish().file().bytes();
    }
    var file = new InputFile(path.toString(), Partition.ofHour(Datasets.EVENTS, DAY, 5), bytes);
    var description = new Text(BundleInputFormat.item(bytes, file).description());
    var driver =
        MapDriver.newMapDriver(new CompactMapper())
            .withConfiguration(configuration)
            .withInput(NullWritable.get(), description)
            .withInput(NullWritable.get(), description)
            .withCounter(IngestCounter.RECORDS_READ, 6);
    for (int i = 0; i < 2; i++) {
      for (var event : events) {
        driver.withOutput(key(event), NullWritable.get());
      }
    }
    driver.runTest(true);
  }

  @Test
  void compactReducerWritesAFileADayWithoutDuplicates() throws Exception {
    var events =
        List.of(
            event(1, "a", "e1"),
            event(23, "b", "e1"),
            event(23, "c", null),
            event(24, "d", "e1"),
            event(47, "e", "e2"));
    var counters = reduce(new CompactReducer(), events, 1);
    assertThat(counters.findCounter(IngestCounter.EVENTS_WRITTEN).getValue()).isEqualTo(4);
    assertThat(counters.findCounter(IngestCounter.DUPLICATES).getValue()).isEqualTo(1);
    assertThat(products("events_daily/dt=2020-05-01/", 1)).containsExactly("a", "c");
    assertThat(products("events_daily/dt=2020-05-02/", 1)).containsExactly("d", "e");
  }

  @Test
  void hourReducerWritesAFileAnHourWithEveryEvent() throws Exception {
    var events = List.of(event(1, "a", "e1"), event(1, "b", "e1"), event(2, "c", null));
    var counters = reduce(new HourReducer(), events, 2);
    assertThat(counters.findCounter(IngestCounter.EVENTS_WRITTEN).getValue()).isEqualTo(6);
    assertThat(products("events/dt=2020-05-01/hr=01", 1)).containsExactly("a", "a", "b", "b");
    assertThat(products("events/dt=2020-05-01/hr=02", 1)).containsExactly("c", "c");
  }

  @Test
  void hoursAreSpreadOverReducersAndNeverCut() {
    var toReducers = new HourReducer.ToReducers();
    for (int hour = -48; hour < 48; hour++) {
      int reducer = toReducers.getPartition(key(event(hour, "a", null)), NullWritable.get(), 5);
      assertThat(reducer).isBetween(0, 4);
      assertThat(toReducers.getPartition(key(event(hour, "z", "e")), NullWritable.get(), 5))
          .isEqualTo(reducer);
      assertThat(toReducers.getPartition(key(event(hour + 1, "a", null)), NullWritable.get(), 5))
          .isEqualTo((reducer + 1) % 5);
    }
  }

  /** Runs a reducer that gets each event the given number of times. */
  @SuppressWarnings("unchecked")
  private Counters reduce(
      Reducer<BytesWritable, NullWritable, Object, Object> reducer, List<Event> events, int times)
      throws Exception {
    var counters = new Counters();
    Reducer<BytesWritable, NullWritable, Object, Object>.Context context =
        Mockito.mock(Reducer.Context.class);
    var keys = events.iterator();
    when(context.nextKey()).thenAnswer(call -> keys.hasNext());
    when(context.getValues())
        .thenAnswer(
            call -> {
              var key = key(keys.next());
              when(context.getCurrentKey()).thenReturn(key);
              return Collections.nCopies(times, NullWritable.get());
            });
    when(context.getConfiguration()).thenReturn(configuration);
    when(context.getTaskAttemptID())
        .thenReturn(new TaskAttemptID("test", 1, TaskType.REDUCE, 0, 0));
    when(context.getCounter(any(Enum.class)))
        .thenAnswer(call -> counters.findCounter((Enum<?>) call.getArgument(0)));
    reducer.run(context);
    return counters;
  }

  /** The folder that the reducer's task writes into. */
  private Path output() {
    return folder.resolve(
        "staging/_temporary-job_test_0001/0/_temporary/attempt_test_0001_r_000000_0");
  }

  /** The products in the files of a partition. */
  private List<String> products(String partition, int files) throws Exception {
    var products = new ArrayList<String>();
    try (var found = Files.list(output().resolve(partition))) {
      var paths =
          found.filter(file -> file.getFileName().toString().startsWith("part-")).sorted().toList();
      assertThat(paths).hasSize(files);
      for (var path : paths) {
        var file =
            new InputFile(path.toString(), new Partition("events", partition), Files.size(path));
        try (var reader = EventFileReader.open(fileSystem, file, configuration)) {
          for (var event = reader.next(null); event != null; event = reader.next(null)) {
            products.add(event.getProductId().toString());
          }
        }
      }
    }
    return products;
  }

  private static Event event(int hour, String product, String eventId) {
    var event = new Event();
    event.setEventTime(
        Instant.ofEpochMilli((DAY.toEpochDay() * 24 + hour) * Hours.MILLISECONDS + 7));
    event.setEventType(new Utf8("view"));
    event.setProductId(new Utf8(product));
    event.setEventId(eventId == null ? null : new Utf8(eventId));
    event.setQuantity(1);
    event.setSourceName(new Utf8("input"));
    return event;
  }

  private static BytesWritable key(Event event) {
    var key = new EventKey();
    key.encode(event);
    return new BytesWritable(key.bytes(), key.length());
  }
}
