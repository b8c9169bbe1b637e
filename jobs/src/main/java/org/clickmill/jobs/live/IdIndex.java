package org.clickmill.jobs.live;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.clickmill.jobs.kernel.AllClosed;
import org.clickmill.jobs.live.LiveState.IdRun;

/**
 * In which bucket of a day each event_id stands: runs of hashes and buckets, sorted by hash. Of an
 * id that several runs have, the earliest bucket counts, since an id never moves to a later one.
 */
final class IdIndex implements Closeable {
  /** With more runs, small ones are merged, so that most ids are copied a few times only. */
  private static final int MOST_RUNS = 6;

  private final LiveFiles files;
  private final String day;
  private final List<IdRun> runs;
  private final List<IdRunReader> readers = new ArrayList<>();
  private IdRunWriter out;
  private String name;

  /**
   * @param day as {@code dt=2019-10-01}
   * @param runs of the day
   */
  IdIndex(LiveFiles files, String day, List<IdRun> runs) throws IOException {
    this.files = files;
    this.day = day;
    this.runs = List.copyOf(runs);
    for (var run : runs) {
      readers.add(new IdRunReader(files.fileSystem(), files.path(day, run.name()), run.ids()));
    }
  }

  /**
   * The bucket in which an id stands, or -1. Ids are to be asked for in the order of their hashes.
   */
  int find(long high, long low) throws IOException {
    int found = -1;
    for (var reader : readers) {
      int bucket = reader.find(high, low);
      if (bucket >= 0 && (found < 0 || bucket < found)) {
        found = bucket;
      }
    }
    return found;
  }

  /** Says that an id, which comes behind those added before, stands in a bucket. */
  void add(long high, long low, int bucket) throws IOException {
    if (out == null) {
      open();
    }
    out.write(high, low, bucket);
  }

  private void open() throws IOException {
    name = files.newFile(day, "ids", ".ids");
    out = new IdRunWriter(files.fileSystem(), files.path(day, name));
  }

  private IdRun finish() throws IOException {
    var run = new IdRun(name, out.finish());
    out = null;
    return run;
  }

  /** All runs with the ids that were added, no more than a few. */
  List<IdRun> runs() throws IOException {
    var all = new ArrayList<>(runs);
    if (out != null) {
      all.add(finish());
    }
    if (all.size() <= MOST_RUNS) {
      return all;
    }
    all.sort(Comparator.comparingLong(IdRun::ids));
    int merged = 0;
    long sum = 0;
    while (merged < all.size() && (merged < 2 || all.get(merged).ids() <= 2 * sum)) {
      sum += all.get(merged).ids();
      merged++;
    }
    var small = List.copyOf(all.subList(0, merged));
    all.subList(0, merged).clear();
    all.add(merge(small));
    return all;
  }

  private IdRun merge(List<IdRun> small) throws IOException {
    var sources = new ArrayList<IdRunReader>();
    try {
      for (var run : small) {
        sources.add(new IdRunReader(files.fileSystem(), files.path(day, run.name()), run.ids()));
      }
      open();
      for (var source : sources) {
        source.start();
      }
      while (true) {
        IdRunReader least = null;
        for (var source : sources) {
          if (!source.isOver() && (least == null || source.compare(least) < 0)) {
            least = source;
          }
        }
        if (least == null) {
          return finish();
        }
        long high = least.high();
        long low = least.low();
        int bucket = least.bucket();
        for (var source : sources) {
          if (!source.isOver() && source.high() == high && source.low() == low) {
            bucket = Math.min(bucket, source.bucket());
            source.advance();
          }
        }
        out.write(high, low, bucket);
      }
    } finally {
      AllClosed.close(sources);
    }
  }

  @Override
  public void close() throws IOException {
    var all = new ArrayList<Closeable>(readers);
    if (out != null) {
      all.add(out);
    }
    AllClosed.close(all);
  }
}
