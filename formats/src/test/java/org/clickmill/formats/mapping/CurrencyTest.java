package org.clickmill.formats.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prices of other currencies are converted or rejected, never mixed. */
final class CurrencyTest {
  private static final String MAPPING =
      """
      fields:
        event_time: at
        event_type: type
        price: price
        currency: cur
      """;

  private final Configuration configuration = new Configuration(false);

  @TempDir Path folder;

  @Test
  void pricesAreConvertedByTheRateOfTheirDayOrOfTheNearestBefore() throws IOException {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    var first = LocalDate.of(2026, 1, 1);
    var codes = List.of("EUR", "USD", "GBP", "JPY");
    var rates = new HashMap<String, BigDecimal>();
    var csv = new ArrayList<>(List.of("date,currency,rate"));
    for (int day = 0; day < 60; day++) {
      for (var code : codes.subList(1, 4)) {
        if (random.nextInt(6) == 0) {
          var rate = BigDecimal.valueOf(1 + random.nextInt(3_000_000), random.nextInt(8));
          rates.put(first.plusDays(day) + code, rate);
          csv.add(first.plusDays(day) + "," + code + "," + rate.toPlainString());
        }
      }
    }
    set("EUR", csv);
    var lines = new ArrayList<>(List.of("at,type,price,cur"));
    var expected = new ArrayList<String>();
    for (int i = 0; i < 2000; i++) {
      var day = first.plusDays(random.nextInt(60));
      var code = codes.get(random.nextInt(4));
      var price = BigDecimal.valueOf(random.nextInt(-100_000, 10_000_000), 4);
      lines.add(day + "T23:59:59Z,purchase," + price.toPlainString() + "," + code);
      var rate = code.equals("EUR") ? BigDecimal.ONE : null;
      for (int before = 0; before <= 7 && rate == null; before++) {
        rate = rates.get(day.minusDays(before) + code);
      }
      expected.add(
          rate == null
              ? "field currency: no rate of "
                  + code
                  + " on "
                  + day
                  + " or the 7 days before (clickmill.currency.rates)"
              : "EUR " + price.multiply(rate).setScale(4, RoundingMode.HALF_EVEN));
    }
    assertThat(read(MAPPING, lines)).as("seed %d", seed).isEqualTo(expected);
  }

  @Test
  void recordsWithoutPriceOrCurrencyNeedNoRate() throws IOException {
    set("EUR", List.of());
    assertThat(
            read(
                MAPPING,
                List.of(
                    "at,type,price,cur",
                    "2026-01-02T00:00:00Z,view,,XYZ",
                    "2026-01-02T00:00:00Z,view,5,",
                    "2026-01-02T00:00:00Z,view,5,eur",
                    "2026-01-02T00:00:00Z,view,5,Euro")))
        .containsExactly(
            "XYZ null",
            "null 5.0000",
            "EUR 5.0000",
            "field currency: 'EURO' is not a code of three letters such as EUR");
  }

  @Test
  void constantPriceIsConvertedOnce() throws IOException {
    set("EUR", List.of("2026-01-02,USD,0.5"));
    var mapping = MAPPING.replace("price: price", "price: {constant: 8}");
    var line = "2026-01-02T00:00:00Z,view,1,USD";
    assertThat(read(mapping, List.of("at,type,price,cur", line, line, line.replace("USD", "EUR"))))
        .containsExactly("EUR 4.0000", "EUR 4.0000", "EUR 8.0000");
  }

  @Test
  void constantCurrencyIsThatOfEveryPrice() throws IOException {
    set("EUR", List.of("2026-01-02,USD,0.5"));
    var mapping = MAPPING.replace("currency: cur", "currency: {constant: usd}");
    var line = "2026-01-02T00:00:00Z,view,";
    assertThat(read(mapping, List.of("at,type,price,cur", line + "8,", line + "6,", line + ",")))
        .containsExactly("EUR 4.0000", "EUR 3.0000", "USD null");
  }

  @Test
  void priceThatIsTooLargeWhenConvertedIsRejected() throws IOException {
    set("EUR", List.of("2026-01-02,BTC,100000"));
    assertThat(
            read(
                MAPPING,
                List.of("at,type,price,cur", "2026-01-02T00:00:00Z,view,99999999999999,BTC")))
        .containsExactly("field price: too large when converted from BTC to EUR");
  }

  @Test
  void currencyNeedsTheSetting() {
    assertUsage(
        () -> Mapping.parse(MAPPING, "m").withCurrency(configuration),
        "Missing setting clickmill.currency: mapping m feeds currency; set it to the currency of all"
            + " prices in the warehouse, such as EUR");
  }

  @Test
  void optionalCurrencyIsRejectedWithoutTheSetting() throws IOException {
    var mapping = MAPPING.replace("currency: cur", "currency: {from: cur, optional: true}");
    assertThat(
            read(
                mapping,
                List.of(
                    "at,type,price,cur",
                    "2026-01-02T00:00:00Z,view,5,",
                    "2026-01-02T00:00:00Z,view,5,USD")))
        .containsExactly(
            "null 5.0000",
            "field currency: a price in USD, but the warehouse has no currency (set"
                + " clickmill.currency)");
  }

