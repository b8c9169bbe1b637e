package org.clickmill.jobs.push;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.push.SentRows.Share;

/**
 * What a topic holds of the partitions that are pushed. The topic is read for as many of them at a
 * time as fit into memory together, in their order, not once for each; what was read stays true
 * while nothing else is sent of them, as each transaction sends the records of one partition.
 */
final class SentPartitions {
  private final Reader reader;
  private final TreeSet<String> wanted;
  private final int limit;
  private final TreeMap<String, Held> held = new TreeMap<>();
  private int keys;

  /** Reads the topic. */
  @FunctionalInterface
  interface Reader {
    /** Gives all records of the table's partitions from a day on, and maybe of older ones. */
    void read(LocalDate from, SentRecords.Handler handler) throws InterruptedException;
  }

  /**
   * What was read of a partition.
   *
   * @param later shares of its keys for which there was no room
   */
  private record Held(SentRows rows, List<Share> later) {
    static Held nothing(int limit) {
      var later = new ArrayList<Share>();
      return new Held(new SentRows(Share.ALL, limit, later::add), later);
    }
  }

  /**
   * @param wanted the paths of the partitions that will be asked for, in this order
   * @param limit how many keys to hold
   */
  SentPartitions(Reader reader, Collection<String> wanted, int limit) {
    this.reader = reader;
    this.wanted = new TreeSet<>(wanted);
    this.limit = limit;
  }

  /** What the topic holds of a partition; reads it anew if it is asked for again. */
  HeldRows of(Partition partition) {
    return (share, later) ->
        share.count() == 1 ? take(partition, later) : take(partition, share, later);
  }

  SentRows take(Partition partition, Consumer<Share> later) throws InterruptedException {
    if (!held.containsKey(partition.path())) {
      readFrom(partition);
    }
    var taken = held.remove(partition.path());
    taken.later().forEach(later);
    return taken.rows();
  }

  SentRows take(Partition partition, Share share, Consumer<Share> later)
      throws InterruptedException {
    // There is no room for both.
    held.clear();
    var rows = new SentRows(share, limit, later);
    reader.read(
        partition.day(),
        (path, key, row) -> {
          if (path.equals(partition.path())) {
            rows.put(key, row);
          }
        });
    return rows;
  }

  private void readFrom(Partition first) throws InterruptedException {
    held.clear();
    keys = 0;
    wanted.tailSet(first.path(), false).forEach(path -> held.put(path, Held.nothing(limit)));
    held.put(first.path(), Held.nothing(limit));
    reader.read(first.day(), this::put);
  }

  private void put(String path, byte[] key, byte[] row) {
    var target = held.get(path);
    if (target == null) {
      return;
    }
    keys -= target.rows().size();
    target.rows().put(key, row);
    keys += target.rows().size();
    while (keys > limit && held.size() > 1) {
      // It is asked for last, and read then.
      keys -= held.pollLastEntry().getValue().rows().size();
    }
  }
}
