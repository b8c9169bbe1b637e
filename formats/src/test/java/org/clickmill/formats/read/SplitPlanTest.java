package org.clickmill.formats.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

final class SplitPlanTest {
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @RepeatedTest(200)
  void everyByteIsInOneRangeAndInOrder() {
    var files = randomFiles();
    int count = random.nextInt(1, 20);
    long most = random.nextLong(1, 2000);
    checkCovers(files, SplitPlan.exactly(files, count));
    checkCovers(files, SplitPlan.byDays(files, count));
    checkCovers(files, SplitPlan.upTo(files, most));
    assertThat(SplitPlan.exactly(files, count)).as("seed %d", seed).hasSizeLessThanOrEqualTo(count);
    for (var run : SplitPlan.upTo(files, most)) {
      assertThat(run.stream().mapToLong(FileRange::bytes).sum())
          .as("seed %d", seed)
          .isLessThanOrEqualTo(most);
    }
  }

  @RepeatedTest(200)
  void daysAreNeitherSharedNorMoreThanAskedFor() {
    var files = randomFiles();
    long there = files.stream().map(InputFile::partition).distinct().count();
    int count = random.nextInt(1, (int) there + 1);
    var runs = SplitPlan.byDays(files, count);
    var days = new HashSet<String>();
    for (var run : runs) {
      var daysOfRun = new HashSet<String>();
      run.forEach(range -> daysOfRun.add(range.file().partition().path()));
      assertThat(days).as("seed %d", seed).doesNotContainAnyElementsOf(daysOfRun);
      days.addAll(daysOfRun);
    }
    assertThat(runs).as("seed %d", seed).hasSize(count);
  }

  @RepeatedTest(50)
  void filesOfClusteredDaysAreNeverCut() {
    var files = randomFiles(Datasets.EVENTS_DAILY);
    int count = random.nextInt(1, 20);
    for (var runs :
        List.of(
            SplitPlan.exactly(files, count),
            SplitPlan.byDays(files, count),
            SplitPlan.upTo(files, random.nextLong(1, 2000)))) {
      assertThat(runs.stream().flatMap(List::stream))
          .as("seed %d", seed)
          .isEqualTo(files.stream().map(FileRange::whole).toList());
    }
  }

  @Test
  void exactRunsAreBalanced() {
    var runs = SplitPlan.exactly(List.of(file(1, 500), file(2, 300), file(3, 200)), 4);
    assertThat(runs.stream().map(run -> run.stream().mapToLong(FileRange::bytes).sum()))
        .containsExactly(250L, 250L, 250L, 250L);
    assertThat(runs.get(2)).hasSize(1);
    assertThat(runs.get(3)).hasSize(2);
  }

  @Test
  void daysOfEqualSizeAreSharedOutEvenly() {
    var files = new ArrayList<InputFile>();
    for (int day = 1; day <= 16; day++) {
      files.add(file(day, 100));
    }
    assertThat(SplitPlan.byDays(files, 8)).hasSize(8).allMatch(run -> run.size() == 2);
  }

  @Test
  void smallFilesAreReadTogetherAndLargeOnesCut() {
    var runs = SplitPlan.upTo(List.of(file(1, 10), file(2, 20), file(3, 250)), 100);
    assertThat(runs.get(0)).hasSize(2);
    assertThat(runs).hasSize(4);
    assertThat(runs.get(3).get(0).end()).isEqualTo(250);
  }

  @Test
  void noFilesAreNoRuns() {
    assertThat(SplitPlan.exactly(List.of(), 3)).isEmpty();
    assertThat(SplitPlan.byDays(List.of(), 3)).isEmpty();
    assertThat(SplitPlan.upTo(List.of(), 3)).isEmpty();
  }

  private void checkCovers(List<InputFile> files, List<List<FileRange>> runs) {
    var ranges = runs.stream().flatMap(List::stream).toList();
    int next = 0;
    for (var file : files) {
      long at = 0;
      while (at < file.bytes()) {
        var range = ranges.get(next++);
        assertThat(range.file()).as("seed %d", seed).isEqualTo(file);
        assertThat(range.start()).as("seed %d", seed).isEqualTo(at);
        assertThat(range.bytes()).as("seed %d", seed).isPositive();
        at = range.end();
      }
    }
    assertThat(next).as("seed %d", seed).isEqualTo(ranges.size());
    assertThat(runs).noneMatch(List::isEmpty);
  }

  @RepeatedTest(50)
  void partitionIsWholeInTheOneRunThatHasAnyOfIt() {
    var files = randomFiles();
    var runs = SplitPlan.exactly(files, random.nextInt(1, 12));
    var whole = SplitPlan.wholePartitions(runs);
    assertThat(whole).as("seed %d", seed).hasSameSizeAs(runs);
    for (var file : files) {
      var partition = file.partition();
      var having = new ArrayList<Integer>();
      for (int run = 0; run < runs.size(); run++) {
        if (runs.get(run).stream().anyMatch(range -> range.file().partition().equals(partition))) {
          having.add(run);
        }
      }
      for (int run = 0; run < runs.size(); run++) {
        assertThat(whole.get(run).contains(partition))
            .as("seed %d, %s in run %d", seed, partition, run)
            .isEqualTo(having.equals(List.of(run)));
      }
    }
  }

  private List<InputFile> randomFiles() {
    return randomFiles("view_counts");
  }

  private List<InputFile> randomFiles(String dataset) {
    var files = new ArrayList<InputFile>();
    int days = random.nextInt(1, 10);
    for (int day = 1; day <= days; day++) {
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        files.add(file(dataset, day, random.nextLong(1, 1000)));
      }
    }
    return files;
  }

  private static InputFile file(int day, long bytes) {
    return file("view_counts", day, bytes);
  }

  private static InputFile file(String dataset, int day, long bytes) {
    var partition = Partition.ofDay(dataset, RandomEvents.DAY.plusDays(day));
    return new InputFile("file:/day-" + day, partition, bytes);
  }
}
