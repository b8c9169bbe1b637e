package org.clickmill.jobs.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.util.Utf8;
import org.clickmill.formats.avro.AvroEventWriter;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.clickmill.formats.read.EventFileReader;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.jobs.forget.PersonIds;
import org.clickmill.jobs.forget.RewriteJob;
import org.clickmill.jobs.forget.SearchJob;
import org.clickmill.jobs.kernel.Hours;
import org.clickmill.jobs.kernel.StagedFiles.StagedFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How files of open hours and of late events are replaced by those without a person. */
class UnsealedEventsTest {
  private static final String PERSON = "person-4711";
  private static final long HOUR = Hours.of(Instant.parse("2024-03-01T10:00:00Z").toEpochMilli());
  private static final Map<String, org.clickmill.formats.table.TableSchema> SCHEMAS =
      Map.of(Datasets.EVENTS, EventRows.SCHEMA, Datasets.LATE, EventRows.SCHEMA);

  @TempDir Path folder;
  private LocalWarehouse shop;
  private CommitLog log;
  private Commit first;

  @BeforeEach
  void load() throws Exception {
    shop = new LocalWarehouse(folder);
    log = new CommitLog(shop.warehouse());
    var files =
        List.of(
            staged(Datasets.EVENTS, HOUR + 1, "part-0000000001-m-00000-run.avro", "a", PERSON, "b"),
            staged(Datasets.EVENTS, HOUR + 2, "part-0000000001-m-00000-run.avro", "a", "c"),
            staged(Datasets.EVENTS, HOUR + 3, "part-0000000001-m-00000-run.avro", PERSON),
            staged(Datasets.LATE, HOUR, "part-0000000001-m-00000-run.avro", PERSON, "d"));
    first =
        new Commit(
            1,
            1,
            "run",
            "user",
            "suite",
            Instant.EPOCH,
            Instant.parse("2024-03-01T11:10:00Z"),
            "mapping",
            List.of(new Commit.Topic("shop", "id")),
            List.of(
                new Commit.PartitionProgress(
                    "shop", 0, 0, 8, RangeCounts.NONE, new RangeCounts(6, 2, 0, 0, 0, 0, 0, 0))),
            List.of(),
            files,
            List.of(),
            HOUR + 1,
            HOUR + 1,
            HOUR + 3);
    assertThat(log.create(first)).isTrue();
  }

  private StagedFile staged(String dataset, long hour, String name, String... users)
      throws IOException {
    var partition = new Partition(dataset, Hours.partition(hour).path());
    var path = new org.apache.hadoop.fs.Path(shop.warehouse().stagingOf("run", partition), name);
    try (var writer =
        AvroEventWriter.open(shop.warehouse().fileSystem(), path, shop.configuration())) {
      for (var user : users) {
        var event = new Event();
        event.setEventTime(Instant.ofEpochMilli(hour * Hours.MILLISECONDS));
        event.setEventType(new Utf8("view"));
        event.setQuantity(1);
        event.setUserId(new Utf8(user));
        event.setSourceName(new Utf8("shop"));
        event.setSourceItem(0);
        writer.write(event);
      }
      var written = writer.finish();
      return new StagedFile(
          dataset,
          partition.path(),
          written.file(),
          written.fingerprint(),
          new TreeMap<>(),
          new TreeMap<>());
    }
  }

  private TreeMap<String, TreeSet<String>> users(List<InputFile> files) throws IOException {
    var users = new TreeMap<String, TreeSet<String>>();
    for (var file : files) {
      var found = users.computeIfAbsent(file.partition().toString(), any -> new TreeSet<>());
      try (var reader =
          EventFileReader.open(shop.warehouse().fileSystem(), file, shop.configuration())) {
        for (var event = reader.next(null); event != null; event = reader.next(event)) {
          found.add(event.getUserId().toString());
        }
      }
    }
    return users;
  }

  private void erase() throws Exception {
    var ids = new PersonIds(List.of(PERSON), List.of());
    var run = shop.run().step("erase");
    var unsealed = UnsealedEvents.complete(run).orElseThrow();
    var hits = new SearchJob(shop.run().step("search"), ids, SCHEMAS).run(unsealed.files());
    var files = unsealed.files().stream().filter(file -> hits.containsKey(file.path())).toList();
    var staged = new RewriteJob(run, ids, SCHEMAS).run(files, unsealed.filePrefix());
    unsealed.replace(hits.keySet(), staged);
  }

  @Test
  void whatIsLeftIsInFilesOfANewCommitThatReadNothing() throws Exception {
    erase();
    var unsealed = UnsealedEvents.look(shop.run()).orElseThrow();
    assertThat(users(unsealed.files()))
        .isEqualTo(
            Map.of(
                "events/dt=2024-03-01/hr=11", new TreeSet<>(List.of("a", "b")),
                "events/dt=2024-03-01/hr=12", new TreeSet<>(List.of("a", "c")),
                "late/dt=2024-03-01/hr=10", new TreeSet<>(List.of("d"))));
    try (var files = Files.walk(folder.resolve("warehouse/_loader"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".avro"))).hasSize(3);
    }
    var newest = log.last().orElseThrow();
    assertThat(newest.sequence()).isEqualTo(2);
    assertThat(newest.progress("shop", 0).orElseThrow().end()).isEqualTo(8);
    assertThat(newest.progress("shop", 0).orElseThrow().counts()).isEqualTo(RangeCounts.NONE);
    assertThat(newest.sealedHours()).isEmpty();
    assertThat(newest.replaced()).hasSize(3);
    assertThat(new LateEvents(shop.run()).count()).isEqualTo(1);
  }

  @Test
  void foldedLateEventsAreThoseThatAreLeft() throws Exception {
    erase();
    new LateEvents(shop.run()).fold();
    var hour = new Partition(Datasets.EVENTS, "dt=2024-03-01/hr=10");
    var manifest = shop.warehouse().manifest(hour).orElseThrow();
    assertThat(users(InputFile.of(shop.warehouse(), hour, manifest)))
        .isEqualTo(Map.of(hour.toString(), new TreeSet<>(List.of("d"))));
  }

  @Test
  void ofTwoWhoCommitOneIsHeld() throws Exception {
    var slow = UnsealedEvents.complete(shop.run().step("slow")).orElseThrow();
    erase();
    assertThatThrownBy(() -> slow.replace(List.of(), List.of()))
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(Failure.HELD))
        .hasMessageContaining("another run has loaded meanwhile");
  }
}
