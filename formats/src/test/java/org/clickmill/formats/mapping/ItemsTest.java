package org.clickmill.formats.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.clickmill.formats.mapping.MessageDecoder.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths into arrays, and records that become an event for each of their items. */
class ItemsTest {
  private static final Mapping ORDERS =
      Mapping.parse(
          """
          format: json
          fields:
            event_time: at
            event_type: {constant: purchase}
            order_id: id
            product_id: items[].sku
            price: items[].price
            brand: items[].tags[0]
            user_id: customer.emails[1]
            category_id: params[key=category].value.text
          """,
          "orders");

  private static final String ORDER =
      """
      {"at": "2026-01-01", "id": 7, "customer": {"emails": ["a", "b"]},\
       "params": [{"value": {"text": "x"}, "key": "other"}, {"key": "category", "value": {"text": "c"}}],\
       "items": [{"sku": "s1", "price": 1.5, "tags": ["t"]}, {"sku": "s2", "tags": []}]}
      """;

  @TempDir Path folder;

  @Test
  void recordBecomesAnEventForEachOfItsItems() {
    var reading = json(ORDER);
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.events().stream().map(ItemsTest::shown))
        .containsExactly("0 0 7 s1 1.5000 t b c", "0 1 7 s2 null null b c");
    assertThat(reading.records()).isEqualTo(1);
    assertThat(reading.added()).isEqualTo(1);
    assertThat(reading.filtered()).isZero();
    assertThat(reading.absent()).isEmpty();
  }

  @Test
  void badItemIsARejectOfItsOwnThatNamesIt() {
    var reading =
        json(
            ORDER.replace("1.5", "\"x\"")
                + "{\"at\": \"2026-01-02\", \"items\": [{\"sku\": \"s3\"}]}\n");
    assertThat(reading.reasons())
        .containsExactly("byte 0, item 0: field price: 'x' is not a number");
    assertThat(reading.events().stream().map(ItemsTest::shown))
        .containsExactly("0 1 7 s2 null null b c", "247 0 null s3 null null null null");
    assertThat(reading.records()).isEqualTo(2);
    assertThat(reading.added()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"at\": \"2026-01-01\"}",
        "{\"at\": \"2026-01-01\", \"items\": []}",
        "{\"at\": \"2026-01-01\", \"items\": null}"
      })
  void recordWithoutItemsIsNoEventAndCountsAsFiltered(String line) {
    var reading = json(line + "\n");
    assertThat(reading.events()).isEmpty();
    assertThat(reading.rejects()).isEmpty();
    assertThat(reading.filtered()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"items\": 5 | 'items[].sku': not an array",
        "\"items\": {\"sku\": 1} | 'items[].sku': not an array",
        "\"items\": [5] | 'items[].sku': 'sku' is asked of a value that is no object",
        "\"items\": [{\"sku\": [1]}] | field product_id: an object or array, not a single value",
        "\"items\": [{}], \"customer\": {\"emails\": {}} | 'customer.emails[1]': not an array",
        "\"items\": [{}], \"customer\": [1] | 'customer.emails[1]': 'emails' is asked of an array (",
        "\"items\": [{\"sku\": 1, \"sku\": 2}] | 'sku' occurs twice"
      })
  void whatIsNotOfThePathsShapeIsARejectWithTheReason(String rest, String reason) {
    var reading = json("{\"at\": \"2026-01-01\", " + rest + "}\n");
    assertThat(reading.events()).isEmpty();
    assertThat(reading.reasons()).hasSize(1);
    assertThat(reading.reasons().get(0)).startsWith("byte 0").contains(reason);
    assertThat(reading.records()).isEqualTo(1);
  }

  @Test
  void textThatIsNoUnicodeCostsItsItemOnly() {
    var reading =
        json(
            "{\"at\": \"2026-01-01\", \"items\": [{\"sku\": \"a\\ud800\"}, {\"sku\": \"b\"},"
                + " {\"sku\": \"\\u0000\"}]}\n");
    assertThat(WhereTest.products(reading.events())).containsExactly("b");
    assertThat(reading.reasons())
        .containsExactly(
            "byte 0, item 0: field product_id: half of a surrogate pair",
            "byte 0, item 2: field product_id: a NUL character");
  }

  @Test
  void textThatIsNoUnicodeInAFilteredRecordIsNoReject() {
    var mapping =
        Mapping.parse(
            """
            format: json
            where: [{from: kind, is: view}]
            fields: {event_time: at, event_type: kind, product_id: sku}
            """,
            "m");
    var text =
        """
        {"at": "2026-01-01", "kind": "ping", "sku": "\\ud800"}
        {"at": "2026-01-01", "kind": "\\udc00", "sku": "x"}
        """;
    var reading = Reading.ofText(folder, "a.json", text, mapping);
    assertThat(reading.filtered()).isEqualTo(1);
    assertThat(reading.reasons())
        .containsExactly("byte 54: 'where' on kind: half of a surrogate pair");
  }

  @Test
  void keyThatIsNoSingleValueIsNamedByItsPath() {
    var reading = json("{\"at\": \"2026-01-01\", \"items\": [{}], \"params\": [{\"key\": [1]}]}\n");
    assertThat(reading.reasons())
        .containsExactly(
            "byte 0, item 0: 'params[key=category].value.text': 'key' is an object or array, not a"
                + " single value");
  }

  @Test
  void itemsAreFilteredEachForItselfAndKeepTheirNumbers() {
    var mapping =
        Mapping.parse(
            """
            format: json
            where: [{from: kind, is: order}, {from: 'items[].kind', not: gift}]
            fields: {event_time: at, event_type: kind, product_id: 'items[].sku'}
            """,
            "gifts");
    var text =
        """
        {"at": "2026-01-01", "kind": "order", "items": [{"sku": 1, "kind": "gift"}, {"sku": 2}]}
        {"at": "2026-01-01", "kind": "order", "items": [{"sku": 3, "kind": "gift"}]}
        {"at": "2026-01-01", "kind": "ping", "items": "none"}
        """;
    var reading = Reading.ofText(folder, "a.json", text, mapping);
    assertThat(reading.reasons()).isEmpty();
    assertThat(WhereTest.products(reading.events())).containsExactly("2");
    assertThat(reading.events().get(0).getSourceItem()).isEqualTo(1);
    assertThat(reading.filtered()).isEqualTo(2);
    assertThat(reading.added()).isZero();
  }

  @Test
  void severalKindsOfEventAreMadeOfARecord() {
    var mapping =
        Mapping.parse(
            """
            format: json
            fields: {event_time: at, visitor_id: who}
            events:
              - where: [{from: review.stars, exists: true}]
                fields: {event_type: {constant: review}, rating: review.stars}
              - where: [{from: kind, is: order}]
                fields: {event_type: {constant: purchase}, product_id: 'lines[]'}
              - where: [{from: kind, is: order}]
                fields: {event_type: {constant: order}, event_time: paid, visitor_id: {constant: x}}
            """,
            "kinds");
    var text =
        """
        {"at": "2026-01-01", "paid": "2026-01-02", "who": "v", "kind": "order", "lines": ["a", "b"], "review": {"stars": 4}}
        {"at": "2026-01-01", "paid": "2026-01-02", "who": "v", "kind": "order", "lines": ["c"]}
        {"at": "2026-01-01", "kind": "ping"}
        """;
    var reading = Reading.ofText(folder, "a.json", text, mapping);
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.events())
        .extracting(
            event ->
                event.getSourceItem()
                    + " "
                    + event.getEventTime().toString().substring(0, 10)
                    + " "
                    + event.getEventType()
                    + " "
                    + event.getProductId()
                    + " "
                    + event.getVisitorId()
                    + " "
                    + event.getRating())
        .containsExactly(
            "0 2026-01-01 review null v 4",
            "1 2026-01-01 purchase a v null",
            "2 2026-01-01 purchase b v null",
            "3 2026-01-02 order null x null",
            "0 2026-01-01 purchase c v null",
            "1 2026-01-02 order null x null");
    assertThat(reading.filtered()).isEqualTo(1);
    assertThat(reading.added()).isEqualTo(4);
    assertThat(mapping.extraColumns()).containsExactly(EventColumn.SOURCE_ITEM, EventColumn.RATING);
    assertThat(mapping.fields())
        .containsExactly("event_time", "event_type", "product_id", "visitor_id", "rating");
  }

  @Test
  void jsonInAColumnIsReadByPathsBehindIt() {
    var mapping =
        Mapping.parse(
            """
            fields:
              event_time: at
              event_type: {constant: purchase}
              order_id: props>order.id
              product_id: props>products[].sku
              price: props>products[].price
              brand: a.b
              user_id: 'x\\>y'
            """,
            "props");
    var text =
        "at,props,a.b,x>y\n"
            + "2026-01-01,\"{\"\"order\"\": {\"\"id\"\": 9}, \"\"products\"\": [{\"\"sku\"\": 1},"
            + " {\"\"sku\"\": 2, \"\"price\"\": 0.5}]}\",m,u\n"
            + "2026-01-02,,m,u\n"
            + "2026-01-03,\"{\"\"products\"\": [}\",m,u\n"
            + "2026-01-04,[],m,u\n";
    var reading = Reading.ofText(folder, "a.csv", text, mapping);
    assertThat(reading.events())
        .extracting(
            event ->
                String.join(
                    " ",
                    event.getOrderId(),
                    event.getProductId(),
                    String.valueOf(event.getPrice() == null ? null : price(event)),
                    event.getBrand(),
                    event.getUserId()))
        .containsExactly("9 1 null m u", "9 2 0.5000 m u");
    assertThat(reading.filtered()).isEqualTo(1);
    assertThat(reading.reasons())
        .containsExactly(
            "byte 135: 'props>products[].sku': not valid JSON near 'products\": [}'",
            "byte 170: 'props>products[].sku': 'products' is asked of an array (say [0] for an"
                + " item, [] for each)");
  }

  @Test
  void jsonTextWithinJsonIsReadToo() {
    var mapping =
        Mapping.parse(
            "format: json\nfields: {event_time: at, event_type: 'payload>[0].kind'}", "nested");
    var text = "{\"at\": \"2026-01-01\", \"payload\": \"[{\\\"kind\\\": \\\"view\\\"}]\"}\n";
    var reading = Reading.ofText(folder, "a.json", text, mapping);
    assertThat(reading.events())
        .extracting(event -> "" + event.getEventType())
        .containsExactly("view");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a[x] | 'a[x]' has [x] (expected [] for each item, [0] for one, or [key=name]",
        "a[0 | 'a[0' has a [ without ]",
        "a[0]b | 'a[0]b' has text behind a ]",
        "a> | 'a>' ends with >",
        "a[].b[] | 'a[].b[]' has more than one []"
      })
  void malformedPathIsRefused(String path, String message) {
    assertThatThrownBy(
            () ->
                Mapping.parse(
                    "format: json\nfields: {event_time: at, event_type: '" + path + "'}", "m"))
        .hasMessageStartingWith("Invalid mapping m: field event_type: from: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "fields: {event_time: at, event_type: 'a[].v[].b'} | field event_type: 'a[].v[].b' has more",
        "fields: {event_time: at, event_type: 'a[x'} | field event_type: 'a[x' has a [ without ]",
        "where: [{from: 'a[x', is: b}]#fields: {event_time: at, event_type: k} | 'where': 'a[x' has"
      })
  void malformedPathOfAMappingWithoutAFormatIsAnErrorOfTheMapping(String yaml, String message) {
    assertThatThrownBy(
            () ->
                Reading.ofText(
                    folder, "a.json", "{}\n", Mapping.parse(yaml.replace('#', '\n'), "m")))
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(Failure.USAGE))
        .hasMessageStartingWith("Invalid mapping m: " + message);
  }

  @Test
  void itemsOfTwoArraysAreRefused() {
    assertThatThrownBy(
            () ->
                Mapping.parse(
                    "format: json\n"
                        + "fields: {event_time: 'a[].at', event_type: 'a[].b', brand: 'b[].x'}",
                    "m"))
        .hasMessage(
            "Invalid mapping m: 'a[].at' and 'b[].x' go through the items of two arrays; an event"
                + " has those of one");
  }

  @Test
  void eventIdThatAllItemsShareIsRefused() {
    assertThatThrownBy(
            () ->
                Mapping.parse(
                    "format: json\n"
                        + "fields: {event_time: at, event_type: k, brand: 'b[].x', event_id: id}",
                    "m"))
        .hasMessageStartingWith(
            "Invalid mapping m: field event_id: 'id' is the same for all items of 'b[].x', and");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{from: k, is: a} | {from: k, in: [b, c]}",
        "{from: k, is: a} | {from: k, not: [a, b]}",
        "{from: k, exists: false} | {from: k, is: a}",
        "{from: k, exists: true} | {from: x, is: b}, {from: k, exists: false}",
        "{from: k, is: a} | {from: k, in: [a, b]}",
        "{from: k, is: a} | {from: x, is: b}",
        "{from: k, not: a} | {from: k, not: b}",
        "{from: k, exists: true} | {from: k, not: b}"
      })
  void kindsWithOneEventIdMustExcludeEachOther(String one, String other) {
    var yaml =
        """
        fields: {event_time: at, event_type: k, event_id: id}
        events: [{where: [%s]}, {where: [%s]}]
        """
            .formatted(one, other);
    boolean isRefused =
        List.of("{from: k, in: [a, b]}", "{from: x, is: b}", "{from: k, not: b}").contains(other);
    if (isRefused) {
      assertThatThrownBy(() -> Mapping.parse(yaml, "m"))
          .isInstanceOfSatisfying(
              ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(Failure.USAGE))
          .hasMessageStartingWith(
              "Invalid mapping m: field event_id: kinds 1 and 2 of 'events' take it from the same");
    } else {
      assertThat(Mapping.parse(yaml, "m").fields()).contains("event_id");
    }
  }

  @Test
  void badValueOfASharedConditionIsOneRejectAndItemsAreCountedInTheirOwnArray() {
    var mapping =
        Mapping.parse(
            """
            format: json
            where: [{from: shop, is: x}]
            fields: {event_time: at}
            events:
              - fields: {event_type: {constant: purchase}, product_id: 'lines[]'}
              - fields: {event_type: {constant: view}, product_id: 'seen[].sku', price: 'seen[].price'}
            """,
            "kinds");
    var text =
        """
        {"at": "2026-01-01", "shop": {}, "lines": ["a"], "seen": [{"sku": "b"}]}
        {"at": "2026-01-01", "shop": "x", "lines": ["a"], "seen": [{"sku": "b"}, {"price": "?"}]}
        """;
    var reading = Reading.ofText(folder, "a.json", text, mapping);
    assertThat(reading.reasons())
        .containsExactly(
            "byte 0: 'where' on shop: an object or array, not a single value",
            "byte 73, item 1: field price: '?' is not a number");
    assertThat(reading.events()).extracting(Event::getSourceItem).containsExactly(0, 1);
    assertThat(reading.records() + reading.added())
        .isEqualTo(reading.events().size() + reading.rejects().size() + reading.filtered());
  }

  @Test
  void bracketsAreNothingSpecialInTheColumnsOfCsv() {
    var mapping =
        Mapping.parse(
            "fields: {event_time: at, event_type: kind, price: 'price[EUR]'}", "brackets");
    var reading =
        Reading.ofText(folder, "a.csv", "at,kind,price[EUR]\n2026-01-01,view,1\n", mapping);
    assertThat(reading.events()).hasSize(1);
  }

  @Test
  void messageBecomesAnEventForEachOfItsItems() {
    var decoder =
        MessageDecoder.ofJson(
            Mapping.parse(
                """
                format: json
                where: [{from: kind, not: ping}]
                fields:
                  event_time: {message: timestamp}
                  event_type: kind
                  visitor_id: {message: key}
                  product_id: items[].sku
                  price: items[].price
                """,
                "messages"));
    assertThat(outcomes(decoder, "{\"kind\": \"view\", \"items\": [{\"sku\": 1}, {\"sku\": 2}]}"))
        .containsExactly("EVENT 0 1 key", "EVENT 1 2 key");
    assertThat(outcomes(decoder, "{\"kind\": \"view\", \"items\": [{\"price\": \"x\"}, {}]}"))
        .containsExactly("REJECT item 0: field price: 'x' is not a number", "EVENT 1 null key");
    assertThat(outcomes(decoder, "{\"kind\": \"ping\"}")).containsExactly("FILTERED");
    assertThat(outcomes(decoder, "{\"kind\": \"view\"}")).containsExactly("FILTERED");
    assertThat(outcomes(decoder, "{\"kind\": \"view\", \"items\": 1}"))
        .containsExactly("REJECT 'items[].sku': not an array");
    assertThat(outcomes(decoder, "{")).containsExactly("REJECT not valid JSON: it ends too early");
    assertThat(outcomes(decoder, null)).containsExactly("TOMBSTONE");
  }

  private static ArrayList<String> outcomes(MessageDecoder decoder, String value) {
    var message =
        new Message()
            .reset("shop", 3, 17, 1_569_888_000_123L)
            .key("key".getBytes(UTF_8))
            .value(value == null ? null : value.getBytes(UTF_8));
    var outcomes = new ArrayList<String>();
    for (var outcome = decoder.decode(message); outcome != null; outcome = decoder.next()) {
      outcomes.add(
          switch (outcome) {
            case EVENT -> {
              var event = decoder.event();
              assertThat(event.getSourceOffset()).isEqualTo(17);
              yield Outcome.EVENT
                  + " "
                  + event.getSourceItem()
                  + " "
                  + event.getProductId()
                  + " "
                  + event.getVisitorId();
            }
            case REJECT -> Outcome.REJECT + " " + decoder.reject().getReason();
            case TOMBSTONE, FILTERED -> outcome.toString();
          });
    }
    return outcomes;
  }

  private static String price(Event event) {
    return Money.decimal(Money.fromAvro(event.getPrice())).setScale(4).toString();
  }

  private static String shown(Event event) {
    return event.getSourceOffset()
        + " "
        + event.getSourceItem()
        + " "
        + event.getOrderId()
        + " "
        + event.getProductId()
        + " "
        + (event.getPrice() == null ? null : price(event))
        + " "
        + event.getBrand()
        + " "
        + event.getUserId()
        + " "
        + event.getCategoryId();
  }

  private Reading json(String text) {
    return Reading.ofText(folder, "a.json", text, ORDERS);
  }
}