  @Test
  void invalidRatesAreNamedByLine() throws IOException {
    assertInvalid("2026-01-32,USD,1", "date '2026-01-32' (expected a day such as 2026-01-31)");
    assertInvalid("2026-01-01,Dollar,1", "currency 'Dollar' (expected a code such as EUR)");
    assertInvalid("2026-01-01,USD,0", "rate '0' (expected a number above 0)");
    assertInvalid("2026-01-01,USD,-1", "rate '-1' (expected a number above 0)");
    assertInvalid("2026-01-01,USD,1e9", "rate '1e9' (expected a number above 0)");
    assertInvalid("2026-01-01,USD", "'2026-01-01,USD' (expected date,currency,rate)");
    assertInvalid("2026-01-09,GBP,2", "a second rate of GBP on 2026-01-09");
  }

  @Test
  void missingRatesAndInvalidCurrencyAreUsageErrors() throws IOException {
    configuration.set("clickmill.currency", "Euro");
    assertUsage(
        () -> Mapping.parse(MAPPING, "m").withCurrency(configuration),
        "Invalid value of clickmill.currency: 'Euro' (expected an ISO 4217 code such as EUR)");
    configuration.set("clickmill.currency", "EUR");
    var missing = folder.resolve("none.csv").toUri().toString();
    configuration.set("clickmill.currency.rates", missing);
    assertUsage(
        () -> Mapping.parse(MAPPING, "m").withCurrency(configuration),
        "Missing file of currency rates: " + missing + " (clickmill.currency.rates)");
  }

  @Test
  void currencyOfTheWarehouseIsPartOfWhatAReadingIsMadeFrom() throws IOException {
    set("EUR", List.of());
    var euro = Mapping.parse(MAPPING, "m").withCurrency(configuration).fingerprint();
    set("USD", List.of());
    var dollar = Mapping.parse(MAPPING, "m").withCurrency(configuration).fingerprint();
    assertThat(euro).isNotEqualTo(dollar);
    var plain = MAPPING.replace("  currency: cur\n", "");
    assertThat(Mapping.parse(plain, "m").withCurrency(configuration).fingerprint())
        .isEqualTo(Mapping.parse(plain, "m").fingerprint());
  }

  @Test
  void ratingIsAWholeNumberOrMissing() throws IOException {
    var mapping =
        Mapping.parse(
            "fields: {event_time: at, event_type: type, rating: {from: stars}, review: text}", "m");
    var file = folder.resolve("reviews.csv");
    Files.write(
        file,
        List.of(
            "at,type,stars,text",
            "2026-01-02T00:00:00Z,review,5,good",
            "2026-01-02T00:00:00Z,review,,",
            "2026-01-02T00:00:00Z,review,4.5,"));
    var whole = Reading.whole(FileSystem.getLocal(configuration), file);
    try (var reader = SourceReader.open(whole, mapping, configuration)) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.event().getRating()).isEqualTo(5);
      assertThat((Object) reader.event().getReview()).hasToString("good");
      assertThat(reader.next()).isTrue();
      assertThat(reader.event().getRating()).isNull();
      assertThat((Object) reader.event().getReview()).isNull();
      assertThat(reader.next()).isTrue();
      assertThat((Object) reader.reject().getReason())
          .hasToString("byte 84: field rating: '4.5' is not a whole number");
    }
  }

  private void set(String currency, List<String> rates) throws IOException {
    var file = folder.resolve("rates.csv");
    Files.write(file, rates);
    configuration.set("clickmill.currency", currency);
    configuration.set("clickmill.currency.rates", file.toString());
  }

  private void assertInvalid(String line, String message) throws IOException {
    set("EUR", List.of("date,currency,rate", "2026-01-09,GBP,1.5", "", line));
    assertUsage(
        () -> Mapping.parse(MAPPING, "m").withCurrency(configuration),
        "Invalid currency rates " + folder.resolve("rates.csv") + ", line 4: " + message);
  }

  private static void assertUsage(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(ClickmillException.class)
        .hasMessage(message)
        .satisfies(e -> assertThat(((ClickmillException) e).failure()).isEqualTo(Failure.USAGE));
  }

  /** Each record's currency and price, or why it was rejected. */
  private List<String> read(String mapping, List<String> lines) throws IOException {
    var file = folder.resolve("events.csv");
    Files.write(file, lines);
    var read = new ArrayList<String>();
    var whole = Reading.whole(FileSystem.getLocal(configuration), file);
    try (var reader = SourceReader.open(whole, Mapping.parse(mapping, "m"), configuration)) {
      while (reader.next()) {
        var event = reader.event();
        if (event == null) {
          read.add(reader.reject().getReason().toString().replaceFirst("^byte \\d+: ", ""));
          continue;
        }
        var price = event.getPrice();
        var amount = price == null ? null : Money.decimal(Money.fromAvro(price)).setScale(4);
        read.add(event.getCurrency() + " " + amount);
      }
    }
    return read;
  }
}
