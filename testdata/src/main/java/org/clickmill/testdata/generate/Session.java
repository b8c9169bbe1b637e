package org.clickmill.testdata.generate;

import org.clickmill.formats.event.EventType;

/**
 * One visit that is under way: where its random numbers are, what lies in the cart, when the next
 * event comes. Sessions queue in the order of that event, then of their number. An object is used
 * for one session after another.
 */
final class Session implements Comparable<Session> {
  private static final int CART_CAPACITY = 24;
  private static final byte[] HEXADECIMAL = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private final Catalogue catalogue;
  private final Quantiles pauses;
  private final Behaviour behaviour;
  private final int[] cart = new int[CART_CAPACITY];
  private final byte[] id = new byte[36];
  private long number;
  private long random;
  private long second;
  private long lastSecond;
  private long left;
  private long user;
  private boolean shopping;
  private int inCart;
  private int toBuy;
  private int product;
  private boolean viewed;

  Session(Catalogue catalogue, Quantiles pauses, Behaviour behaviour) {
    this.catalogue = catalogue;
    this.pauses = pauses;
    this.behaviour = behaviour;
  }

  /**
   * Begins a session.
   *
   * @param key its own stream of random numbers
   * @param length how many events it will have
   * @param start second of the first
   * @param end second that the last must not come after
   */
  void begin(long sessionNumber, long key, long length, long start, long end, long visitor) {
    number = sessionNumber;
    random = key;
    left = length;
    second = start;
    lastSecond = end;
    user = visitor;
    inCart = 0;
    toBuy = 0;
    viewed = false;
    writeId(draw(), draw());
    shopping = Randomness.fraction(draw()) < behaviour.shopping();
  }

  /** When the next event comes, in seconds since the epoch. */
  long second() {
    return second;
  }

  /**
   * Makes the next event.
   *
   * @return whether there will be another
   */
  boolean step(GeneratedEvent event) {
    event.type = toBuy > 0 ? buy() : decide();
    event.second = second;
    event.user = user;
    long oddity = draw();
    event.session = (oddity & 0x7ff) == 0 ? null : id;
    catalogue.describe(product, second, event);
    if (event.type == EventType.PURCHASE && ((oddity >>> 11) & 0xff) == 0) {
      event.cents = -event.cents;
    }
    left--;
    if (left == 0) {
      return false;
    }
    if (toBuy == 0) {
      second += Math.min(pauses.value(draw()), (lastSecond - second) / left);
    }
    return true;
  }

  private EventType decide() {
    double choice = Randomness.fraction(draw());
    if (!shopping) {
      return view();
    }
    if (inCart == 0) {
      if (choice < behaviour.oddPurchase()) {
        product = catalogue.choose(draw(), second);
        return EventType.PURCHASE;
      }
      if (choice > 1 - behaviour.oddRemoval()) {
        product = catalogue.choose(draw(), second);
        return EventType.REMOVE_FROM_CART;
      }
    } else {
      if (choice < behaviour.purchase()) {
        toBuy = inCart;
        return buy();
      }
      if (choice > 1 - behaviour.removal()) {
        return remove();
      }
    }
    return Randomness.fraction(draw()) < behaviour.cart() ? cart() : view();
  }

  private EventType view() {
    long bits = draw();
    if (!viewed || (bits & 7) != 0) {
      product = catalogue.choose(bits, second);
    }
    viewed = true;
    return EventType.VIEW;
  }

  private EventType cart() {
    long bits = draw();
    if (!viewed || (bits & 3) == 0) {
      product = catalogue.choose(bits, second);
    }
    for (int i = 0; i < inCart; i++) {
      if (cart[i] == product) {
        return view();
      }
    }
    if (inCart == CART_CAPACITY) {
      return remove();
    }
    viewed = false;
    cart[inCart++] = product;
    return EventType.CART;
  }

  private EventType remove() {
    int place = (int) (((draw() >>> 32) * inCart) >>> 32);
    product = cart[place];
    cart[place] = cart[--inCart];
    viewed = false;
    return EventType.REMOVE_FROM_CART;
  }

  /** An order is all that lies in the cart, bought in one second. */
  private EventType buy() {
    product = cart[--inCart];
    toBuy--;
    viewed = false;
    return EventType.PURCHASE;
  }

  private long draw() {
    random += Randomness.STEP;
    return Randomness.scramble(random);
  }

  /** Writes 128 random bits as a version-4 UUID. */
  private void writeId(long high, long low) {
    long upper = (high & ~0xf000L) | 0x4000L;
    long lower = (low & ~(3L << 62)) | (1L << 63);
    int place = 0;
    for (int i = 0; i < 32; i++) {
      if (i == 8 || i == 12 || i == 16 || i == 20) {
        id[place++] = '-';
      }
      long bits = i < 16 ? upper >>> (60 - 4 * i) : lower >>> (124 - 4 * i);
      id[place++] = HEXADECIMAL[(int) (bits & 0xf)];
    }
  }

  @Override
  public int compareTo(Session other) {
    return second != other.second
        ? Long.compare(second, other.second)
        : Long.compare(number, other.number);
  }
}
