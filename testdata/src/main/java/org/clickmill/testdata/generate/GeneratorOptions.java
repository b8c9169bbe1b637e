package org.clickmill.testdata.generate;

import java.time.LocalDate;
import org.clickmill.formats.failure.ClickmillException;

/**
 * What to generate. Equal options give equal rows.
 *
 * @param seed any number; another one gives another shop
 * @param events exactly how many events there will be
 * @param from the first day, UTC
 * @param days how many days the events are spread over
 * @param loyalty how often visitors come back
 */
public record GeneratorOptions(long seed, long events, LocalDate from, int days, Loyalty loyalty) {
  private static final double EVENTS_OF_REFERENCE = 20e6;
  private static final double PRODUCTS_OF_REFERENCE = 54_000;

  /** How often visitors come back. */
  public enum Loyalty {
    /** As in the public files of a cosmetics shop: most customers buy once. */
    USUAL(0.36),
    /** As in a shop that lives on its regular customers. */
    HIGH(0.05);

    private final double regularsPerSession;

    Loyalty(double regularsPerSession) {
      this.regularsPerSession = regularsPerSession;
    }

    /** How many visitors there are that come back, for each session. */
    double regularsPerSession() {
      return regularsPerSession;
    }
  }

  /** A shop of the usual loyalty. */
  public GeneratorOptions(long seed, long events, LocalDate from, int days) {
    this(seed, events, from, days, Loyalty.USUAL);
  }

  /** Checks the numbers; one that makes no sense is a usage error. */
  public GeneratorOptions {
    if (events < 1 || events > 100_000_000_000L) {
      throw ClickmillException.usage(
          "Invalid number of events: %d (expected 1 to 100000000000)", events);
    }
    if (days < 1 || days > 36_500) {
      throw ClickmillException.usage("Invalid number of days: %d (expected 1 to 36500)", days);
    }
    if (from.getYear() < 1970 || from.getYear() > 2900) {
      throw ClickmillException.usage("Invalid first day: %s (expected 1970 to 2900)", from);
    }
  }

  /** How many products the shop has: 54,000 at 20 million events, growing with their root. */
  public int products() {
    return (int)
        Math.max(100, PRODUCTS_OF_REFERENCE * StrictMath.sqrt(events / EVENTS_OF_REFERENCE));
  }
}
