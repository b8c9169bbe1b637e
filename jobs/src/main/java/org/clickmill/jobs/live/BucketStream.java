package org.clickmill.jobs.live;

import java.io.IOException;

/** Placed events, bucket by bucket: within a bucket as keys of its file. */
final class BucketStream implements KeyStream {
  private final KeyStream placed;
  private byte[] current;
  private byte[] ahead;
  private boolean isBegun;

  BucketStream(KeyStream placed) {
    this.placed = placed;
  }

  /** Goes to the next bucket; the one before has to be read to its end. */
  boolean nextBucket() throws IOException {
    if (!isBegun) {
      isBegun = true;
      ahead = placed.next();
    }
    current = ahead;
    return current != null;
  }

  /** The day of the bucket, since the epoch. */
  int day() {
    return EventPlace.dayOf(current);
  }

  int bucket() {
    return EventPlace.bucketOfPlaced(current);
  }

  @Override
  public byte[] next() throws IOException {
    if (ahead == null || !EventPlace.isSameBucket(current, ahead)) {
      return null;
    }
    var key = EventPlace.inBucket(ahead);
    ahead = placed.next();
    return key;
  }

  @Override
  public void close() throws IOException {
    placed.close();
  }
}
