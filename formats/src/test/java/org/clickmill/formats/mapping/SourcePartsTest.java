package org.clickmill.formats.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts that cover a file have each of its records once, with the same places and reasons. */
final class SourcePartsTest {
  private static final Mapping MAPPING =
      Mapping.parse("fields: {event_time: t, event_type: e, user_id: u}", "x");

  @TempDir private Path folder;

  private final Configuration configuration = new Configuration(false);
  private final long seed = Long.getLong("clickmill.test.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void partsOfCsvHaveEachLineOnce() throws IOException {
    for (int round = 0; round < 30; round++) {
      var ends = random.nextBoolean() ? "\n" : "\r\n";
      var text = new StringBuilder(random.nextBoolean() ? "\uFEFF" : "");
      text.append(random.nextInt(3) == 0 ? ends : "").append("t,e,u").append(ends);
      int lines = random.nextInt(300);
      for (int i = 0; i < lines; i++) {
        text.append(random.nextInt(9) == 0 ? ends : "")
            .append(random.nextInt(9) == 0 ? "bad" : "2019-10-01")
            .append(",view,\"ü")
            .append(i)
            .append("\"")
            .append(i == lines - 1 && random.nextBoolean() ? "" : ends);
      }
      check("csv", text.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void partsOfCsvWithLinesThatAreTooLongHaveEachOnce() throws IOException {
    MappingSettings.MAX_RECORD_KB.set(configuration, "1");
    for (int round = 0; round < 10; round++) {
      var text = new StringBuilder("t,e,u\n");
      for (int i = 0; i < 10; i++) {
        text.append("2019-10-01,view,")
            .append("x".repeat(random.nextInt(3) == 0 ? random.nextInt(600_000) : 5))
            .append('\n');
      }
      check("csv", text.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void partsOfJsonHaveEachLineOnce() throws IOException {
    var text = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      text.append("{\"t\": \"2019-10-01\", \"e\": \"view\", \"u\": \"" + i + "\"}\n");
    }
    check("jsonl", text.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void partsOfAvroHaveEachRecordOnce() throws IOException {
    var schema =
        SchemaBuilder.record("r")
            .fields()
            .requiredString("t")
            .requiredString("e")
            .requiredString("u")
            .endRecord();
    var out = new ByteArrayOutputStream();
    try (var writer = new DataFileWriter<GenericData.Record>(new GenericDatumWriter<>(schema))) {
      writer.setSyncInterval(500).create(schema, out);
      for (int i = 0; i < 1000; i++) {
        writer.append(
            new GenericRecordBuilder(schema)
                .set("t", random.nextInt(9) == 0 ? "bad" : "2019-10-01")
                .set("e", "view")
                .set("u", "u" + i)
                .build());
      }
    }
    check("avro", out.toByteArray());
  }

  @Test
  void partsOfParquetHaveEachRowOnce() throws IOException {
    var schema =
        MessageTypeParser.parseMessageType(
            "message m {required binary t (STRING); required binary e (STRING);"
                + " required binary u (STRING);}");
    var file = folder.resolve("events.parquet");
    try (var writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
            .withConf(configuration)
            .withType(schema)
            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
            .withRowGroupSize(2_000L)
            .withMinRowCountForPageSizeCheck(10)
            .build()) {
      var groups = new SimpleGroupFactory(schema);
      for (int i = 0; i < 5_000; i++) {
        var row = groups.newGroup().append("t", random.nextInt(9) == 0 ? "bad" : "2019-10-01");
        writer.write(row.append("e", "view").append("u", "user " + random.nextLong()));
      }
    }
    check("parquet", Files.readAllBytes(file));
  }

  /** Cuts the file at random, often close to other cuts. */
  private void check(String extension, byte[] bytes) throws IOException {
    var file = Reading.write(folder, "events." + extension, bytes);
    var whole = new ArrayList<String>();
    read(file, 0, Long.MAX_VALUE, whole);
    for (int round = 0; round < 5; round++) {
      var cuts = new TreeSet<Long>();
      for (int i = random.nextInt(20); i > 0; i--) {
        long cut = random.nextInt(bytes.length + 1);
        cuts.add(cut);
        cuts.add(Math.min(bytes.length, cut + random.nextInt(4)));
      }
      var parts = new ArrayList<String>();
      long start = 0;
      for (long cut : cuts) {
        read(file, start, cut, parts);
        start = cut;
      }
      read(file, start, bytes.length, parts);
      assertThat(parts).as("%s cut at %s, seed %d", extension, cuts, seed).isEqualTo(whole);
    }
  }

  private void read(Path file, long start, long end, List<String> records) throws IOException {
    var whole = Reading.whole(Reading.fileSystem(configuration), file);
    var part = new SourcePart(whole.fileSystem(), whole.path(), whole.identity(), start, end);
    try (var reader = SourceReader.open(part, MAPPING, configuration)) {
      while (reader.next()) {
        var event = reader.event();
        records.add(
            event == null
                ? reader.reject().getReason() + " " + hash(reader.reject().getRaw())
                : event.getSourceOffset() + " " + event.getUserId());
      }
    }
  }

  private static String hash(ByteBuffer raw) {
    return String.format(Locale.ROOT, "%08x", raw.hashCode());
  }
}
