package org.clickmill.formats.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A partition that exists all the time is seen by every reading, whatever is published meanwhile.
 */
class ListingTest {
  private static final Partition DAY = Partition.ofDay("sales", LocalDate.of(2019, 10, 1));
  private static final Partition HOUR = Partition.ofHour("events", LocalDate.of(2019, 10, 1), 7);
  private static final int LONGEST_GAP = 9;

  @TempDir java.nio.file.Path folder;
  private final Configuration configuration = new Configuration();
  private Path root;
  private Warehouse warehouse;
  private int rounds;

  /** Whether a reading lists the dataset or asks for the partition. */
  private record Reading(Partition partition, boolean lists) {
    int revision(Warehouse warehouse) throws IOException {
      Map<Partition, Manifest> found =
          lists
              ? warehouse.manifests(partition.dataset(), null, null)
              : warehouse.manifest(partition).map(one -> Map.of(partition, one)).orElse(Map.of());
      return found.containsKey(partition) ? found.get(partition).revision() : 0;
    }
  }

  static Stream<Reading> readings() {
    return Stream.of(DAY, HOUR)
        .flatMap(
            partition -> Stream.of(new Reading(partition, true), new Reading(partition, false)));
  }

  @BeforeEach
  void newWarehouse() throws IOException {
    // Syncing changes nothing that another process could see.
    WarehouseSettings.SYNC.set(configuration, "false");
    rounds++;
    root = new Path(folder.resolve("mill-" + rounds).toUri());
    warehouse = Warehouse.openOrCreate(root, configuration);
  }

  private static Publication publish(Warehouse warehouse, Partition partition, int base, String row)
      throws IOException {
    var runId = "run-" + (base + 1);
    var staged = new Staging(warehouse, runId).stageOn(base, partition, row);
    return new Publisher(warehouse, runId).publish(staged);
  }

  /**
   * A writer is at any of its steps while the reader makes one call, and is done before the next.
   */
  @ParameterizedTest
  @MethodSource("readings")
  void partitionThatIsPublishedBehindTheReaderIsSeen(Reading reading) throws Exception {
    for (var row : new String[] {"new", "old"}) {
      boolean readerPaused = true;
      for (int readerAt = 1; readerPaused; readerAt++) {
        boolean writerPaused = true;
        for (int writerAt = 1; writerPaused; writerAt++) {
          newWarehouse();
          publish(warehouse, reading.partition(), 0, "old");
          var reader = PausedRun.start(configuration, root, readerAt, reading::revision);
          readerPaused = reader.isPaused();
          var writer =
              PausedRun.startPausedAtChange(
                  configuration,
                  root,
                  writerAt,
                  mill -> publish(mill, reading.partition(), 1, row));
          writerPaused = writer.isPaused();
          reader.advance(1);
          writer.finish().join();

          assertThat(reader.finish().join())
              .as("%s at %d, writer of %s at %d", reading, readerAt, row, writerAt)
              .isBetween(1, 2);
          assertThat(reading.revision(warehouse)).isEqualTo(2);
        }
      }
    }
  }

  /** The reader looks twice, each time while another writer is between its two moves. */
  @ParameterizedTest
  @MethodSource("readings")
  void partitionThatIsReplacedTwiceBehindTheReaderIsSeen(Reading reading) throws Exception {
    boolean readerPaused = true;
    for (int readerAt = 1; readerPaused; readerAt++) {
      for (int gap = 0; gap < LONGEST_GAP; gap++) {
        newWarehouse();
        var partition = reading.partition();
        publish(warehouse, partition, 0, "old");
        var reader = PausedRun.start(configuration, root, readerAt, reading::revision);
        readerPaused = reader.isPaused();
        replaceWhileReading(reader, partition, 1);
        if (gap > 0) {
          reader.advance(gap);
        }
        replaceWhileReading(reader, partition, 2);

        assertThat(reader.finish().join())
            .as("%s at %d, and %d calls later", reading, readerAt, gap)
            .isBetween(1, 3);
      }
    }
  }

  private void replaceWhileReading(PausedRun<Integer> reader, Partition partition, int base)
      throws Exception {
    var writer =
        PausedRun.startPausedBetweenMoves(
            configuration, root, partition, mill -> publish(mill, partition, base, "row " + base));
    reader.advance(1);
    writer.finish().join();
  }
}
