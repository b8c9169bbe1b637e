package org.clickmill.jobs.push;

import java.io.IOException;
import java.util.ArrayDeque;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Manifest.DataFile;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.push.SentRows.Share;

/** Sends the rows of partitions, or those that the topic does not hold as they are. */
final class PartitionPush {
  private final Warehouse warehouse;
  private final PushProducer producer;
  private final RowScan scan;
  private final RowValues values;
  private final PushStep.Listener steps;
  private long rows;
  private long tombstones;
  private long unchanged;
  private long bytes;

  PartitionPush(
      Warehouse warehouse,
      PushProducer producer,
      RowScan scan,
      RowValues values,
      PushStep.Listener steps) {
    this.warehouse = warehouse;
    this.producer = producer;
    this.scan = scan;
    this.values = values;
    this.steps = steps;
  }

  /**
   * Sends what the topic lacks, in the producer's transaction.
   *
   * @param files the rows that it may lack
   * @param held what it holds of these and of rows that are gone
   * @param whole whether rows are sent that the topic holds as they are
   */
  void send(Manifest manifest, VersionFiles files, HeldRows held, boolean whole)
      throws IOException, InterruptedException {
    rows = 0;
    tombstones = 0;
    unchanged = 0;
    bytes = 0;
    var shares = new ArrayDeque<Share>();
    shares.push(Share.ALL);
    while (!shares.isEmpty()) {
      sendShare(manifest, files, held.take(shares.pop(), shares::push), whole);
    }
    if (rows + unchanged != files.rows()) {
      throw ClickmillException.failed(
          "Cannot push %s: %d of its %d rows were read; nothing of it is in the topic",
          warehouse.pathOf(manifest.where()), rows + unchanged, files.rows());
    }
    unchanged += DataFile.records(manifest.files()) - files.rows();
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

  private void sendShare(Manifest manifest, VersionFiles files, SentRows held, boolean whole)
      throws IOException {
    var day = manifest.where().day();
    long unwanted =
        scan.scan(
            files,
            day,
            held.share(),
            (row, key, columns, hash) -> {
              if (held.takeIfSame(key, hash) && !whole) {
                unchanged++;
                return;
              }
              byte[] value = values.write(row, manifest, columns);
              producer.send(key, value, headers(manifest, hash), day);
              rows++;
              bytes += key.length + value.length;
              steps.at(PushStep.SENT);
            });
    if (held.share().index() == 0) {
      // Each share meets them; this one there always is.
      unchanged += unwanted;
    }
    sendTombstones(manifest, held);
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
}
