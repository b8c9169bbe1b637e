package org.clickmill.jobs.live;

import com.github.luben.zstd.ZstdIOException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.clickmill.formats.table.EventRowDecoder;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.warehouse.Sensitivity;
import org.clickmill.formats.warehouse.SyncedFiles;
import org.clickmill.jobs.ingest.IngestSettings.Deduplicate;
import org.clickmill.jobs.live.LiveState.BucketFiles;
import org.clickmill.jobs.live.LiveState.Summary;

/** Merges new events into a bucket, drops duplicates, and counts the bucket again. */
final class BucketBuilder {
  private static final long EVENTS_A_PASS = 500_000;

  private final LiveFiles files;
  private final Deduplicate deduplicate;
  private final EventRowDecoder decoder = new EventRowDecoder(new Row(EventRows.SCHEMA));
  private long dropped;

  BucketBuilder(LiveFiles files, Deduplicate deduplicate) {
    this.files = files;
    this.deduplicate = deduplicate;
  }

  /** How many events were dropped so far. */
  long dropped() {
    return dropped;
  }

  /**
   * Builds a bucket.
   *
   * @param before its files; null if it has none yet
   * @param added keys in the form of a bucket's file
   */
  BucketFiles build(String day, int bucket, BucketFiles before, KeyStream added)
      throws IOException {
    var name = files.newFile(day, LiveFiles.ofBucket("events", bucket), ".keys");
    long events;
    var streams = new ArrayList<KeyStream>(List.of(added));
    if (before != null) {
      streams.add(KeyFile.open(files.fileSystem(), files.path(day, before.events())));
    }
    try (var merged = new KeyMerge(streams);
        var out = new KeyFile.Writer(files.fileSystem(), files.path(day, name))) {
      copyDistinct(merged, out);
      events = out.finish();
    }
    var rows = files.newFile(day, LiveFiles.ofBucket("rows", bucket), ".rows");
    return new BucketFiles(name, rows, count(day, name, rows, events));
  }

  private void copyDistinct(KeyStream keys, KeyFile.Writer out) throws IOException {
    byte[] previous = null;
    for (var key = keys.next(); key != null; key = keys.next()) {
      boolean repeats = previous != null && repeats(previous, key);
      if (key.length == EventPlace.HASH) {
        // From here on the id stands in an earlier bucket.
        previous = repeats ? previous : key;
        continue;
      }
      if (repeats) {
        dropped++;
      } else {
        out.write(key);
        previous = key;
      }
    }
  }

  private boolean repeats(byte[] previous, byte[] key) {
    return switch (deduplicate) {
      case EVENT_ID -> EventPlace.isSameHash(previous, key);
      case ROW -> isSameContent(previous, key);
      case NONE -> false;
    };
  }

  private boolean isSameContent(byte[] previous, byte[] key) {
    int length = decoder.decode(key, EventPlace.HASH);
    int before = decoder.decode(previous, EventPlace.HASH);
    return length == before
        && Arrays.equals(
            previous,
            EventPlace.HASH,
            EventPlace.HASH + length,
            key,
            EventPlace.HASH,
            EventPlace.HASH + length);
  }

  private Summary count(String day, String eventsName, String rowsName, long events)
      throws IOException {
    int passes = Math.toIntExact(1 + Math.max(0, events - 1) / EVENTS_A_PASS);
    var sum = new Summary(0, 0, 0, 0, 0, 0);
    try (var file =
            SyncedFiles.create(
                files.fileSystem(), files.path(day, rowsName), Sensitivity.PERSONAL);
        var out = new DataOutputStream(new BufferedOutputStream(KeyFile.compressed(file)))) {
      for (int pass = 0; pass < passes; pass++) {
        var count = new BucketCount(pass, passes);
        try (var keys = KeyFile.open(files.fileSystem(), files.path(day, eventsName))) {
          for (var key = keys.next(); key != null; key = keys.next()) {
            count.add(key);
          }
        }
        for (var product : count.sales()) {
          out.writeBoolean(true);
          product.write(out);
        }
        sum = plus(sum, count.summary());
      }
      out.writeBoolean(false);
    }
    return sum;
  }

  private static Summary plus(Summary a, Summary b) {
    return new Summary(
        a.events() + b.events(),
        a.views() + b.views(),
        a.visitors() + b.visitors(),
        a.carts() + b.carts(),
        a.orders() + b.orders(),
        Math.addExact(a.revenue(), b.revenue()));
  }

  /** Reads the rows of a bucket. */
  static void readRows(LiveFiles files, String day, BucketFiles bucket, RowSink sink)
      throws IOException {
    var path = files.path(day, bucket.rows());
    try (var file = files.fileSystem().open(path);
        var in = new DataInputStream(new BufferedInputStream(KeyFile.decompressed(file)))) {
      while (in.readBoolean()) {
        sink.take(ProductSales.read(in));
      }
      KeyFile.requireEnd(path, in);
    } catch (EOFException | ZstdIOException e) {
      throw KeyFile.damaged(path, e);
    }
  }

  /** Takes rows. */
  @FunctionalInterface
  interface RowSink {
    void take(ProductSales row) throws IOException;
  }
}
