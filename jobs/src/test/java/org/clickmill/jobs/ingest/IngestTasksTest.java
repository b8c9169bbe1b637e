package org.clickmill.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.WritableUtils;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Reducer;
import org.apache.hadoop.mrunit.mapreduce.MapDriver;
import org.apache.hadoop.mrunit.mapreduce.ReduceDriver;
import org.clickmill.formats.avro.AvroEventWriter;
import org.clickmill.formats.event.ClusterKey;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventKey;
import org.clickmill.formats.event.VisitorHash;
import org.clickmill.formats.read.EventFileReader;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.jobs.kernel.BundleInputFormat;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Hours;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mappers and reducers of import and compact by themselves, counters included. */
final class IngestTasksTest {
  private static final LocalDate DAY = LocalDate.of(2020, 5, 1);
  private static final Hasher128 ID_HASHER = Hashing.murmur3_128();

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
    var input = new CompactInput(file, false, new HashSpan(1, 0, 1));
    var description = new Text(BundleInputFormat.item(bytes, input).description());
    var driver =
        MapDriver.newMapDriver(new CompactMapper())
            .withConfiguration(configuration)
            .withInput(NullWritable.get(), description)
            .withInput(NullWritable.get(), description)
            .withCounter(IngestCounter.RECORDS_READ, 6);
    for (int i = 0; i < 2; i++) {
      for (var event : events) {
        driver.withOutput(clusterKey(event, false), NullWritable.get());
      }
    }
    driver.runTest(true);
  }

  @Test
  void compactMapperLeavesOutWhatIsOfOtherRanges() throws Exception {
    var path = new org.apache.hadoop.fs.Path(folder.resolve("hour.avro").toString());
    var kept = event(5, "a", null);
    kept.setUserId(new Utf8("1"));
    long bytes;
    try (var writer = AvroEventWriter.open(fileSystem, path, configuration)) {
      writer.write(kept);
      bytes = writer.finish().file().bytes();
    }
    var file = new InputFile(path.toString(), Partition.ofHour(Datasets.EVENTS, DAY, 5), bytes);
    int range = VisitorHash.range(ClusterKey.hash(clusterKey(kept, false).getBytes(), 0), 4);
    for (int wanted = 0; wanted < 4; wanted++) {
      var input = new CompactInput(file, true, new HashSpan(4, wanted, wanted + 1));
      configuration.set(
          "clickmill.internal.staging", folder.resolve("staging" + wanted).toString());
      var driver =
          MapDriver.newMapDriver(new CompactMapper())
              .withConfiguration(configuration)
              .withInput(
                  NullWritable.get(), new Text(BundleInputFormat.item(bytes, input).description()));
      if (wanted == range) {
        driver.withOutput(clusterKey(kept, true), NullWritable.get());
      }
      driver.runTest();
    }
  }

  @Test
  void compactReducerWritesAFileADayWithoutWhatIsDropped() throws Exception {
    var keys = new ArrayList<BytesWritable>();
    for (var event : List.of(event(1, "a", "e1"), event(23, "b", "e1"), event(24, "d", "e1"))) {
      keys.add(clusterKey(event, false));
    }
    keys.add(clusterKey(event(23, "b", "e1"), true));
    keys.add(clusterKey(event(23, "c", null), false));
    keys.sort(null);
    configureDays();
    var counters = reduce(new CompactReducer(), keys, 1);
    assertThat(counters.findCounter(IngestCounter.EVENTS_WRITTEN).getValue()).isEqualTo(3);
    assertThat(counters.findCounter(IngestCounter.DUPLICATES).getValue()).isEqualTo(1);
    assertThat(products("events_daily/dt=2020-05-01/", 1)).containsExactlyInAnyOrder("a", "c");
    assertThat(products("events_daily/dt=2020-05-02/", 1)).containsExactly("d");
  }

  @Test
  void eventThatIsToBeDroppedAndNotThereIsAnError() {
    configureDays();
    var keys =
        List.of(clusterKey(event(1, "b", "e1"), true), clusterKey(event(1, "a", "e1"), false));
    assertThatThrownBy(() -> reduce(new CompactReducer(), keys, 1))
        .hasMessage(
            "Cannot compact 2020-05-01: 1 duplicates that were found in its hours are no longer"
                + " there");
  }

  private void configureDays() {
    long day = DAY.toEpochDay();
    DayLayout.write(configuration, new TreeMap<>(Map.of(day, 1, day + 1, 1)));
  }

  @Test
  void idMapperTurnsEventsWithAnEventIdIntoKeys() throws Exception {
    var events = List.of(event(5, "b", "e1"), event(5, "a", null), event(5, "a", "e1"));
    var path = new org.apache.hadoop.fs.Path(folder.resolve("hour.avro").toString());
    long bytes;
    try (var writer = AvroEventWriter.open(fileSystem, path, configuration)) {
      for (var event : events) {
        writer.write(event);
      }
      bytes = writer.finish().file().bytes();
    }
    var file = new InputFile(path.toString(), Partition.ofHour(Datasets.EVENTS, DAY, 5), bytes);
    var found =
        MapDriver.newMapDriver(new RepeatedIdsJob.IdMapper())
            .withConfiguration(configuration)
            .withInput(
                NullWritable.get(), new Text(BundleInputFormat.item(bytes, file).description()))
            .run();
    assertThat(found).hasSize(2);
    var first = found.get(0).getFirst();
    var second = found.get(1).getFirst();
    var ofId = new RepeatedIdsJob.ById();
    assertThat(ofId.getPartition(first, NullWritable.get(), 7))
        .isEqualTo(ofId.getPartition(second, NullWritable.get(), 7));
    assertThat(grouped(first, second)).isZero();
    assertThat(first).as("content order").isGreaterThan(second);
    assertThat(first).isEqualTo(idKey(events.get(0)));
  }

  @Test
  void idsOfDifferentDaysAndDifferentIdsAreGroupsOfTheirOwn() {
    var key = idKey(event(5, "a", "e1"));
    assertThat(grouped(key, idKey(event(6, "z", "e1")))).isZero();
    assertThat(grouped(key, idKey(event(5, "a", "e2")))).isNotZero();
    assertThat(grouped(key, idKey(event(29, "a", "e1")))).isNegative();
  }

  @Test
  void repeatReducerWritesNothingOfAnIdThatIsSeenOnce() throws Exception {
    reduce(new RepeatedIdsJob.RepeatReducer(), List.of(idKey(event(5, "once", "e0"))), 1);
    assertThat(output().resolve("_repeated_ids")).doesNotExist();
  }

  @Test
  void repeatReducerWritesAllEventsOfAnIdButTheFirst() throws Exception {
    var keys =
        List.of(
            idKey(event(5, "a", "e1")), idKey(event(7, "b", "e2")), idKey(event(25, "c", "e1")));
    reduce(new RepeatedIdsJob.RepeatReducer(), keys, 3);
    assertThat(products("_repeated_ids/dt=2020-05-01", 1)).containsExactly("a", "a", "b", "b");
    assertThat(products("_repeated_ids/dt=2020-05-02", 1)).containsExactly("c", "c");
  }

  private static BytesWritable idKey(Event event) {
    var content = new EventKey();
    content.encode(event);
    int day = Math.toIntExact(Hours.dayOf(event.getEventTime()).toEpochDay());
    var key = new ByteWriter();
    IdKey.write(day, ID_HASHER.hashBytesTo128Bits(event.getEventId().getBytes()), content, key);
    return new BytesWritable(key.bytes(), key.length());
  }

  /** Compares keys as they lie in the shuffle. */
  private static int grouped(BytesWritable key, BytesWritable other) {
    byte[] bytes = WritableUtils.toByteArray(key);
    byte[] otherBytes = WritableUtils.toByteArray(other);
    return new RepeatedIdsJob.SameId()
        .compare(bytes, 0, bytes.length, otherBytes, 0, otherBytes.length);
  }

  @Test
  void hourReducerWritesAFileAnHourWithEveryEvent() throws Exception {
    var events = List.of(event(1, "a", "e1"), event(1, "b", "e1"), event(2, "c", null));
    var keys = events.stream().map(IngestTasksTest::key).toList();
    new ImportTask("", new TreeSet<>(), false, "2020-05-01", "run", 0, Set.of())
        .write(configuration);
    var counters = reduce(new HourReducer(), keys, 2);
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

  /** Runs a reducer that gets each key the given number of times. */
  private Counters reduce(
      Reducer<BytesWritable, NullWritable, Object, Object> reducer,
      List<BytesWritable> keys,
      int times)
      throws IOException {
    var driver = ReduceDriver.newReduceDriver(reducer).withConfiguration(configuration);
    for (var key : keys) {
      driver.withInput(key, Collections.nCopies(times, NullWritable.get()));
    }
    driver.run();
    return driver.getCounters();
  }

  /** The folder that the reducer's task writes into. */
  private Path output() {
    return folder.resolve("staging/_temporary-job__0000/0/_temporary/attempt__0000_r_000000_0");
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

  private static BytesWritable clusterKey(Event event, boolean isDropped) {
    var content = new EventKey();
    content.encode(event);
    var key = new ClusterKey();
    int day = Math.toIntExact(Hours.dayOf(event.getEventTime()).toEpochDay());
    var user = event.getUserId();
    if (user == null) {
      key.setWithoutVisitor(day, content);
    } else {
      key.set(day, VisitorHash.USER_ID, user.getBytes(), 0, user.getByteLength(), content);
    }
    if (isDropped) {
      key.drop();
    }
    return new BytesWritable(key.bytes(), key.length());
  }

  private static BytesWritable key(Event event) {
    var key = new EventKey();
    key.encode(event);
    return new BytesWritable(key.bytes(), key.length());
  }
}
