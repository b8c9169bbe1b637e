package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.clickmill.jobs.load.LogSegment;
import org.clickmill.jobs.load.Topics;
import org.clickmill.testdata.kafka.KafkaBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What waits in Kafka, in batches of any size, is loaded with little memory. {@code
 * clickmill.test.backlog} says how many records there are in each partition.
 */
final class BacklogIT {
  private static final int RECORDS = Integer.getInteger("clickmill.test.backlog", 500_000);
  private static final Instant DAY = Instant.parse("2019-10-01T00:00:00Z");
  private static final int RECORDS_A_BATCH = 100;
  private static final int MOST_BYTES_A_RECORD = 128;
  private static final int TINY = 10_000;

  @TempDir Path folder;

  @Test
  void backlogOfTinyBatchesAndOfOneHugeOneIsLoadedWithLittleMemory() throws Exception {
    var brokerFolder = folder.resolve("kafka");
    int huge = RECORDS * MOST_BYTES_A_RECORD;
    try (var broker =
            KafkaBroker.start(Path.of(System.getProperty("clickmill.kafka")), brokerFolder);
        var topics = new Topics(broker.bootstrapServers());
        var jar = new JobJar(folder.resolve("processes"), List.of("-Xmx256m"))) {
      topics.create(
          "shop", 2, Map.of("max.message.bytes", "" + huge, "segment.bytes", "1073741824"));
      topics.sendInBatches("shop", 0, times(), TINY, "none");
      topics.sendInBatches("shop", 1, times(), huge, "lz4");
      assertThat(LogSegment.of(brokerFolder, "shop", 0).batches())
          .isBetween(RECORDS / RECORDS_A_BATCH, 2 * RECORDS / RECORDS_A_BATCH);
      assertThat(LogSegment.of(brokerFolder, "shop", 1).batches()).isOne();
      var load =
          jar.embedded(
                  "load",
                  "--bootstrap-servers=" + broker.bootstrapServers(),
                  "--topic=shop",
                  "--mapping=clickmill",
                  "--start=earliest",
                  "--as-of=2019-10-02T00:10:00Z",
                  "--warehouse=" + folder.resolve("warehouse"))
              .succeed();
      assertThat(load.out())
          .startsWith(
              String.format(
                  Locale.ROOT,
                  "Commit 1: %,d records = %,d events + 0 late + 0 rejected ",
                  2 * RECORDS,
                  2 * RECORDS))
          .contains("24 hours sealed");
    }
  }

  /** All hours of a day at a time. */
  private static Stream<Instant> times() {
    return IntStream.range(0, RECORDS).mapToObj(i -> DAY.plusSeconds(i * 1801L % 86_400));
  }
}
