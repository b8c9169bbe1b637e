package org.clickmill.jobs.load;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The first file of a partition on a broker's disk: batches, one behind the other. */
public final class LogSegment {
  /** In a batch, its length stands behind its first offset. */
  private static final int LENGTH_AT = 8;

  private static final int HEAD = 12;

  private final Path file;

  private LogSegment(Path file) {
    this.file = file;
  }

  /**
   * @param brokerFolder the folder that the broker was started in
   */
  public static LogSegment of(Path brokerFolder, String topic, int partition) {
    return new LogSegment(
        brokerFolder
            .resolve("data")
            .resolve(topic + "-" + partition)
            .resolve("00000000000000000000.log"));
  }

  /** How many batches are in it. */
  public int batches() throws IOException {
    try (var log = new RandomAccessFile(file.toFile(), "r")) {
      return ends(log).size();
    }
  }

  /** Flips a bit in the last record of a batch, as a disk does. */
  void flipABit(int batch) throws IOException {
    try (var log = new RandomAccessFile(file.toFile(), "rw")) {
      // The very last byte is the number of headers.
      long position = ends(log).get(batch) - 2;
      log.seek(position);
      int value = log.read();
      log.seek(position);
      log.write(value ^ 1);
    }
  }

  private static List<Long> ends(RandomAccessFile log) throws IOException {
    var ends = new ArrayList<Long>();
    long start = 0;
    while (start < log.length()) {
      log.seek(start + LENGTH_AT);
      start += HEAD + log.readInt();
      ends.add(start);
    }
    return ends;
  }
}
