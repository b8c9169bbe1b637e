package org.clickmill.formats.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;

/**
 * Cuts an ordered list of files into runs that are read by one task each. Files of a day that is
 * clustered by visitor are never cut, so that all events of a visitor's day are in one task. Knows
 * no Hadoop.
 */
final class SplitPlan {
  private SplitPlan() {}

  /** A number of runs of about the same bytes; files are cut where a run ends in them. */
  static List<List<FileRange>> exactly(List<InputFile> files, int count) {
    if (files.stream().anyMatch(SplitPlan::isWhole)) {
      return balanced(files.stream().map(file -> List.of(FileRange.whole(file))).toList(), count);
    }
    long all = files.stream().mapToLong(InputFile::bytes).sum();
    List<List<FileRange>> runs = new ArrayList<>();
    List<FileRange> run = new ArrayList<>();
    long before = 0;
    for (var file : files) {
      long start = 0;
      while (runs.size() < count - 1) {
        long cut = share(all, runs.size() + 1, count) - before;
        if (cut >= file.bytes()) {
          break;
        }
        if (cut > start) {
          run.add(new FileRange(file, start, cut));
          start = cut;
        }
        runs.add(run);
        run = new ArrayList<>();
      }
      run.add(new FileRange(file, start, file.bytes()));
      before += file.bytes();
    }
    runs.add(run);
    runs.removeIf(List::isEmpty);
    return runs;
  }

  /**
   * A number of runs of about the same bytes, or fewer. None shares a day with another, unless
   * there are fewer days than runs wanted.
   */
  static List<List<FileRange>> byDays(List<InputFile> files, int count) {
    List<List<FileRange>> days = new ArrayList<>();
    String day = null;
    for (var file : files) {
      var next = file.partition().path().split("/", 2)[0];
      if (!next.equals(day)) {
        days.add(new ArrayList<>());
        day = next;
      }
      days.get(days.size() - 1).add(FileRange.whole(file));
    }
    return days.size() >= count
        ? balanced(days, count)
        : balanced(files.stream().map(file -> List.of(FileRange.whole(file))).toList(), count);
  }

  /** Runs of a limited number of bytes; larger files are cut, smaller ones read together. */
  static List<List<FileRange>> upTo(List<InputFile> files, long most) {
    List<List<FileRange>> runs = new ArrayList<>();
    List<FileRange> run = new ArrayList<>();
    long runBytes = 0;
    for (var file : files) {
      long parts = isWhole(file) ? 1 : Math.max(1, (file.bytes() + most - 1) / most);
      for (long part = 0; part < parts; part++) {
        var range =
            new FileRange(
                file, share(file.bytes(), part, parts), share(file.bytes(), part + 1, parts));
        if (!run.isEmpty() && runBytes + range.bytes() > most) {
          runs.add(run);
          run = new ArrayList<>();
          runBytes = 0;
        }
        run.add(range);
        runBytes += range.bytes();
      }
    }
    if (!run.isEmpty()) {
      runs.add(run);
    }
    return runs;
  }

  /** For each run, the partitions that are in no other. */
  static List<Set<Partition>> wholePartitions(List<List<FileRange>> runs) {
    var runOf = new HashMap<Partition, Integer>();
    List<Set<Partition>> whole = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      whole.add(new HashSet<>());
      for (var range : runs.get(i)) {
        var partition = range.file().partition();
        int first = runOf.computeIfAbsent(partition, any -> whole.size() - 1);
        if (first == i) {
          whole.get(i).add(partition);
        } else {
          whole.get(first).remove(partition);
        }
      }
    }
    return whole;
  }

  private static boolean isWhole(InputFile file) {
    return file.partition().dataset().equals(Datasets.EVENTS_DAILY);
  }

  /** A number of runs of neighbours that are not cut, or fewer. */
  private static List<List<FileRange>> balanced(List<List<FileRange>> days, int most) {
    int count = Math.min(most, days.size());
    long all = days.stream().mapToLong(SplitPlan::bytes).sum();
    List<List<FileRange>> runs = new ArrayList<>();
    List<FileRange> run = new ArrayList<>();
    long before = 0;
    for (int i = 0; i < days.size(); i++) {
      long bytes = bytes(days.get(i));
      long middle = before + bytes / 2;
      int daysLeft = days.size() - i;
      boolean isFull = runs.size() < count - 1 && middle >= share(all, runs.size() + 1, count);
      boolean mustEnd = daysLeft <= count - runs.size() - 1;
      if (!run.isEmpty() && (isFull || mustEnd)) {
        runs.add(run);
        run = new ArrayList<>();
      }
      run.addAll(days.get(i));
      before += bytes;
    }
    if (!run.isEmpty()) {
      runs.add(run);
    }
    return runs;
  }

  private static long bytes(List<FileRange> ranges) {
    return ranges.stream().mapToLong(FileRange::bytes).sum();
  }

  /** Where the given part of a whole ends when it is cut into equal parts. */
  private static long share(long whole, long part, long parts) {
    return Math.multiplyExact(whole, part) / parts;
  }
}
