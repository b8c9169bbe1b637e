package org.clickmill.testdata.generate;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** The shop's products: what is known about each is a function of its number, none is stored. */
final class Catalogue {
  private static final int BRANDS = 270;
  private static final int CATEGORIES = 500;
  private static final int SECONDS_PER_WEEK = 7 * 86_400;

  /** Products that are new in fashion in a week. */
  private static final long TRENDING = 200;

  private static final String[] SYLLABLES = {
    "ba", "cor", "de", "fi", "gra", "hu", "il", "jo", "ka", "lu", "mi", "no", "or", "pe", "ri",
    "sa", "ti", "ul", "ve", "zo"
  };

  private static final String[] CATEGORY_CODES = {
    "accessories.bag",
    "accessories.cosmetic_bag",
    "apparel.glove",
    "appliances.environment.vacuum",
    "appliances.personal.hair_cutter",
    "appliances.personal.massager",
    "body.cream",
    "body.soap",
    "face.cream",
    "face.mask",
    "face.serum",
    "furniture.bathroom.bath",
    "furniture.living_room.cabinet",
    "hair.colour",
    "hair.conditioner",
    "hair.shampoo",
    "makeup.eyes.mascara",
    "makeup.eyes.shadow",
    "makeup.face.foundation",
    "makeup.face.powder",
    "makeup.lips.gloss",
    "makeup.lips.lipstick",
    "nails.gel",
    "nails.lamp",
    "nails.polish",
    "perfume.eau_de_toilette",
    "sport.diving",
    "stationery.cartridge",
    "tools.brush",
    "tools.tweezers"
  };

  private final int products;
  private final long idMask;
  private final long productKey;
  private final long priceKey;
  private final long saleKey;
  private final long trendKey;
  private final byte[][] brands = new byte[BRANDS][];
  private final byte[][] categoryIds = new byte[CATEGORIES][];
  private final byte[][] categoryCodes = new byte[CATEGORIES][];
  private final Quantiles cents = Quantiles.logLogistic(420, 0.72, 6, 35_000);

  Catalogue(GeneratorOptions options) {
    products = options.products();
    idMask = Math.max(1L << 20, Long.highestOneBit(products) << 1) - 1;
    productKey = Randomness.key(options.seed(), Purpose.PRODUCT);
    priceKey = Randomness.key(options.seed(), Purpose.PRODUCT_PRICE);
    saleKey = Randomness.key(options.seed(), Purpose.SALE);
    trendKey = Randomness.key(options.seed(), Purpose.TREND);
    for (int i = 0; i < BRANDS; i++) {
      brands[i] = brand(i).getBytes(US_ASCII);
    }
    long categoryKey = Randomness.key(options.seed(), Purpose.CATEGORY);
    for (int i = 0; i < CATEGORIES; i++) {
      long bits = Randomness.of(categoryKey, i);
      long id = 1_487_580_000_000_000_000L + (long) i * 1_000_000_000_000L + (bits >>> 26);
      categoryIds[i] = Long.toString(id).getBytes(US_ASCII);
      categoryCodes[i] =
          (bits & 0xff) < 150 ? null : CATEGORY_CODES[i % CATEGORY_CODES.length].getBytes(US_ASCII);
    }
  }

  /** Draws a product: mostly one that is popular for ever, sometimes one in fashion this week. */
  int choose(long bits, long second) {
    if (((bits >>> 4) & 0xf) == 0) {
      long week = second / SECONDS_PER_WEEK;
      long place = Randomness.rank(bits, TRENDING);
      long fashion = Randomness.of(trendKey, week * TRENDING + place);
      return (int) (((fashion >>> 32) * products) >>> 32);
    }
    return (int) Randomness.rank(bits, products);
  }

  /** Fills in what the shop knows about a product at a time. */
  void describe(int product, long second, GeneratedEvent event) {
    long bits = Randomness.of(productKey, product);
    int brand = (int) Randomness.rank(bits, BRANDS);
    int category = (int) (((bits & 0xffffff) * CATEGORIES) >>> 24);
    boolean branded = ((bits >>> 24) & 0xff) < 148;
    boolean categorized = ((bits >>> 32) & 0x1ff) != 0;
    event.product = 5_000_000 + ((product * 0x5851F42D4C957F2DL) & idMask);
    event.brand = branded ? brands[brand] : null;
    event.categoryId = categorized ? categoryIds[category] : null;
    event.categoryCode = categorized ? categoryCodes[category] : null;
    event.cents = price(product, second);
  }

  /** One product in 400 is free; one in ten is up to 40 % off, another one each week. */
  private long price(int product, long second) {
    long bits = Randomness.of(priceKey, product);
    if (bits % 400 == 0) {
      return 0;
    }
    long price = cents.value(bits);
    long sale = Randomness.of(saleKey, ((second / SECONDS_PER_WEEK) << 32) + product) >>> 1;
    return sale % 10 == 0 ? price * (90 - (sale / 10) % 31) / 100 : price;
  }

  private static String brand(int number) {
    int syllables = SYLLABLES.length;
    var name = SYLLABLES[number % syllables] + SYLLABLES[(number / syllables + 7) % syllables];
    return switch (number % 9) {
      case 3 -> name + "." + SYLLABLES[number % 7];
      case 5 -> name + " " + SYLLABLES[number % 11];
      case 7 -> name + "-pro";
      default -> name + SYLLABLES[number % 13];
    };
  }
}
