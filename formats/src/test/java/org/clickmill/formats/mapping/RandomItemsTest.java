package org.clickmill.formats.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random orders become the same events as DuckDB's UNNEST makes of them, in every format. */
class RandomItemsTest {
  private static final int ORDERS = 500;
  private static final String FIELDS =
      """
      fields:
        event_time: at
        event_type: {constant: purchase}
        order_id: id
        product_id: items[].sku
        price: items[].price
        brand: items[].tags[1]
        user_id: who.mails[0]
        visitor_id: params[key=b].value
      """;
  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Order", "fields": [
                {"name": "at", "type": "string"},
                {"name": "id", "type": "long"},
                {"name": "who", "type": ["null", {"type": "record", "name": "Who", "fields": [
                  {"name": "mails", "type": {"type": "array", "items": "string"}}]}]},
                {"name": "params", "type": {"type": "array", "items": {"type": "record",
                  "name": "Param", "fields": [{"name": "key", "type": "string"},
                  {"name": "value", "type": ["null", "string"]}]}}},
                {"name": "items", "type": ["null", {"type": "array", "items": {"type": "record",
                  "name": "Item", "fields": [{"name": "sku", "type": ["null", "string"]},
                  {"name": "price", "type": ["null", "double"]},
                  {"name": "tags", "type": ["null", {"type": "array", "items": "string"}]}]}}]}
              ]}
              """);

  @TempDir Path folder;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test
  void everyFormatGivesTheRowsOfUnnest() throws IOException, SQLException {
    var avro = folder.resolve("orders.avro");
    var json = folder.resolve("orders.json");
    var parquet = folder.resolve("orders.parquet");
    write(avro, json);
    List<String> expected;
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE orders AS SELECT * FROM read_json('"
              + json
              + "', format = 'newline_delimited', columns = {\"at\": 'VARCHAR', id: 'BIGINT',"
              + " who: 'STRUCT(mails VARCHAR[])', params: 'STRUCT(\"key\" VARCHAR, value VARCHAR)[]',"
              + " items: 'STRUCT(sku VARCHAR, price DOUBLE, tags VARCHAR[])[]'})");
      statement.execute(
          "COPY orders TO '"
              + parquet
              + "' (FORMAT parquet, ROW_GROUP_SIZE 2048, PARQUET_VERSION "
              + (random.nextBoolean() ? "V1" : "V2")
              + ")");
      expected = new ArrayList<>();
      try (var rows =
          statement.executeQuery(
              """
              SELECT concat_ws('|', id, item - 1, coalesce(line.sku, ''),
                coalesce(CAST(CAST(line.price AS DECIMAL(18, 4)) AS VARCHAR), ''),
                coalesce(line.tags[2], ''), coalesce(who.mails[1], ''),
                coalesce(list_filter(params, lambda p: p.key = 'b')[1].value, ''))
              FROM (SELECT *, unnest(items) AS line, generate_subscripts(items, 1) AS item
                FROM orders)
              ORDER BY id, item
              """)) {
        while (rows.next()) {
          expected.add(rows.getString(1));
        }
      }
    }
    assertThat(expected).as("seed %d", seed).hasSizeGreaterThan(ORDERS / 2);
    for (var file : List.of(json, parquet, avro)) {
      var reading = Reading.of(file, Mapping.parse(FIELDS, "orders"), new Configuration(false));
      assertThat(reading.reasons()).as("seed %d, %s", seed, file).isEmpty();
      assertThat(rows(reading)).as("seed %d, %s", seed, file).isEqualTo(expected);
      assertThat(reading.records()).isEqualTo(ORDERS);
      assertThat(reading.events().size() + reading.filtered())
          .as("seed %d, %s", seed, file)
          .isEqualTo(ORDERS + reading.added());
    }
  }

  @Test
  void damagedFileIsReadOrEndsInOneError() throws IOException, SQLException {
    var avro = folder.resolve("orders.avro");
    var json = folder.resolve("orders.json");
    var parquet = folder.resolve("orders.parquet");
    write(avro, json);
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      statement.execute(
          "COPY (FROM read_json('" + json + "')) TO '" + parquet + "' (FORMAT parquet)");
    }
    for (var file : List.of(parquet, avro)) {
      byte[] whole = Files.readAllBytes(file);
      for (int round = 0; round < 100; round++) {
        byte[] bytes = whole.clone();
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        var damaged = Files.write(folder.resolve("damaged-" + file.getFileName()), bytes);
        try {
          Reading.of(damaged, Mapping.parse(FIELDS, "orders"), new Configuration(false));
        } catch (ClickmillException e) {
          assertThat(e).as("seed %d", seed).hasMessageContaining(damaged.getFileName().toString());
        }
      }
    }
  }

  private static List<String> rows(Reading reading) {
    return reading.events().stream()
        .map(
            event ->
                String.join(
                    "|",
                    event.getOrderId(),
                    "" + event.getSourceItem(),
                    text(event.getProductId()),
                    event.getPrice() == null
                        ? ""
                        : Money.decimal(Money.fromAvro(event.getPrice())).setScale(4).toString(),
                    text(event.getBrand()),
                    text(event.getUserId()),
                    text(event.getVisitorId())))
        .toList();
  }

  private static String text(CharSequence value) {
    return value == null ? "" : value.toString();
  }

  private void write(Path avro, Path json) throws IOException {
    try (var out =
            new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(SCHEMA))
                .create(SCHEMA, avro.toFile());
        var lines = Files.newBufferedWriter(json)) {
      for (int i = 0; i < ORDERS; i++) {
        var order = order(i);
        out.append(order);
        lines.write(order.toString());
        lines.write('\n');
      }
    }
  }

  private GenericRecord order(int id) {
    var order = new GenericData.Record(SCHEMA);
    order.put("at", "2026-01-0" + (1 + random.nextInt(9)) + "T00:00:00Z");
    order.put("id", (long) id);
    if (random.nextInt(4) > 0) {
      var who = new GenericData.Record(SCHEMA.getField("who").schema().getTypes().get(1));
      who.put("mails", texts("m", random.nextInt(3)));
      order.put("who", who);
    }
    var params = new ArrayList<GenericRecord>();
    for (var key : List.of("a", "b", "c")) {
      if (random.nextBoolean()) {
        var param = new GenericData.Record(SCHEMA.getField("params").schema().getElementType());
        param.put("key", key);
        param.put("value", random.nextInt(4) == 0 ? null : key + random.nextInt(100));
        params.add(random.nextInt(params.size() + 1), param);
      }
    }
    order.put("params", params);
    if (random.nextInt(5) > 0) {
      var items = new ArrayList<GenericRecord>();
      int count = random.nextInt(5);
      for (int i = 0; i < count; i++) {
        items.add(item());
      }
      order.put("items", items);
    }
    return order;
  }

  private GenericRecord item() {
    var schema = SCHEMA.getField("items").schema().getTypes().get(1).getElementType();
    var item = new GenericData.Record(schema);
    item.put("sku", random.nextInt(5) == 0 ? null : "s" + random.nextInt(1000));
    item.put("price", random.nextInt(5) == 0 ? null : random.nextInt(100_000) / 100.0);
    item.put("tags", random.nextInt(3) == 0 ? null : texts("t", random.nextInt(4)));
    return item;
  }

  private List<String> texts(String prefix, int count) {
    var texts = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      texts.add(prefix + random.nextInt(100));
    }
    return texts;
  }
}
