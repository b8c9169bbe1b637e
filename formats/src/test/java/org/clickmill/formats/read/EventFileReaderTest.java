package org.clickmill.formats.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventFileReaderTest {
  @TempDir java.nio.file.Path folder;

  private final Configuration configuration = new Configuration(false);
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private FileSystem fileSystem;

  @BeforeEach
  void openFileSystem() throws IOException {
    fileSystem = FileSystem.getLocal(new Configuration()).getRawFileSystem();
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd", "deflate"})
  void hoursInAvroAreReadAsTheyWereWritten(String codec) throws IOException {
    configuration.set("clickmill.avro.codec", codec);
    configuration.set("clickmill.read.avro-batch-rows", "777");
    var events = RandomEvents.ofDay(RandomEvents.DAY, 5000, random);
    var file = RandomEvents.writeAvro(fileSystem, path("hour.avro"), events, configuration);
    assertThat(RandomEvents.read(fileSystem, file, configuration))
        .as("seed %d", seed)
        .containsExactlyElementsOf(events);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd", "snappy", "uncompressed"})
  void daysInParquetAreReadAsTheyWereWritten(String codec) throws IOException {
    configuration.set("clickmill.parquet.codec", codec);
    var events = RandomEvents.ofDay(RandomEvents.DAY, 50_000, random);
    var file = RandomEvents.writeParquet(fileSystem, path("day.parquet"), events, configuration);
    assertThat(RandomEvents.read(fileSystem, file, configuration))
        .as("seed %d", seed)
        .containsExactlyElementsOf(events);
  }

  @Test
  void fileWithoutEventsHasNone() throws IOException {
    var events = RandomEvents.ofDay(RandomEvents.DAY, 0, random);
    var day = RandomEvents.writeParquet(fileSystem, path("day.parquet"), events, configuration);
    var hour = RandomEvents.writeAvro(fileSystem, path("hour.avro"), events, configuration);
    assertThat(RandomEvents.read(fileSystem, day, configuration)).isEmpty();
    assertThat(RandomEvents.read(fileSystem, hour, configuration)).isEmpty();
  }

  private Path path(String name) {
    return new Path(folder.resolve(name).toUri());
  }
}
