package org.clickmill.testdata.generate;

/** What random numbers are drawn for. The numbers are part of what makes rows the same for ever. */
final class Purpose {
  static final long SESSION_LENGTH = 1;
  static final long SESSION_START = 2;
  static final long SESSION_STEPS = 3;
  static final long USER = 4;
  static final long PRODUCT = 5;
  static final long PRODUCT_PRICE = 6;
  static final long SALE = 7;
  static final long TREND = 8;
  static final long CATEGORY = 9;

  private Purpose() {}
}
