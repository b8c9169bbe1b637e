package org.clickmill.testdata.generate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GenerateFilesTest {
  private static final GeneratorOptions OPTIONS =
      new GeneratorOptions(42, 20_000, LocalDate.of(2019, 10, 30), 3);
  private static final String HEADER =
      "event_time,event_type,product_id,category_id,category_code,brand,price,user_id,"
          + "user_session";

  @TempDir Path folder;

  @Test
  void rowsAreTheSameOnEveryMachine() throws IOException, NoSuchAlgorithmException {
    run(FileFormat.CSV, FilePer.ALL, false);
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(Files.readAllBytes(folder.resolve("events.csv")));
    assertThat(HexFormat.of().formatHex(digest))
        .isEqualTo("972487a880ce88ecc714d1ffa5d717ec740cc9cfe719da793e73b2feeb976cd3");
  }

  @Test
  void csvLooksLikeThePublicFiles() throws IOException {
    run(FileFormat.CSV, FilePer.ALL, false);
    var lines = Files.readAllLines(folder.resolve("events.csv"), UTF_8);
    assertThat(lines.get(0)).isEqualTo(HEADER);
    assertThat(lines).hasSize(20_001);
    assertThat(lines.subList(1, lines.size()))
        .allMatch(
            line ->
                line.matches(
                    "2019-1\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC,"
                        + "(view|cart|remove_from_cart|purchase),\\d+,(\\d{19})?,[a-z._]*,"
                        + "[a-z. -]*,-?\\d+\\.\\d\\d,\\d+,([0-9a-f]{8}(-[0-9a-f]{4}){3}"
                        + "-[0-9a-f]{12})?"));
  }

  @Test
  void allFormatsHoldTheSameEvents() throws IOException {
    for (var format : FileFormat.values()) {
      run(format, FilePer.ALL, false);
    }
    var expected = events();
    assertThat(csvEvents("events.csv")).isEqualTo(expected);
    assertThat(jsonEvents("events.json")).isEqualTo(expected);
    assertThat(avroEvents("events.avro")).isEqualTo(expected);
    assertThat(parquetEvents("events.parquet")).isEqualTo(expected);
  }

  @Test
  void filesPerDayHoldTheirDay() throws IOException {
    run(FileFormat.CSV, FilePer.DAY, false);
    assertThat(names()).containsExactly("2019-10-30.csv", "2019-10-31.csv", "2019-11-01.csv");
    assertFilesHoldWhatTheirNamesSay(name -> name.substring(0, 10));
  }

  @Test
  void filesPerHourHoldTheirHour() throws IOException {
    run(FileFormat.CSV, FilePer.HOUR, false);
    assertThat(names()).hasSize(72).startsWith("2019-10-30-00.csv").endsWith("2019-11-01-23.csv");
    assertFilesHoldWhatTheirNamesSay(
        name -> name.substring(0, 10) + " " + name.substring(11, 13) + ":");
  }

  @Test
  void hoursWithoutEventsHaveNoFile() throws IOException {
    var few = new GeneratorOptions(1, 3, LocalDate.of(2019, 10, 1), 10);
    long events =
        new GenerateFiles(new Configuration(), FileFormat.JSON, FilePer.HOUR, false)
            .run(few, hadoop(folder), written -> {});
    assertThat(events).isEqualTo(3);
    assertThat(names()).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void gzipHoldsTheSameLines() throws IOException {
    run(FileFormat.CSV, FilePer.ALL, false);
    run(FileFormat.CSV, FilePer.ALL, true);
    try (var unzipped =
        new GZIPInputStream(Files.newInputStream(folder.resolve("events.csv.gz")))) {
      assertThat(unzipped).hasSameContentAs(Files.newInputStream(folder.resolve("events.csv")));
    }
  }

  @Test
  void gzipOfAvroIsRefused() {
    assertThatThrownBy(
            () -> new GenerateFiles(new Configuration(), FileFormat.AVRO, FilePer.DAY, true))
        .isInstanceOf(ClickmillException.class)
        .hasMessage("Invalid compression: gzip is for csv and json, avro is compressed already");
  }

  @Test
  void fileThatExistsIsNotOverwritten() throws IOException {
    Files.writeString(folder.resolve("2019-11-01.csv"), "precious");
    assertThatThrownBy(() -> run(FileFormat.CSV, FilePer.DAY, false))
        .isInstanceOf(ClickmillException.class)
        .hasMessageStartingWith("Cannot overwrite file: ")
        .hasMessageEndingWith("2019-11-01.csv (remove it, or choose another folder)");
    assertThat(names()).containsExactly("2019-11-01.csv");
  }

  @Test
  void leftoverOfAKilledRunIsReplaced() throws IOException {
    Files.writeString(folder.resolve(".events.csv.unfinished"), "half");
    run(FileFormat.CSV, FilePer.ALL, false);
    assertThat(names()).containsExactly("events.csv");
  }

  @Test
  void progressIsReported() throws IOException {
    var reported = new ArrayList<Long>();
    var options = new GeneratorOptions(1, 150_000, LocalDate.of(2019, 10, 1), 1);
    long events =
        new GenerateFiles(new Configuration(), FileFormat.CSV, FilePer.ALL, false)
            .run(options, hadoop(folder), reported::add);
    assertThat(events).isEqualTo(150_000);
    assertThat(reported).containsExactly(65_536L, 131_072L, 150_000L);
  }

  private void run(FileFormat format, FilePer filePer, boolean gzip) throws IOException {
    new GenerateFiles(new Configuration(), format, filePer, gzip)
        .run(OPTIONS, hadoop(folder), events -> {});
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }

  /** The names of all files but checksums, sorted. */
  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".crc"))
          .sorted()
          .toList();
    }
  }

  /** Also: the files one after the other hold all rows in order. */
  private void assertFilesHoldWhatTheirNamesSay(UnaryOperator<String> prefixOfTime)
      throws IOException {
    var rows = new ArrayList<String>();
    for (var name : names()) {
      var lines = Files.readAllLines(folder.resolve(name), UTF_8);
      assertThat(lines.get(0)).isEqualTo(HEADER);
      var prefix = prefixOfTime.apply(name);
      assertThat(lines.subList(1, lines.size()))
          .isNotEmpty()
          .allMatch(line -> line.startsWith(prefix));
      rows.addAll(lines.subList(1, lines.size()));
    }
    run(FileFormat.CSV, FilePer.ALL, false);
    var all = Files.readAllLines(folder.resolve("events.csv"), UTF_8);
    assertThat(rows).isEqualTo(all.subList(1, all.size()));
  }

  private static List<Event> events() {
    var events = new ArrayList<Event>();
    var generator = new EventGenerator(OPTIONS);
    while (generator.next()) {
      var event = new Event();
      generator.fill(event);
      events.add(event);
    }
    return events;
  }

  private List<Event> csvEvents(String name) throws IOException {
    var columns = HEADER.split(",");
    var lines = Files.readAllLines(folder.resolve(name), UTF_8);
    return lines.stream()
        .skip(1)
        .map(
            line -> {
              var values = line.split(",", -1);
              return event(
                  column -> {
                    var value = values[List.of(columns).indexOf(column)];
                    return value.isEmpty() ? null : value;
                  });
            })
        .toList();
  }

  private List<Event> jsonEvents(String name) throws IOException {
    var mapper = new ObjectMapper();
    return Files.readAllLines(folder.resolve(name), UTF_8).stream()
        .map(line -> tree(mapper, line))
        .map(
            tree -> {
              assertThat(tree.fieldNames()).toIterable().containsExactly(HEADER.split(","));
              assertThat(tree.get("price").isNumber()).isTrue();
              return event(column -> tree.get(column).isNull() ? null : tree.get(column).asText());
            })
        .toList();
  }

  private static JsonNode tree(ObjectMapper mapper, String line) {
    try {
      return mapper.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An event of the public columns. */
  private static Event event(UnaryOperator<String> column) {
    var time = column.apply("event_time").replace(" UTC", "Z").replace(' ', 'T');
    var event = new Event();
    event.setEventTime(Instant.parse(time));
    event.setEventType(text(column.apply("event_type")));
    event.setProductId(text(column.apply("product_id")));
    event.setCategoryId(text(column.apply("category_id")));
    event.setCategoryCode(text(column.apply("category_code")));
    event.setBrand(text(column.apply("brand")));
    event.setPrice(Money.toAvro(Money.scaled(new BigDecimal(column.apply("price")))));
    event.setQuantity(1);
    event.setUserId(text(column.apply("user_id")));
    event.setUserSession(text(column.apply("user_session")));
    return event;
  }

  private static Utf8 text(String value) {
    return value == null ? null : new Utf8(value);
  }

  private List<Event> avroEvents(String name) throws IOException {
    var events = new ArrayList<Event>();
    try (var reader =
        new DataFileReader<GenericRecord>(
            folder.resolve(name).toFile(), new GenericDatumReader<GenericRecord>())) {
      for (var record : reader) {
        var event = new Event();
        event.put(0, Instant.ofEpochMilli((long) record.get(0)));
        for (int i = 1; i < record.getSchema().getFields().size(); i++) {
          event.put(i, record.get(i));
        }
        events.add(event);
      }
    }
    return events;
  }

  private List<Event> parquetEvents(String name) throws IOException {
    var events = new ArrayList<Event>();
    try (var reader =
        ParquetReader.builder(new GroupReadSupport(), hadoop(folder.resolve(name))).build()) {
      for (var group = reader.read(); group != null; group = reader.read()) {
        var event = new Event();
        event.setEventTime(Instant.ofEpochMilli(group.getLong("event_time", 0) / 1000));
        event.setEventType(text(group, "event_type"));
        event.setProductId(text(group, "product_id"));
        event.setCategoryId(text(group, "category_id"));
        event.setCategoryCode(text(group, "category_code"));
        event.setBrand(text(group, "brand"));
        event.setPrice(Money.toAvro(group.getLong("price", 0)));
        event.setQuantity(group.getInteger("quantity", 0));
        event.setUserId(text(group, "user_id"));
        event.setUserSession(text(group, "user_session"));
        events.add(event);
      }
    }
    return events;
  }

  private static Utf8 text(Group group, String column) {
    return group.getFieldRepetitionCount(column) == 0
        ? null
        : new Utf8(group.getBinary(column, 0).getBytes());
  }
}
