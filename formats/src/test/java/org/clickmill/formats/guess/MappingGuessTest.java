package org.clickmill.formats.guess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.clickmill.formats.mapping.Mapping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MappingGuessTest {
  private static final String EVENTS =
      """
      time,event,itemid,visitorid,unit_price,qty,note
      2026-01-01T10:00:00Z,view,1,v1,9.99,1,"a, b"
      2026-01-01T10:00:01Z,addtocart,1,v1,9.99,1,
      2026-01-01T10:00:02Z,transaction,1,v2,9.99,2,
      2026-01-01T10:00:03Z,wishlist,1,v2,9.99,2,
      """;

  @TempDir private Path folder;

  @Test
  void fieldsAreFoundByNameAndWhatIsGuessedSaysSo() {
    assertThat(guess("shop.csv", EVENTS).yaml())
        .isEqualTo(
            """
            # A mapping to begin with, from the first 4 records of shop.csv.
            # format: csv, by the names of the files
            header: true  # guessed: the first line names the columns
            fields:
              event_time: time  # guessed: by its name
              event_type: {from: event, values: {addtocart: cart, transaction: purchase}}  # guessed:\
             by its name; values by their names; kept, but skipped by analyses: wishlist
              product_id: itemid  # guessed: by its name
              price: unit_price  # guessed: by its name
              quantity: qty  # guessed: by its name
              visitor_id: visitorid
            # not used: note (such as a, b)""");
  }

  @ParameterizedTest
  @CsvSource({"';', '\";\"'", "'\t', tab", "'|', '\"|\"'"})
  void delimiterIsFound(String delimiter, String written) {
    var text = EVENTS.replace("\"a, b\"", "a").replace(",", delimiter);
    var guess = guess("shop.dat", text);
    assertThat(guess.yaml())
        .contains(
            "format: csv  # guessed: by what is in the file\n",
            "delimiter: " + written + "  # guessed: it parts every line into 7 fields\n");
    assertComplete(guess);
  }

  @Test
  void packedTextIsUnpacked() throws IOException {
    var plain = guess("shop.csv", EVENTS).yaml();
    var gzip = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(gzip)) {
      out.write(EVENTS.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(guess("shop.csv.gz", gzip.toByteArray()).yaml())
        .isEqualTo(plain.replace("shop.csv", "shop.csv.gz"));
    var zstd = new ByteArrayOutputStream();
    try (var out = new ZstdOutputStream(zstd)) {
      out.write(EVENTS.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(guess("shop.csv.zst", zstd.toByteArray()).yaml())
        .isEqualTo(plain.replace("shop.csv", "shop.csv.zst"));
  }

  @Test
  void textWithoutHeaderIsGuessedByWhatIsInIt() {
    var guess =
        guess(
            "shop.csv",
            """
            2019-10-01 00:00:00 UTC,view,44600062,beauty.skin,35.79,541312140,72d76fde-8bb3-4e00-8c23-a032dfed738c
            2019-10-01 00:00:01 UTC,cart,3900821,,33.20,554748717,9333dfbd-b87a-4708-9857-6336556b0fcc
            """);
    assertThat(guess.yaml())
        .contains(
            "header: false  # guessed: the first line is a record\n",
            "columns: 7  # guessed: as many as the first lines have\n",
            "  event_time: {from: \"1\", format: \"yyyy-MM-dd HH:mm:ss 'UTC'\"}  # guessed: by its"
                + " values; such as 2019-10-01 00:00:00 UTC\n",
            "  event_type: \"2\"  # guessed: by its values; such as view\n",
            "  price: \"5\"  # guessed: by its values; such as 35.79\n",
            "  user_session: \"7\"  # guessed: by its values; such as 72d76fde-",
            "# not used: 3 (such as 44600062)\n");
    assertComplete(guess);
  }

  @Test
  void whatEveryEventNeedsIsToBeFilledIn() {
    var guess = guess("shop.csv", "kind of,sku\nx,1\n");
    assertThat(guess.missing()).containsExactly("event_time", "event_type");
    assertThat(guess.yaml())
        .contains(
            "# Not complete: fill in event_time and event_type.\n",
            "#  event_time: {from: COLUMN, format: \"yyyy-MM-dd HH:mm:ss\"}  # fill in: ",
            "#  event_type: {constant: purchase}  # fill in: what every record is");
    var complete =
        guess.yaml().replace("#  event_t", "  event_t").replace("{from: COLUMN", "{from: kind of");
    assertThat(Mapping.parse(complete, "filled in").fields())
        .containsExactly("event_time", "event_type", "product_id");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "2026-01-01T10:00:00+01:00 #",
        "2026-01-01 10:00:00 # times without a zone are UTC",
        "2026-01-01 10:00:00 UTC # yyyy-MM-dd HH:mm:ss 'UTC'",
        "1767261600 # format: epoch-seconds",
        "1767261600000 # format: epoch-millis",
        "20260101 # format: yyyyMMdd",
        "20260101100000 # format: yyyyMMddHHmmss",
        "31.12.2025 10:00 # format: \"d.M.yyyy H:mm\"",
        "12/31/2025 10:00 # format: \"M/d/yyyy H:mm\"",
        "31/12/2025 # format: \"d/M/yyyy\"",
        "1/2/2025 # the month first; d/M/yyyy fits too: 1/2/2025",
        "12/31/2025 1:05:00 PM # format: \"M/d/yyyy h:mm:ss a\""
      })
  void timesAreFoundInManyForms(String time, String expected) {
    var guess = guess("shop.csv", "at,type\n" + time + ",view\n");
    assertThat(guess.yaml()).contains("event_time: ").contains(expected == null ? "" : expected);
    assertComplete(guess);
  }

  @Test
  void columnWithTheNameOfATimeButOtherValuesIsNone() {
    var guess = guess("shop.csv", "time,created_at,type\nsoon,2026-01-01,view\n");
    assertThat(guess.yaml())
        .contains(
            "event_time: created_at  # guessed: by its name", "# not used: time (such as soon");
  }

  @Test
  void valuesThatDoNotFitAreLeftOutOrRead() {
    var guess =
        guess(
            "shop.csv",
            "time,type,price,quantity,user_id\n"
                + "2026-01-01,view,\"9,99\",1.5,17850.0\n2026-01-01,view,8.00,1,\n");
    assertThat(guess.yaml())
        .contains(
            "#  price: price  # left out: not all of its values are numbers, such as 9,99\n",
            "#  quantity: quantity  # left out: not all of its values are numbers, such as 1.5\n",
            "  user_id: {from: user_id, as: integer}  # guessed: whole numbers, such as 17850.0");
    assertThat(guess("a.csv", "time,type,price\n2026-01-01,view,1.123456\n").yaml())
        .contains("price: {from: price, round: half-even}  # guessed: some values may have more");
  }

  @Test
  void fieldsWithTheNamesOfTimeAndTypeButNoSuchValuesAreMissing() {
    var text = new StringBuilder("[");
    for (int i = 0; i < 60; i++) {
      text.append(i == 0 ? "" : ",").append("{\"ts\": 1, \"action\": \"a").append(i).append("\"}");
    }
    var guess = guess("array.json", text + "]");
    assertThat(guess.missing()).containsExactly("event_time", "event_type");
    assertThat(guess.yaml())
        .contains(
            "from the first 60 records",
            "# not used: ts (such as 1)",
            "# not used: action (such as");
  }

  @Test
  void nestedJsonIsFoundByItsPaths() {
    var guess =
        guess(
            "events.log",
            """
            {"ts": 1767261600000, "event": {"name": "page_view"}, "user": {"id": "u1"}, "a.b": 1}
            {"ts": 1767261601000, "event": {"name": "view_item"}, "item": {"sku": "p1", "price": 1.5},
             "tags": ["x"]}
            {"ts": 17672616""");
    assertThat(guess.yaml())
        .contains(
            "from the first 2 records of events.log",
            "format: json  # guessed: by what is in the file\n",
            "  event_time: {from: ts, format: epoch-millis}  # guessed: by its name; such as 17672",
            "  event_type: {from: event.name, values: {page_view: view, view_item: view}}",
            "  product_id: item.sku  # guessed",
            "  price: item.price",
            "# not used: a\\.b (such as 1)\n",
            "# not used: tags");
  }

  @Test
  void schemaOfAvroSaysWhatATimeIs() throws IOException {
    var time = LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
    var product =
        SchemaBuilder.record("Product")
            .fields()
            .requiredInt("sku")
            .requiredDouble("price")
            .endRecord();
    var schema =
        SchemaBuilder.record("Hit")
            .fields()
            .name("happened_at")
            .type(time)
            .noDefault()
            .requiredString("action")
            .name("product")
            .type(SchemaBuilder.unionOf().nullType().and().type(product).endUnion())
            .noDefault()
            .name("tags")
            .type()
            .array()
            .items()
            .stringType()
            .noDefault()
            .endRecord();
    var bytes = new ByteArrayOutputStream();
    try (var writer = new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(schema))) {
      writer.create(schema, bytes);
      for (int i = 0; i < 3; i++) {
        writer.append(
            new GenericRecordBuilder(schema)
                .set("happened_at", 1_767_261_600_000_000L + i)
                .set("action", i == 0 ? "AddToCart" : "view")
                .set(
                    "product",
                    i == 1
                        ? null
                        : new GenericRecordBuilder(product)
                            .set("sku", i)
                            .set("price", 1.25)
                            .build())
                .set("tags", List.of())
                .build());
      }
    }
    var guess = guess("hits", bytes.toByteArray());
    assertThat(guess.yaml())
        .contains(
            "from the first 3 records of hits",
            "format: avro  # guessed: by what is in the file\n",
            "  event_time: happened_at  # guessed: by its name\n",
            "  event_type: {from: action, values: {AddToCart: cart}}",
            "  product_id: product.sku",
            "  price: {from: product.price, round: half-even}",
            "# not used: tags");
    assertComplete(guess);
    var cut = Arrays.copyOf(bytes.toByteArray(), bytes.size() - 5);
    assertThatThrownBy(() -> guess("cut.avro", cut))
        .isInstanceOf(ClickmillException.class)
        .hasMessageContaining("Cannot read file")
        .hasMessageContaining("cut.avro");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "time,type\n", "{", "[]"})
  void fileWithoutRecordsIsRefused(String text) {
    assertThatThrownBy(() -> guess("empty.txt", text))
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(Failure.USAGE))
        .hasMessageMatching("Cannot guess a mapping: .*empty.txt has no records");
  }

  @Test
  void whatCannotBeReadIsNamed() throws IOException {
    assertThatThrownBy(
            () -> MappingGuess.of(path(folder.resolve("no.csv")), new Configuration(false)))
        .hasMessageMatching("Missing input file: .*no.csv");
    assertThatThrownBy(() -> MappingGuess.of(path(folder), new Configuration(false)))
        .hasMessageMatching("Cannot guess a mapping for folder .*: name one of its files");
    assertThatThrownBy(() -> guess("a.bin", new byte[] {1, 2, 0, 3}))
        .hasMessageContaining(
            "neither Avro nor Parquet, and no UTF-8 text: it has a NUL byte at 2");
    assertThatThrownBy(() -> guess("a.csv", new byte[] {31, (byte) 139, 8, 7}))
        .hasMessageContaining("is packed, but its name does not end with .gz or .zst");
    assertThatThrownBy(() -> guess("a.csv.gz", new byte[] {31, (byte) 139, 8, 0}))
        .hasMessageContaining("Cannot read file ");
  }

  @Test
  void recordsThatItWouldRejectAreSaid() {
    var guess = guess("a.csv", "time,type,price\n2026-01-01,view,1\n2026-01-01,,1\n");
    assertThat(guess.rejected()).isEqualTo(1);
    assertThat(guess.yaml())
        .contains(
            "# It would reject 1 of the first 2 records: byte 34: field event_type: no value\n");
  }

  @Test
  void strangeNamesAndValuesAreQuoted() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    var odd = "a:{}[]#,'\"\\%@`|>!&*?-~ \t.é\u2028\u0085";
    for (int i = 0; i < 300; i++) {
      var name = new StringBuilder("event time ");
      for (int j = 0; j < 4; j++) {
        name.append(odd.charAt(random.nextInt(odd.length())));
      }
      // Not letters, so that it stays a known name.
      var column = name.toString().replace("a", "").replace("é", "").strip();
      var text = '"' + column.replace("\"", "\"\"") + "\",type\n2026-01-01,ok\n";
      var guess = guess("odd.csv", text);
      assertThat(guess.missing()).as(text).isEmpty();
      assertThat(guess.rejected()).as(guess.yaml()).isZero();
    }
  }

  private static void assertComplete(MappingGuess guess) {
    assertThat(guess.missing()).isEmpty();
    assertThat(guess.rejected()).as(guess.yaml()).isZero();
    Mapping.parse(guess.yaml(), "guessed");
  }

  private MappingGuess guess(String name, String text) {
    return guess(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private MappingGuess guess(String name, byte[] bytes) {
    try {
      return MappingGuess.of(
          path(Files.write(folder.resolve(name), bytes)), new Configuration(false));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static org.apache.hadoop.fs.Path path(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }
}
