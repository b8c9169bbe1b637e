package org.clickmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.clickmill.formats.event.Fingerprint;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.ingest.ImportJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are imported in parts, in any order of time, by any number of tasks. */
final class ImportPartsTest {
  private static final Instant START = Instant.parse("2020-05-01T00:00:00Z");
  private static final int MOST_FILES = 20;

  @TempDir private Path folder;

  private final long seed = Long.getLong("clickmill.test.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void sameHoursComeOfOneFileOrManyInPartsOrWholeInOrderOrNot() throws Exception {
    var lines = lines(9_000, 240);
    var ordered = new LocalWarehouse(folder.resolve("ordered"));
    importLines(ordered, 1, 1, lines);
    Collections.shuffle(lines, random);
    var parts = new LocalWarehouse(folder.resolve("parts"));
    importLines(parts, 1, 7, lines);
    var files = new LocalWarehouse(folder.resolve("files"));
    importLines(files, 9, 3, lines);

    var expected = ordered.fingerprints();
    assertThat(rows(expected)).isEqualTo(9_000);
    assertThat(parts.fingerprints()).as("in parts, seed %d", seed).isEqualTo(expected);
    assertThat(files.fingerprints()).as("of files, seed %d", seed).isEqualTo(expected);
    // 64 hours of each task's, and one file of what comes in no order.
    assertThat(files(parts)).isLessThanOrEqualTo(7 * 64 + 240);
    assertThat(parts.manifests(Datasets.EVENTS).values())
        .allSatisfy(hour -> assertThat(hour.files()).hasSizeLessThanOrEqualTo(7 + 1));
  }

  @Test
  void hourOfVeryManyTasksIsMerged() throws Exception {
    var local = new LocalWarehouse(folder);
    importLines(local, 1, 30, lines(3_000, 2));
    var hours = local.manifests(Datasets.EVENTS);
    assertThat(rows(local.fingerprints())).isEqualTo(3_000);
    assertThat(hours.values())
        .allSatisfy(hour -> assertThat(hour.files()).hasSizeLessThanOrEqualTo(MOST_FILES));
    assertThat(hours.get(hour(0)).sources())
        .extracting(Manifest.Source::identity)
        .containsExactly("input/0.csv");
    assertThat(local.eventsInHours()).isEqualTo(3_000);
  }

  @Test
  void columnIsMissedOnlyWhereNoPartOfAFileHasIt() throws Exception {
    var local = new LocalWarehouse(folder).set("clickmill.split.count", 5);
    var mapping =
        Files.writeString(
            folder.resolve("m.yaml"),
            "fields: {event_time: t, event_type: e, brand: b, product_id: p}");
    var input = Files.createDirectory(folder.resolve("input"));
    var text = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      text.append("{\"t\": \"2020-05-01T05:00:00Z\", \"e\": \"view\"");
      text.append(i < 10 ? ", \"b\": \"x\"}\n" : "}\n");
    }
    Files.writeString(input.resolve("0.jsonl"), text);
    var options = new ImportJob.Options(mapping.toString(), null, false, false, false);
    assertThat(local.importFiles(input, options).warnings())
        .singleElement()
        .asString()
        .startsWith("No record of input/0.jsonl has 'p', which mapping ");
  }

  @Test
  void fileThatAddsToPublishedHoursLeavesNoneOfTheirRowsOut() throws Exception {
    var local = new LocalWarehouse(folder);
    var lines = lines(2_000, 5);
    importLines(local, 1, 1, lines.subList(0, 1_500));
    var input = folder.resolve("more");
    write(input.resolve("1.csv"), lines.subList(1_000, 2_000));
    assertThat(local.importFiles(input, options()).written()).isEqualTo(1_000);
    assertThat(local.eventsInHours()).isEqualTo(2_500);
    assertThat(rows(local.fingerprints())).isEqualTo(2_500);
    for (var hour : local.manifests(Datasets.EVENTS).values()) {
      assertThat(hour.sources()).isNotEmpty();
    }
    try (var staged = Files.list(Path.of(local.warehouse().root().toUri()).resolve("_staging"))) {
      assertThat(staged).isEmpty();
    }
  }

  private void importLines(LocalWarehouse local, int files, int splits, List<String> lines)
      throws Exception {
    local.set("clickmill.split.count", splits);
    var input = Path.of(local.warehouse().root().toUri()).resolveSibling("input");
    for (int i = 0; i < files; i++) {
      int from = i * lines.size() / files;
      write(input.resolve(i + ".csv"), lines.subList(from, (i + 1) * lines.size() / files));
    }
    var outcome = local.importFiles(input, options());
    assertThat(outcome.written()).isEqualTo(lines.size());
  }

  private static void write(Path file, List<String> lines) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "event_time,event_type,product_id\n" + String.join("\n", lines) + "\n");
  }

  private static ImportJob.Options options() {
    return new ImportJob.Options("clickmill", null, false, false, false);
  }

  /** In order of time, evenly over so many hours. */
  private List<String> lines(int count, int hours) {
    var lines = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      long millis = i * (hours * 3_600_000L) / count;
      lines.add(START.plusMillis(millis) + ",view," + random.nextInt(100));
    }
    return lines;
  }

  private static Partition hour(int hour) {
    return Partition.ofHour(Datasets.EVENTS, java.time.LocalDate.of(2020, 5, 1), hour);
  }

  private static long rows(Map<Partition, Fingerprint> hours) {
    return hours.values().stream().mapToLong(Fingerprint::rows).sum();
  }

  private static long files(LocalWarehouse local) throws IOException {
    return local.manifests(Datasets.EVENTS).values().stream()
        .mapToLong(hour -> hour.files().size())
        .sum();
  }
}
