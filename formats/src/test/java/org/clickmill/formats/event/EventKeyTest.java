package org.clickmill.formats.event;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;

/** The bytes of a key sort as the events do, and hold all of them. */
final class EventKeyTest {
  private static final Comparator<byte[]> BYTES = Arrays::compareUnsigned;

  /** Content order as DESIGN tells it, then the source. */
  private static final List<Comparator<Event>> ORDER =
      List.of(
          comparing(Event::getEventTime),
          text(Event::getEventType),
          text(Event::getProductId),
          text(Event::getVisitorId),
          text(Event::getUserId),
          text(Event::getUserSession),
          text(Event::getOrderId),
          comparing(EventKeyTest::price, nullsFirst(naturalOrder())),
          comparing(Event::getQuantity),
          text(Event::getBrand),
          text(Event::getCategoryCode),
          text(Event::getCategoryId),
          text(Event::getEventId),
          comparing(EventColumn::hasOptional),
          text(Event::getCurrency),
          text(Event::getTrafficSource),
          text(Event::getCampaign),
          text(Event::getDevice),
          text(Event::getCountry),
          text(Event::getPageType),
          comparing(Event::getRating, nullsFirst(naturalOrder())),
          text(Event::getReview));

  private static final List<Comparator<Event>> SOURCE =
      List.of(
          text(Event::getSourceName),
          comparing(Event::getSourcePartition, nullsFirst(naturalOrder())),
          comparing(Event::getSourceOffset, nullsFirst(naturalOrder())),
          comparing(Event::getSourceItem));

  private static final String[] TEXTS = {
    null,
    "",
    "a",
    "ab",
    "b",
    "\0",
    "\0\0",
    "\1",
    "\1\0",
    "\0\1",
    "a\0",
    "a\1",
    "\2",
    "é",
    "\uff5e",
    "\ud834\udd1e"
  };

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  @Test
  void keysSortAsEventsDo() {
    var byContent = all(ORDER);
    var byEverything = byContent.thenComparing(all(SOURCE));
    for (int i = 0; i < 20_000; i++) {
      var a = event();
      // Mostly alike, so that later columns decide.
      var b = random.nextInt(4) == 0 ? event() : changed(a);
      var keyA = new EventKey();
      keyA.encode(a);
      var keyB = new EventKey();
      keyB.encode(b);
      int order =
          Arrays.compareUnsigned(keyA.bytes(), 0, keyA.length(), keyB.bytes(), 0, keyB.length());
      assertThat(Integer.signum(order))
          .as("%s and %s, seed %d", a, b, seed)
          .isEqualTo(Integer.signum(byEverything.compare(a, b)));
      boolean sameContent =
          Arrays.equals(
              keyA.bytes(), 0, keyA.contentLength(), keyB.bytes(), 0, keyB.contentLength());
      assertThat(sameContent)
          .as("%s and %s, seed %d", a, b, seed)
          .isEqualTo(byContent.compare(a, b) == 0);
    }
  }

  @Test
  void decodedEventIsTheOneEncoded() {
    var key = new EventKey();
    var decoder = new EventKey.Decoder();
    var decoded = new Event();
    for (int i = 0; i < 5_000; i++) {
      var event = event();
      key.encode(event);
      byte[] shifted = new byte[key.length() + 3];
      System.arraycopy(key.bytes(), 0, shifted, 3, key.length());
      decoder.decode(shifted, 3, decoded);
      assertThat(decoded).as("seed %d", seed).isEqualTo(event);
      assertThat(decoder.contentLength()).isEqualTo(key.contentLength());
      assertThat(EventKey.eventTime(shifted, 3)).isEqualTo(event.getEventTime().toEpochMilli());
    }
  }

