package org.clickmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.util.Utf8;
import org.clickmill.formats.avro.AvroEventWriter;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventKey;
import org.clickmill.formats.event.Fingerprint;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.event.VisitorHash;
import org.clickmill.formats.read.EventFileReader;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Publisher;
import org.clickmill.formats.warehouse.StagedPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A day is the same whether one task sorts it in memory, several do, or it is shuffled. */
final class CompactPathsTest {
  private static final LocalDate DAY = LocalDate.of(2020, 5, 1);
  private static final Partition COMPACTED = Partition.ofDay(Datasets.EVENTS_DAILY, DAY);
  private static final int LARGE = 15_000;

  private static final Comparator<Event> CONTENT =
      Comparator.comparing(CompactPathsTest::key, Arrays::compareUnsigned);
  private static final Comparator<Event> CLUSTERED =
      Comparator.comparing(CompactPathsTest::hash, Long::compareUnsigned).thenComparing(CONTENT);

  @TempDir private Path folder;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private int runs;

  @ParameterizedTest
  @ValueSource(strings = {"event_id", "row", "none"})
  void sameEventsStayWhateverPathTheyTake(String mode) throws Exception {
    var hours = new TreeMap<Integer, List<List<Event>>>();
    for (int hour = 0; hour < 24; hour++) {
      int events = hour % 8 == 3 ? LARGE : random.nextInt(3) * random.nextInt(400);
      hours.put(hour, files(events(hour, events), 1 + random.nextInt(3)));
    }
    var local = warehouse(hours);
    local.set("clickmill.deduplicate", mode).set("clickmill.compact.file-mb", 1);
    var all = hours.values().stream().flatMap(List::stream).flatMap(List::stream).toList();
    var expected = expected(all, mode);
    for (int memory : new int[] {256, 8, 1}) {
      for (int batch : new int[] {65_536, 1000}) {
        local
            .set("clickmill.compact.memory-mb", memory)
            .set("clickmill.read.avro-batch-rows", batch);
        forgetDays(local);
        var outcome = local.compact();
        var context =
            String.format(
                Locale.ROOT, "%s, %d MB, batches of %d, seed %d", mode, memory, batch, seed);
        assertThat(outcome.read()).as(context).isEqualTo(all.size());
        assertThat(outcome.written()).as(context).isEqualTo(expected.size());
        assertThat(outcome.duplicates()).as(context).isEqualTo(all.size() - expected.size());
        var manifest = local.manifests(Datasets.EVENTS_DAILY).get(COMPACTED);
        assertThat(manifest.fingerprint()).as(context).isEqualTo(fingerprint(expected));
        assertThat(manifest.counts())
            .as(context)
            .containsEntry("duplicates", (long) all.size() - expected.size());
        assertThat(written(local)).as(context).isEqualTo(expected);
        var task = memory == 1 ? "-r-" : "-m-";
        assertThat(manifest.files()).as(context).allMatch(file -> file.name().contains(task));
        assertThat(manifest.counts()).as(context).containsEntry("visitor_hash", 1L);
        assertThat(manifest.counts().get("hash_ranges"))
            .as(context)
            .isEqualTo(manifest.files().size());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 2})
  void dayThatTakesMoreMemoryThanItWasGivenIsShuffled(int megabytes) throws Exception {
    var hours = new TreeMap<Integer, List<List<Event>>>();
    var events = events(7, 9000);
    events.forEach(event -> event.setBrand(new Utf8("x".repeat(1000))));
    hours.put(7, files(events, 2));
    var local = warehouse(hours);
    local.set("clickmill.compact.memory-mb", megabytes).compact();
    assertThat(written(local)).as("seed %d", seed).isEqualTo(expected(events, "event_id"));
    assertThat(local.manifests(Datasets.EVENTS_DAILY).get(COMPACTED).files())
        .as("seed %d", seed)
        .allMatch(file -> file.name().contains("-r-"));
  }

  @Test
  void eventOfAnotherHourIsNamed() throws Exception {
    var hours = new TreeMap<Integer, List<List<Event>>>();
    hours.put(7, files(events(8, 1), 1));
    var local = warehouse(hours);
    var failure = org.assertj.core.api.Assertions.catchThrowable(local::compact);
    assertThat(failure)
        .hasMessageContaining("Cannot read")
        .hasMessageContaining("hr=07")
        .hasMessageContaining("it has an event of 2020-05-01T08:");
    assertThat(local.manifests(Datasets.EVENTS_DAILY)).isEmpty();
  }

  /** What stays, in order: told by keys, one event after the other. */
  private static List<Event> expected(List<Event> events, String mode) {
    var seen = new HashSet<Object>();
    return events.stream()
        .sorted(CONTENT)
        .filter(
            event ->
                switch (mode) {
                  case "event_id" -> event.getEventId() == null || seen.add(event.getEventId());
                  case "row" -> seen.add(content(event));
                  default -> true;
                })
        .sorted(CLUSTERED)
        .toList();
  }

  /** Events of an hour with many ties and repeats, in no order. */
  private List<Event> events(int hour, int count) {
    var events = new ArrayList<Event>();
    for (int i = 0; i < count; i++) {
      if (i > 0 && random.nextInt(10) == 0) {
        var again = Event.newBuilder(events.get(random.nextInt(i))).build();
        again.setSourceOffset((long) i);
        events.add(again);
        continue;
      }
      var event = new Event();
      event.setEventTime(time(hour, random.nextInt(3600) * 1000));
      event.setEventType(new Utf8(random.nextBoolean() ? "view" : "purchase"));
      event.setProductId(new Utf8("p" + random.nextInt(40)));
      event.setUserId(random.nextInt(4) == 0 ? null : new Utf8("u" + random.nextInt(900)));
      event.setUserSession(
          new Utf8(Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong())));
      event.setPrice(random.nextInt(4) == 0 ? null : Money.toAvro(random.nextInt(900)));
      event.setQuantity(1);
      event.setEventId(random.nextInt(3) == 0 ? null : new Utf8("e" + random.nextInt(100_000)));
      event.setSourceName(new Utf8("input"));
      event.setSourceOffset((long) i);
      events.add(event);
    }
    return events;
  }

