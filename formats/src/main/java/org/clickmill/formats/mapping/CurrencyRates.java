package org.clickmill.formats.mapping;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.failure.ClickmillException;

/**
 * Daily rates of currencies: what one unit of a currency is in the warehouse's. A day without a
 * rate of its own has that of the nearest day before it, at most {@link #MOST_DAYS_BEFORE} days.
 */
final class CurrencyRates {
  static final CurrencyRates NONE = new CurrencyRates("");

  /** Over weekends and holidays no rates are published. */
  static final int MOST_DAYS_BEFORE = 7;

  private static final String HEADER = "date,currency,rate";
  private static final Pattern CODE = Pattern.compile("[A-Z]{3}");
  private static final Pattern RATE = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,18})?");

  private final Map<String, TreeMap<Long, BigDecimal>> rates = new HashMap<>();

  private final String csv;

  private CurrencyRates(String csv) {
    this.csv = csv;
  }

  /**
   * Reads a file of rates.
   *
   * @throws ClickmillException of kind usage, naming the line, if it is missing or not valid
   */
  static CurrencyRates read(String file, Configuration configuration) {
    try {
      return parse(new String(Mapping.bytes(file, configuration), StandardCharsets.UTF_8), file);
    } catch (FileNotFoundException e) {
      throw ClickmillException.usage(
          "Missing file of currency rates: %s (%s)", file, MappingSettings.CURRENCY_RATES, e);
    } catch (IOException | IllegalArgumentException e) {
      throw ClickmillException.usage(
          "Cannot read currency rates %s: %s (%s)",
          file, e.getMessage(), MappingSettings.CURRENCY_RATES, e);
    }
  }

  /**
   * Reads rates from their text.
   *
   * @param origin what messages call it
   */
  static CurrencyRates parse(String csv, String origin) {
    var read = new CurrencyRates(csv);
    int number = 0;
    for (var line : csv.lines().toList()) {
      number++;
      if (!line.isBlank() && !(number == 1 && line.strip().equals(HEADER))) {
        read.add(line, origin, number);
      }
    }
    return read;
  }

  /** The text that it was read from. */
  String csv() {
    return csv;
  }

  /** The rate of a currency on a day since the epoch, or null. */
  BigDecimal rate(String currency, long day) {
    var days = rates.get(currency);
    var entry = days == null ? null : days.floorEntry(day);
    return entry == null || entry.getKey() < day - MOST_DAYS_BEFORE ? null : entry.getValue();
  }

  static boolean isCode(String text) {
    return CODE.matcher(text).matches();
  }

  private void add(String line, String origin, int number) {
    var fields = line.split(",", -1);
    if (fields.length != 3) {
      throw invalid(origin, number, "'" + line.strip() + "' (expected " + HEADER + ")");
    }
    var currency = fields[1].strip();
    if (!isCode(currency)) {
      throw invalid(origin, number, "currency '" + currency + "' (expected a code such as EUR)");
    }
    var rate = fields[2].strip();
    if (!RATE.matcher(rate).matches() || new BigDecimal(rate).signum() == 0) {
      throw invalid(origin, number, "rate '" + rate + "' (expected a number above 0)");
    }
    var date = fields[0].strip();
    long day;
    try {
      day = LocalDate.parse(date).toEpochDay();
    } catch (DateTimeException e) {
      throw invalid(origin, number, "date '" + date + "' (expected a day such as 2026-01-31)");
    }
    var days = rates.computeIfAbsent(currency, code -> new TreeMap<>());
    if (days.put(day, new BigDecimal(rate)) != null) {
      throw invalid(origin, number, "a second rate of " + currency + " on " + date);
    }
  }

  private static ClickmillException invalid(String origin, int line, String what) {
    return ClickmillException.usage("Invalid currency rates %s, line %d: %s", origin, line, what);
  }
}
