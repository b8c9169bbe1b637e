package org.clickmill.formats.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.clickmill.formats.parquet.FileTableSchema;
import org.clickmill.formats.table.BatchRequest;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.table.TableSchema;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A damaged file ends as an error that names it, or was read right in spite of the damage. */
final class DamagedFilesTest {
  private static final int DAMAGES = 300;

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
  @ValueSource(strings = {"zstd", "snappy", "uncompressed"})
  void damageOfParquetIsFound(String codec) throws IOException {
    configuration.set("clickmill.parquet.codec", codec);
    configuration.set("clickmill.parquet.page-kb", "8");
    var events = RandomEvents.ofDay(RandomEvents.DAY, 3000, random);
    var file = RandomEvents.writeParquet(fileSystem, path("good.parquet"), events, configuration);
    checkDamages(java.nio.file.Path.of(file.path().substring(5)), events, "damaged.parquet");
  }

  @Test
  void damageOfAvroIsFound() throws IOException {
    var events = RandomEvents.ofDay(RandomEvents.DAY, 3000, random);
    var good = folder.resolve("good.avro");
    try (var writer = new DataFileWriter<Event>(new SpecificDatumWriter<>(Event.class))) {
      writer.setCodec(CodecFactory.zstandardCodec(3, true));
      writer.create(Event.getClassSchema(), good.toFile());
      for (var event : events) {
        writer.append(event);
      }
    }
    checkDamages(good, events, "damaged.avro");
  }

  private void checkDamages(java.nio.file.Path good, List<Event> events, String name)
      throws IOException {
    byte[] bytes = Files.readAllBytes(good);
    var damaged = folder.resolve(name);
    int errors = 0;
    for (int i = 0; i < DAMAGES; i++) {
      var damage = Damage.random(random, bytes.length);
      Files.write(damaged, damage.apply(bytes));
      long length = random.nextBoolean() ? Files.size(damaged) : bytes.length;
      var what = "seed " + seed + ", number " + i + ": " + damage;
      errors += readsOrFails(damaged, length, events, what) ? 0 : 1;
      Files.delete(damaged);
    }
    assertThat(errors).as("seed %d: errors", seed).isGreaterThan(DAMAGES / 2);
  }

  private boolean readsOrFails(
      java.nio.file.Path file, long length, List<Event> events, String what) {
    var input = RandomEvents.file(new Path(file.toUri()), length);
    try {
      var read =
          Assertions.assertTimeoutPreemptively(
              Duration.ofSeconds(30),
              () -> RandomEvents.read(fileSystem, input, configuration),
              what);
      assertThat(read).as(what).isEqualTo(events);
      return true;
    } catch (ClickmillException e) {
      assertThat(e.failure()).as(what).isEqualTo(Failure.FAILED);
      assertThat(e).as(what).hasMessageContaining(file.getFileName().toString());
      assertThat(e.getMessage()).as(what).startsWith("Cannot read ");
      return false;
    }
  }

  @Test
  void damagedParquetFilesOfOthersEndAsErrors() throws IOException {
    for (var file : corrupt("parquet")) {
      var path = new Path(file.toUri());
      endsAsErrorOr(
          path,
          () -> {
            try (var rows = TableReader.open(fileSystem, path, configuration)) {
              readAll(rows);
            }
          });
    }
  }

  /** Nested columns are refused at once; those beside them are read as far as they go. */
  @Test
  void plainColumnsOfDamagedParquetFilesOfOthersEndAsErrors() throws IOException {
    for (var file : corrupt("parquet")) {
      var input = RandomEvents.file(new Path(file.toUri()), Files.size(file));
      endsAsErrorOr(
          new Path(file.toUri()),
          () -> {
            for (var column : plainColumns(file)) {
              readColumn(input, FileTableSchema.of(new MessageType("plain", column)));
            }
          });
    }
  }

  @Test
  void damagedAvroFilesOfOthersEndAsErrors() throws IOException {
    for (var file : corrupt("avro")) {
      var input = RandomEvents.file(new Path(file.toUri()), Files.size(file));
      assertThatThrownBy(() -> RandomEvents.read(fileSystem, input, configuration))
          .isInstanceOf(ClickmillException.class)
          .hasMessageStartingWith("Cannot read " + input.path() + ": ");
    }
  }

  private static void readAll(TableReader rows) throws IOException {
    while (rows.next()) {
      rows.columns().forEach(column -> rows.value(column.name()));
    }
  }

  private void readColumn(InputFile input, TableSchema schema) throws IOException {
    var column = schema.columns().get(0);
    var request = BatchRequest.all(schema);
    try (var reader = BatchFiles.open(fileSystem, input, request, configuration)) {
      while (reader.next()) {
        if (column.type().isBytes()) {
          reader.batch().strings(column.name());
        } else if (column.type().isDouble()) {
          reader.batch().doubles(column.name());
        } else {
          reader.batch().longs(column.name());
        }
      }
    }
  }

  private static List<Type> plainColumns(java.nio.file.Path file) throws IOException {
    try (var reader = ParquetFileReader.open(new LocalInputFile(file))) {
      return reader.getFileMetaData().getSchema().getFields().stream()
          .filter(column -> column.isPrimitive() && !column.isRepetition(Type.Repetition.REPEATED))
          .toList();
    } catch (IOException | RuntimeException e) {
      return List.of();
    }
  }

  private static void endsAsErrorOr(Path path, Executable reading) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          try {
            reading.execute();
          } catch (ClickmillException e) {
            assertThat(e).hasMessageStartingWith("Cannot read " + path + ": ");
          }
        });
  }

  private static List<java.nio.file.Path> corrupt(String format) throws IOException {
    var shared = System.getProperty("clickmill.shared", "");
    var corrupt = java.nio.file.Path.of(shared, "data", "corrupt", format);
    assumeThat(Files.isDirectory(corrupt)).as("Missing folder: " + corrupt).isTrue();
    try (Stream<java.nio.file.Path> files = Files.list(corrupt)) {
      return new ArrayList<>(files.sorted().toList());
    }
  }

  private Path path(String name) {
    return new Path(folder.resolve(name).toUri());
  }

  /** Something that happens to the bytes of a file. */
  private record Damage(String kind, int at, int length, int value) {
    static Damage random(Random random, int size) {
      String[] kinds = {
        "flip bit", "flip bit", "set byte", "set byte", "zero", "cut", "drop", "end"
      };
      var kind = kinds[random.nextInt(kinds.length)];
      // Footers and headers are small, but everything depends on them.
      int near = Math.min(size, 6000);
      int at =
          switch (random.nextInt(3)) {
            case 0 -> random.nextInt(size);
            case 1 -> size - 1 - random.nextInt(near);
            default -> random.nextInt(near);
          };
      return new Damage(kind, at, random.nextInt(1, 100), random.nextInt(256));
    }

    byte[] apply(byte[] good) {
      byte[] bytes = good.clone();
      int end = Math.min(bytes.length, at + length);
      switch (kind) {
        case "flip bit" -> bytes[at] ^= (byte) (1 << (value & 7));
        case "set byte" -> bytes[at] = (byte) value;
        case "zero" -> Arrays.fill(bytes, at, end, (byte) 0);
        case "cut" -> bytes = Arrays.copyOf(bytes, at);
        case "drop" -> {
          System.arraycopy(good, end, bytes, at, good.length - end);
          bytes = Arrays.copyOf(bytes, good.length - (end - at));
        }
        default -> bytes = Arrays.copyOf(bytes, bytes.length + length);
      }
      return bytes;
    }
  }
}
