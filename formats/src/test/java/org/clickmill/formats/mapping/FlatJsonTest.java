package org.clickmill.formats.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.mapping.MessageDecoder.Outcome;
import org.junit.jupiter.api.Test;

/** The quick way and the parser must agree, whatever the text is. */
class FlatJsonTest {
  private static final int CASES = Integer.getInteger("clickmill.test.cases", 40_000);
  private static final List<String> KEYS =
      List.of("event_time", "event_type", "price", "quantity", "brand", "x", "bränd", "", "pri");
  private static final List<String> VALUES =
      List.of(
          "1",
          "0",
          "-1",
          "-0",
          "01",
          "1.5",
          "1.",
          ".5",
          "-",
          "1e3",
          "1E-2",
          "1.50000",
          "1.000001",
          "1569888000123",
          "999999999999999999",
          "9999999999999999999",
          "\"2019-10-01T00:00:00Z\"",
          "\"view\"",
          "\"\"",
          "\"a\\u0062\"",
          "\"ü😀\"",
          "\"a\tb\"",
          "\"\\\"\"",
          "true",
          "false",
          "null",
          "nul",
          "truex",
          "[1]",
          "{}",
          "{\"a\": 1}",
          "",
          "\"open",
          "1".repeat(101),
          "+1");
  private static final List<String> SPACES = List.of("", "", "", " ", "\n", "\t ", "\r\n", "\f");

  @Test
  void quickWayAndParserAgree() {
    long seed = Long.getLong("clickmill.test.seed", System.nanoTime());
    var random = new Random(seed);
    var mapping =
        Mapping.parse(
            """
            fields:
              event_time: event_time
              event_type: event_type
              price: price
              quantity: {from: quantity}
              brand: brand
              user_id: brand
              order_id: {from: price}
            """,
            "flat");
    // A path into nothing makes the same mapping one for the parser alone.
    var nested = Mapping.parse(mapping.yaml() + "  category_id: never.there\n", "nested");
    int events = 0;
    for (int i = 0; i < CASES; i++) {
      byte[] text = text(random).getBytes(UTF_8);
      var quick = outcome(MessageDecoder.ofJson(mapping), text);
      var parsed = outcome(MessageDecoder.ofJson(nested), text);
      assertThat(quick).as("seed %d: %s", seed, new String(text, UTF_8)).isEqualTo(parsed);
      events += quick.startsWith("{") ? 1 : 0;
    }
    assertThat(events).isGreaterThan(CASES / 20);
  }

  @Test
  void orderOfKeysMayChangeFromObjectToObject() {
    var decoder = MessageDecoder.ofJson(Mapping.named("clickmill"));
    var message = new Message();
    for (var text :
        List.of(
            "{\"event_time\":1,\"event_type\":\"view\",\"brand\":\"a\"}",
            "{\"brand\":\"b\",\"event_time\":2,\"event_type\":\"cart\"}",
            "{\"a\":1,\"event_type\":\"view\",\"event_time\":3}",
            "{\"event_time\":4,\"event_types\":\"x\",\"event_type\":\"view\",\"brand\":\"c\"}")) {
      assertThat(decoder.decode(message.reset("t", 0, 0, 0).value(text.getBytes(UTF_8))))
          .isEqualTo(Outcome.EVENT);
      assertThat(text)
          .contains("\"event_time\":" + decoder.event().getEventTime().toEpochMilli())
          .contains("\"event_type\":\"" + decoder.event().getEventType());
      var brand = decoder.event().getBrand();
      assertThat(text.contains("\"brand\"")).isEqualTo(brand != null);
    }
  }

  private static String outcome(MessageDecoder decoder, byte[] text) {
    var outcome = decoder.decode(new Message().reset("t", 0, 0, 0).value(text));
    return outcome == Outcome.EVENT
        ? Event.newBuilder(decoder.event()).build().toString()
        : decoder.reject().getReason().toString();
  }

  private static String text(Random random) {
    var members = new ArrayList<String>();
    if (random.nextInt(10) > 0) {
      members.add("\"event_time\":" + space(random) + "1569888000123");
      members.add("\"event_type\":\"view\"" + space(random));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      members.add(
          random.nextInt(members.size() + 1),
          space(random)
              + '"'
              + pick(random, KEYS)
              + '"'
              + space(random)
              + (random.nextInt(50) == 0 ? "" : ":")
              + space(random)
              + (random.nextInt(3) == 0 ? pick(random, VALUES.subList(0, 4)) : pick(random, VALUES))
              + space(random));
    }
    var text = space(random) + "{" + String.join(",", members) + "}" + space(random);
    return switch (random.nextInt(20)) {
      case 0 -> text.substring(0, random.nextInt(text.length()));
      case 1 -> text + pick(random, VALUES);
      case 2 -> text.replaceFirst(",", pick(random, List.of(",,", ";", "}", "]")));
      default -> text;
    };
  }

  private static String space(Random random) {
    return pick(random, SPACES);
  }

  private static String pick(Random random, List<String> list) {
    return list.get(random.nextInt(list.size()));
  }
}
