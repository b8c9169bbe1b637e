package org.clickmill.formats.mapping;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.Locale;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;

/**
 * Brings prices into the warehouse's currency. The currency of an event is always that of its
 * price, so a converted event has the warehouse's, and nothing is converted twice when an event
 * comes by again. A price without a currency is in the warehouse's.
 *
 * @param currency the warehouse's, or null if it has none; then no price may come with a currency
 * @param rates of other currencies
 */
record CurrencyConversion(String currency, CurrencyRates rates) {
  private static final long MILLIS_PER_DAY = 86_400_000;

  /** Where no settings are at hand. */
  static final CurrencyConversion NONE = new CurrencyConversion(null, CurrencyRates.NONE);

  /** Where prices stay in the currencies that they come in. */
  static final CurrencyConversion AS_IS = new CurrencyConversion("", CurrencyRates.NONE);

  /**
   * What the settings say.
   *
   * @throws ClickmillException of kind usage if a setting or the rates are not valid, or if the
   *     mapping feeds currency from a field that must be there and the warehouse has none
   */
  static CurrencyConversion of(Mapping mapping, Configuration configuration) {
    var currency = MappingSettings.CURRENCY.get(configuration);
    if (currency == null) {
      requireNoneFed(mapping);
      return NONE;
    }
    if (!CurrencyRates.isCode(currency)) {
      throw ClickmillException.usage(
          "Invalid value of %s: '%s' (expected an ISO 4217 code such as EUR)",
          MappingSettings.CURRENCY, currency);
    }
    var file = MappingSettings.CURRENCY_RATES.get(configuration);
    return new CurrencyConversion(
        currency, file == null ? CurrencyRates.NONE : CurrencyRates.read(file, configuration));
  }

  private static void requireNoneFed(Mapping mapping) {
    for (var field : mapping.definition().fields()) {
      if (field.target().column() == EventColumn.CURRENCY && !field.isOptional()) {
        throw ClickmillException.usage(
            "Missing setting %s: mapping %s feeds currency; set it to the currency of all prices in"
                + " the warehouse, such as EUR",
            MappingSettings.CURRENCY, mapping.name());
      }
    }
  }

  /** Converts the prices of one reader's events; null if they stay as they are. */
  Converter converter() {
    return "".equals(currency) ? null : new Converter(this);
  }

  /** Has the one event of a reader at hand again and again. */
  static final class Converter {
    private final CurrencyConversion conversion;
    private final Utf8 own;
    private ByteBuffer original;
    private ByteBuffer converted;
    private Utf8 given;
    private Utf8 shown;

    private Converter(CurrencyConversion conversion) {
      this.conversion = conversion;
      this.own = conversion.currency() == null ? null : new Utf8(conversion.currency());
    }

    /**
     * Brings the price of an event into the warehouse's currency.
     *
     * @throws BadValueException if there is no rate for it
     */
    void convert(Event event) throws BadValueException {
      restore(event);
      given = event.getCurrency();
      if (given == null || given.equals(own)) {
        return;
      }
      var code = given.toString().strip().toUpperCase(Locale.ROOT);
      if (!CurrencyRates.isCode(code)) {
        throw new BadValueException(
            "field currency: '" + code + "' is not a code of three letters such as EUR");
      }
      if (event.getPrice() == null || code.equals(conversion.currency())) {
        shown = new Utf8(code);
      } else {
        original = event.getPrice();
        converted = Money.toAvro(amount(event, code));
        event.setPrice(converted);
        shown = own;
      }
      event.setCurrency(shown);
    }

    /** Takes back what was done to values that are set once for many events, as constants are. */
    @SuppressWarnings("ReferenceEquality")
    private void restore(Event event) {
      if (converted != null && event.getPrice() == converted) {
        event.setPrice(original);
      }
      if (shown != null && event.getCurrency() == shown) {
        event.setCurrency(given);
      }
      converted = null;
      shown = null;
    }

    private long amount(Event event, String code) throws BadValueException {
      if (own == null) {
        throw new BadValueException(
            "field currency: a price in "
                + code
                + ", but the warehouse has no currency (set "
                + MappingSettings.CURRENCY
                + ")");
      }
      long day = Math.floorDiv(event.getEventTime().toEpochMilli(), MILLIS_PER_DAY);
      var rate = conversion.rates().rate(code, day);
      if (rate == null) {
        throw new BadValueException(
            "field currency: no rate of "
                + code
                + " on "
                + LocalDate.ofEpochDay(day)
                + " or the "
                + CurrencyRates.MOST_DAYS_BEFORE
                + " days before ("
                + MappingSettings.CURRENCY_RATES
                + ")");
      }
      var scaled =
          BigDecimal.valueOf(Money.fromAvro(original))
              .multiply(rate)
              .setScale(0, RoundingMode.HALF_EVEN)
              .toBigInteger();
      return scaled(scaled, code);
    }

    private long scaled(BigInteger scaled, String code) throws BadValueException {
      if (scaled.bitLength() >= Long.SIZE || !Money.fits(scaled.longValue())) {
        throw new BadValueException(
            "field price: too large when converted from " + code + " to " + own);
      }
      return scaled.longValue();
    }
  }
}
