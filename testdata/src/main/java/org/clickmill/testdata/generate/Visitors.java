package org.clickmill.testdata.generate;

/**
 * Who comes to the shop. Some visitors come once and never again; the others come back, a few of
 * them very often, each from some day on and until they lose interest.
 */
final class Visitors {
  private static final double ONCE = 0.10;
  private static final int ATTEMPTS = 8;

  /** How long before the first day regulars may have begun, in parts of the whole time. */
  private static final double EARLIER = 0.5;

  private final long key;
  private final long regulars;
  private final long idMask;

  Visitors(GeneratorOptions options, long sessions) {
    key = Randomness.key(options.seed(), Purpose.USER);
    regulars = Math.max(10, (long) (sessions * options.loyalty().regularsPerSession()));
    idMask = Math.max(1L << 28, Long.highestOneBit(regulars + sessions) << 1) - 1;
  }

  /**
   * The user of a session.
   *
   * @param session the session's number
   * @param elapsed how much of the whole time is over when it starts, from 0 to 1
   */
  long choose(long session, double elapsed) {
    long bits = Randomness.of(key, session);
    if (Randomness.fraction(bits) >= ONCE) {
      for (int i = 0; i < ATTEMPTS; i++) {
        bits = Randomness.scramble(bits + Randomness.STEP);
        long user = Randomness.rank(bits, regulars);
        if (isRegularAt(user, elapsed)) {
          return id(user);
        }
      }
    }
    return id(regulars + session);
  }

  private boolean isRegularAt(long user, double elapsed) {
    long bits = Randomness.of(~key, user);
    double begin = (1 + EARLIER) * Randomness.fraction(bits) - EARLIER;
    double draw = Randomness.fraction(Randomness.scramble(bits));
    double interest = 0.4 * draw / (1 - draw);
    return begin <= elapsed && elapsed < begin + interest;
  }

  /** Numbers that tell nothing about their owner; no two users share one. */
  private long id(long user) {
    return 400_000_000 + ((user * 0x2545F4914F6CDD1DL) & idMask);
  }
}
