package org.clickmill.jobs.push;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Manifest.DataFile;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.push.SentRows.Share;

/** Sends the rows of partitions, or those that the topic does not hold as they are. */
final class PartitionPush {
  private static final Hasher128 HASHER = Hashing.murmur3_128();
  private static final SentRows NOTHING = new SentRows(Share.ALL, 0, share -> {});

  private final Warehouse warehouse;
  private final PushProducer producer;
  private final SentPartitions sent;
  private final RowJson json;
  private final RowValues values;
  private final PushStep.Listener steps;
  private long rows;
  private long tombstones;
  private long unchanged;
  private long bytes;

  PartitionPush(
      Warehouse warehouse,
      PushProducer producer,
      SentPartitions sent,
      RowJson json,
      RowValues values,
      PushStep.Listener steps) {
    this.warehouse = warehouse;
    this.producer = producer;
    this.sent = sent;
    this.json = json;
    this.values = values;
    this.steps = steps;
  }

  /**
   * Sends what the topic lacks, in the producer's transaction.
   *
   * @param isKnown whether the topic may hold rows of the partition
   * @param whole whether rows are sent that the topic holds as they are
   */
  void send(Manifest manifest, boolean isKnown, boolean whole)
      throws IOException, InterruptedException {
    rows = 0;
    tombstones = 0;
    unchanged = 0;
    bytes = 0;
    if (!isKnown) {
      sendRows(manifest, Share.ALL, NOTHING, true);
    } else {
      var shares = new ArrayDeque<Share>();
      sendShare(manifest, sent.take(manifest.where(), shares::push), whole);
      while (!shares.isEmpty()) {
        var held = sent.take(manifest.where(), shares.pop(), shares::push);
        sendShare(manifest, held, whole);
      }
    }
    long expected = DataFile.records(manifest.files());
    if (rows + unchanged != expected) {
      throw ClickmillException.failed(
          "Cannot push %s: %d of its %d rows were read; nothing of it is in the topic",
          warehouse.pathOf(manifest.where()), rows + unchanged, expected);
    }
    producer.flush();
    steps.at(PushStep.ALL_SENT);
  }

  long rows() {
    return rows;
  }

  long tombstones() {
    return tombstones;
  }

  long unchanged() {
    return unchanged;
  }

  long bytes() {
    return bytes;
  }

  private void sendShare(Manifest manifest, SentRows held, boolean whole) throws IOException {
    sendRows(manifest, held.share(), held, whole);
    sendTombstones(manifest, held);
  }

  private void sendRows(Manifest manifest, Share share, SentRows held, boolean whole)
      throws IOException {
    var day = manifest.where().day();
    byte[] dayText = PushHeaders.utf8(day.toString());
    var path = warehouse.pathOf(manifest.where());
    try (var reader = TableReader.open(warehouse.fileSystem(), path, warehouse.configuration())) {
      while (reader.next()) {
        byte[] key = json.key(reader, dayText);
        if (share.count() > 1 && !share.has(ByteBuffer.wrap(key))) {
          continue;
        }
        byte[] columns = json.columns(reader, dayText);
        byte[] hash = hash(columns);
        if (held.takeIfSame(key, hash) && !whole) {
          unchanged++;
          continue;
        }
        byte[] value = values.write(reader, manifest, columns);
        producer.send(key, value, headers(manifest, hash), day);
        rows++;
        bytes += key.length + value.length;
        steps.at(PushStep.SENT);
      }
    }
  }

  private void sendTombstones(Manifest manifest, SentRows held) {
    for (var key : held.left()) {
      producer.send(key.array(), null, headers(manifest, null), manifest.where().day());
      tombstones++;
      bytes += key.remaining();
      steps.at(PushStep.SENT);
    }
  }

  private static PushHeaders headers(Manifest manifest, byte[] hash) {
    return new PushHeaders(manifest.dataset(), manifest.partition(), manifest.version(), hash);
  }

  private static byte[] hash(byte[] columns) {
    HashValue128 hash = HASHER.hashBytesTo128Bits(columns);
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(hash.getMostSignificantBits())
        .putLong(hash.getLeastSignificantBits())
        .array();
  }
}