  private static Instant time(int hour, int millis) {
    return DAY.atStartOfDay(java.time.ZoneOffset.UTC)
        .plusHours(hour)
        .toInstant()
        .plusMillis(millis);
  }

  /** Deals events out to files. */
  private List<List<Event>> files(List<Event> events, int count) {
    var files = new ArrayList<List<Event>>();
    for (int i = 0; i < count; i++) {
      files.add(new ArrayList<>());
    }
    events.forEach(event -> files.get(random.nextInt(count)).add(event));
    files.removeIf(List::isEmpty);
    return files;
  }

  /** A warehouse with these files of hours; hours that are not given are empty. */
  private LocalWarehouse warehouse(TreeMap<Integer, List<List<Event>>> hours) throws Exception {
    var local = new LocalWarehouse(folder);
    var staged = new ArrayList<StagedPartition>();
    var run = "hours" + runs++;
    for (int hour = 0; hour < 24; hour++) {
      var partition = Partition.ofHour(Datasets.EVENTS, DAY, hour);
      staged.add(stage(local, run, partition, hours.getOrDefault(hour, List.of())));
    }
    new Publisher(local.warehouse(), run).publishAll(staged);
    return local;
  }

  private static StagedPartition stage(
      LocalWarehouse local, String run, Partition partition, List<List<Event>> files)
      throws IOException {
    var written = new ArrayList<Manifest.DataFile>();
    var fingerprint = Fingerprint.EMPTY;
    long eventIds = 0;
    for (var events : files) {
      var path =
          new org.apache.hadoop.fs.Path(
              local.warehouse().stagingOf(run, partition), "part-" + written.size() + ".avro");
      try (var writer =
          AvroEventWriter.open(local.warehouse().fileSystem(), path, local.configuration())) {
        for (var event : events) {
          writer.write(event);
          eventIds += event.getEventId() == null ? 0 : 1;
        }
        var file = writer.finish();
        written.add(file.file());
        fingerprint = fingerprint.plus(file.fingerprint());
      }
    }
    var counts = new TreeMap<String, Long>();
    counts.put("event_ids", eventIds);
    counts.put("rows", fingerprint.rows());
    return new StagedPartition(
        partition,
        0,
        written,
        fingerprint,
        List.of(),
        "test",
        1,
        new TreeMap<>(),
        counts,
        List.of());
  }

  /** Days with the same rows would keep their files. */
  private static void forgetDays(LocalWarehouse local) throws IOException {
    var days = new org.apache.hadoop.fs.Path(local.warehouse().root(), Datasets.EVENTS_DAILY);
    local.warehouse().fileSystem().delete(days, true);
  }

  private static List<Event> written(LocalWarehouse local) throws IOException {
    var events = new ArrayList<Event>();
    var manifest = local.manifests(Datasets.EVENTS_DAILY).get(COMPACTED);
    for (var file : InputFile.of(local.warehouse(), COMPACTED, manifest)) {
      try (var reader =
          EventFileReader.open(local.warehouse().fileSystem(), file, local.configuration())) {
        for (var event = reader.next(null); event != null; event = reader.next(null)) {
          events.add(event);
        }
      }
    }
    return events;
  }

  private static Fingerprint fingerprint(List<Event> events) {
    var builder = new Fingerprint.Builder();
    for (var event : events) {
      var content = content(event);
      builder.add(
          content.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), 0, content.length());
    }
    return builder.build();
  }

  private static long hash(Event event) {
    var isUser = event.getUserId() != null;
    var visitor = isUser ? event.getUserId() : event.getUserSession();
    var kind = isUser ? VisitorHash.USER_ID : VisitorHash.USER_SESSION;
    return VisitorHash.of(kind, visitor.getBytes(), 0, visitor.getByteLength());
  }

  private static byte[] key(Event event) {
    var key = new EventKey();
    key.encode(event);
    return Arrays.copyOf(key.bytes(), key.length());
  }

  /** The content of an event, a character a byte. */
  private static String content(Event event) {
    var key = new EventKey();
    key.encode(event);
    return new String(
        key.bytes(), 0, key.contentLength(), java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
