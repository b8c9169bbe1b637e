package org.clickmill.formats.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageTypeParser;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever happens to a file, reading it ends with events and rejects or with one clear error that
 * names it.
 */
class DamagedFilesTest {
  private static final int ROWS = 300;
  private static final int DAMAGES = Integer.getInteger("clickmill.test.damages", 100);
  private static final Mapping MAPPING = Mapping.named("clickmill");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"events.csv", "events.json", "events.csv.gz", "events.json.gz", "events.csv.zst"})
  void damagedTextEndsClearly(String name) throws IOException {
    var text = name.contains("csv") ? csv() : json();
    byte[] whole = text.getBytes(StandardCharsets.UTF_8);
    damage(name, name.endsWith(".gz") ? gzip(whole) : name.endsWith(".zst") ? zstd(whole) : whole);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "snappy", "zstandard", "bzip2"})
  void damagedAvroEndsClearly(String codec) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var writer = new DataFileWriter<Event>(new SpecificDatumWriter<>(Event.class))) {
      writer.setCodec(CodecFactory.fromString(codec)).setSyncInterval(2_000);
      writer.create(Event.getClassSchema(), bytes);
      for (int i = 0; i < ROWS; i++) {
        writer.append(event(i));
      }
    }
    damage("events.avro", bytes.toByteArray());
  }

  @ParameterizedTest
  @EnumSource(WriterVersion.class)
  void damagedParquetEndsClearly(WriterVersion version) throws IOException {
    for (var codec :
        new CompressionCodecName[] {
          CompressionCodecName.UNCOMPRESSED,
          CompressionCodecName.SNAPPY,
          CompressionCodecName.ZSTD,
          CompressionCodecName.GZIP
        }) {
      damage("events.parquet", parquet(version, codec));
    }
  }

  @Test
  void filesThatOthersDamagedEndClearly() throws IOException {
    for (var kind : new String[] {"parquet", "avro"}) {
      try (var files = Files.list(SharedData.require("corrupt/" + kind))) {
        for (var file : files.sorted().toList()) {
          // Every column of the file is asked for, so that every damage is met.
          readEveryColumn(file);
        }
      }
    }
  }

  private void readEveryColumn(Path file) {
    var columns = new ArrayList<String>();
    try (var reader = ParquetFileReader.open(new LocalInputFile(file))) {
      reader
          .getFileMetaData()
          .getSchema()
          .getColumns()
          .forEach(column -> columns.add(String.join(".", column.getPath())));
    } catch (IOException | RuntimeException e) {
      columns.add("x");
    }
    for (var column : columns) {
      read(
          file,
          Mapping.parse(
              "fields: {event_time: {constant: 2019-10-01}, event_type: {constant: view}, brand: '"
                  + column
                  + "'}",
              "every"),
          file + ", column " + column);
    }
  }

  private void damage(String name, byte[] whole) {
    assertThat(Reading.ofBytes(folder, name, whole, MAPPING).events()).hasSize(ROWS);
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < DAMAGES; i++) {
      byte[] damaged = whole.clone();
      int kind = random.nextInt(4);
      if (kind == 0) {
        damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
      } else if (kind == 1) {
        int from = random.nextInt(damaged.length);
        Arrays.fill(
            damaged,
            from,
            Math.min(damaged.length, from + 1 + random.nextInt(16)),
            (byte) (random.nextBoolean() ? 0xff : 0x7f));
      } else {
        // Headers and footers are small; half of the damage goes there.
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
          int at =
              switch (random.nextInt(4)) {
                case 0 -> random.nextInt(Math.min(damaged.length, 600));
                case 1 -> damaged.length - 1 - random.nextInt(Math.min(damaged.length, 1_500));
                default -> random.nextInt(damaged.length);
              };
          damaged[at] ^= (byte) (1 << random.nextInt(8));
        }
      }
      read(
          Reading.write(folder, name, damaged),
          MAPPING,
          name + ", damage " + i + " of kind " + kind + ", seed " + seed);
    }
  }

  private static void read(Path file, Mapping mapping, String description) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          try {
            Reading.of(file, mapping, new Configuration(false));
          } catch (ClickmillException e) {
            assertThat(e.getMessage()).as(description).contains(file.getFileName().toString());
          } catch (RuntimeException | Error e) {
            fail(description, e);
          }
        },
        description);
  }

  private static String csv() {
    var text = new StringBuilder("event_time,event_type,product_id,brand,price,quantity\n");
    for (int i = 0; i < ROWS; i++) {
      text.append(Instant.ofEpochMilli(1_569_888_000_000L + i * 1000L))
          .append(",view,p")
          .append(i % 50)
          .append(",\"Müller, \"\"x\"\"\",")
          .append(i)
          .append(".25,1\n");
    }
    return text.toString();
  }

  private static String json() {
    var text = new StringBuilder();
    for (int i = 0; i < ROWS; i++) {
      text.append("{\"event_time\": ")
          .append(1_569_888_000_000L + i)
          .append(", \"event_type\": \"view\", \"product_id\": \"p")
          .append(i % 50)
          .append("\", \"other\": {\"a\": [1, \"\\u00fc\"]}, \"price\": 1.5}\n");
    }
    return text.toString();
  }

  private static Event event(int i) {
    var event = new Event();
    event.setEventTime(Instant.ofEpochMilli(1_569_888_000_000L + i));
    event.setEventType(new Utf8("view"));
    event.setProductId(new Utf8("p" + i % 50));
    event.setPrice(Money.toAvro(i * 100L));
    event.setQuantity(1);
    event.setUserId(i % 3 == 0 ? null : new Utf8("u" + i));
    return event;
  }

  private byte[] parquet(WriterVersion version, CompressionCodecName codec) throws IOException {
    var schema =
        MessageTypeParser.parseMessageType(
            """
            message event {
              required int64 event_time (TIMESTAMP(MILLIS,true));
              required binary event_type (UTF8);
              optional binary product_id (UTF8);
              optional int64 price (DECIMAL(18,4));
              required int32 quantity;
              optional binary user_id (UTF8);
              optional boolean brand;
            }
            """);
    var file = folder.resolve("whole-" + version + codec + ".parquet");
    try (var writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withType(schema)
            .withWriterVersion(version)
            .withCompressionCodec(codec)
            .withPageSize(1_000)
            .withDictionaryPageSize(500)
            // Without checksums the decoders see the damage.
            .withPageWriteChecksumEnabled(false)
            .build()) {
      for (int i = 0; i < ROWS; i++) {
        var group =
            new SimpleGroup(schema)
                .append("event_time", 1_569_888_000_000L + i)
                .append("event_type", "view")
                .append("price", i * 100L)
                .append("quantity", 1)
                .append("brand", i % 2 == 0);
        if (i % 5 != 0) {
          group.append("product_id", "p" + i % 50);
        }
        if (i % 3 != 0) {
          group.append("user_id", "user-" + i * 7_919);
        }
        writer.write(group);
      }
    }
    return Files.readAllBytes(file);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static byte[] zstd(byte[] bytes) {
    return Zstd.compress(bytes);
  }
}