  @Test
  void keyWithoutOptionalColumnsIsWhatItWasBeforeThereWereAny() {
    var event = new Event();
    event.setEventTime(Instant.ofEpochMilli(5));
    event.setEventType(new Utf8("view"));
    event.setQuantity(1);
    event.setEventId(new Utf8("e"));
    var key = new EventKey();
    key.encode(event);
    assertThat(HexFormat.of().formatHex(key.bytes(), 0, key.contentLength()))
        .isEqualTo(
            "8000000000000005" // event_time
                + "01"
                + "76696577"
                + "00" // event_type
                + "000000000000" // product_id to price
                + "80000001" // quantity
                + "000000" // brand to category_id
                + "01"
                + "65"
                + "00"); // event_id
    event.setSourceItem(7);
    var other = new EventKey();
    other.encode(event);
    assertThat(other.contentLength()).isEqualTo(key.contentLength());
    event.setRating(0);
    other.encode(event);
    assertThat(HexFormat.of().formatHex(other.bytes(), key.contentLength(), other.contentLength()))
        .isEqualTo("02" + "000000000000" + "0180000000" + "00");
  }

  @Test
  void longTextsFit() {
    var event = event();
    event.setBrand(new Utf8("\0x".repeat(50_000)));
    var key = new EventKey();
    key.encode(event);
    var decoded = new Event();
    new EventKey.Decoder().decode(key.bytes(), 0, decoded);
    assertThat(decoded).isEqualTo(event);
  }

  private Event event() {
    var event = new Event();
    event.setEventTime(Instant.ofEpochMilli(random.nextInt(-2, 2)));
    event.setEventType(new Utf8(random.nextBoolean() ? "view" : "viewed"));
    event.setQuantity(random.nextInt(-2, 3));
    for (int field = 0; field < FIRST_OPTIONAL; field++) {
      change(event, field);
    }
    for (int field = FIRST_OPTIONAL; random.nextBoolean() && field < FIELDS; field++) {
      change(event, random.nextInt(FIRST_OPTIONAL, FIELDS));
    }
    return event;
  }

  private Event changed(Event event) {
    var copy = Event.newBuilder(event).build();
    for (int i = random.nextInt(3); i > 0; i--) {
      change(copy, random.nextInt(FIELDS));
    }
    return copy;
  }

  private static final int FIRST_OPTIONAL = 14;
  private static final int FIELDS = FIRST_OPTIONAL + 8;

  private void change(Event event, int field) {
    switch (field) {
      case 0 -> event.setProductId(text());
      case 1 -> event.setVisitorId(text());
      case 2 -> event.setUserId(text());
      case 3 -> event.setUserSession(text());
      case 4 -> event.setOrderId(text());
      case 5 ->
          event.setPrice(random.nextInt(3) == 0 ? null : Money.toAvro(random.nextLong(-300, 300)));
      case 6 -> event.setBrand(text());
      case 7 -> event.setCategoryCode(text());
      case 8 -> event.setCategoryId(text());
      case 9 -> event.setEventId(text());
      case 10 -> event.setSourceName(text());
      case 11 -> event.setSourcePartition(random.nextInt(3) == 0 ? null : random.nextInt(-2, 3));
      case 12 -> event.setSourceItem(random.nextInt(3));
      case 14 -> event.setCurrency(text());
      case 15 -> event.setTrafficSource(text());
      case 16 -> event.setCampaign(text());
      case 17 -> event.setDevice(text());
      case 18 -> event.setCountry(text());
      case 19 -> event.setPageType(text());
      case 20 -> event.setRating(random.nextInt(3) == 0 ? null : random.nextInt(-1, 3));
      case 21 -> event.setReview(text());
      default -> event.setSourceOffset(random.nextInt(3) == 0 ? null : random.nextLong(-3, 300));
    }
  }

  private Utf8 text() {
    var text = TEXTS[random.nextInt(TEXTS.length)];
    return text == null ? null : new Utf8(text);
  }

  private static Long price(Event event) {
    return event.getPrice() == null ? null : Money.fromAvro(event.getPrice());
  }

  private static Comparator<Event> text(Function<Event, Utf8> field) {
    return comparing(
        event -> {
          var text = field.apply(event);
          return text == null ? null : Arrays.copyOf(text.getBytes(), text.getByteLength());
        },
        nullsFirst(BYTES));
  }

  private static Comparator<Event> all(List<Comparator<Event>> comparators) {
    return new ArrayList<>(comparators).stream().reduce(Comparator::thenComparing).orElseThrow();
  }
}
