package org.clickmill.jobs.sessions;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;

/**
 * The cart of one session, kept up event by event in content order: per product what is in it and
 * the last price. Products are distinct by 128 bits.
 */
final class CartState {
  /** Arrays of more products are given up with a cart. */
  private static final int KEPT_PRODUCTS = 1024;

  private static final Hasher128 HASHER = Hashing.murmur3_128('p');

  /** Stands for the product of events without one. */
  private static final HashValue128 NO_PRODUCT = new HashValue128(0, 0);

  /** The kinds of outcome; their names stand in the table funnel_sessions. */
  enum Kind {
    /** The session has no cart event. */
    NO_CART,
    /** A purchase with quantity &gt; 0 at or after the first cart event. */
    BOUGHT,
    /** Not bought, and something remains in the cart. */
    ABANDONED,
    /** Not bought, and nothing remains. */
    EMPTIED
  }

  private final int mostProducts;
  private boolean hasCart;
  private boolean isBought;
  private boolean isCapped;

  /** The place of each product in the arrays. */
  private final HashPlaces places = new HashPlaces();

  private long[] quantities = new long[HashPlaces.FEW];
  private long[] prices = new long[HashPlaces.FEW];

  /**
   * @param mostProducts the most products of a cart that are remembered
   */
  CartState(int mostProducts) {
    this.mostProducts = mostProducts;
  }

  /** Begins a session. */
  void clear() {
    hasCart = false;
    isBought = false;
    isCapped = false;
    forgetProducts();
  }

  /** Adds an event of any type. */
  void add(EventColumns columns, int row) {
    switch (columns.type(row)) {
      case KnownType.CART -> {
        hasCart = true;
        if (!isBought) {
          put(columns, row);
        }
      }
      case KnownType.REMOVE_FROM_CART -> {
        if (!isBought) {
          remove(columns, row);
        }
      }
      case KnownType.PURCHASE -> {
        // At one instant carts come before purchases.
        if (hasCart && columns.quantities[row] > 0) {
          isBought = true;
          forgetProducts();
        }
      }
      default -> {
        // Changes no cart.
      }
    }
  }

  /** Whether there were more products than are remembered. */
  boolean isCapped() {
    return isCapped;
  }

  /** What became of the cart so far. */
  Kind kind() {
    if (!hasCart) {
      return Kind.NO_CART;
    }
    if (isBought) {
      return Kind.BOUGHT;
    }
    for (int place = 0; place < places.size(); place++) {
      if (quantities[place] > 0) {
        return Kind.ABANDONED;
      }
    }
    return Kind.EMPTIED;
  }

  /**
   * What remains at the products' last prices in the cart, scaled; 0 unless abandoned.
   *
   * @throws ArithmeticException if it has too many digits
   */
  long value() {
    long value = 0;
    if (hasCart && !isBought) {
      for (int place = 0; place < places.size(); place++) {
        value = Math.addExact(value, Math.multiplyExact(quantities[place], prices[place]));
      }
    }
    return value;
  }

  private void put(EventColumns columns, int row) {
    int place = place(product(columns, row));
    if (place != HashPlaces.NONE) {
      quantities[place] = Math.max(0, quantities[place] + columns.quantities[row]);
      if (!columns.prices.isNull(row)) {
        prices[place] = columns.prices.values()[row];
      }
    }
  }

  private void remove(EventColumns columns, int row) {
    long quantity = columns.quantities[row];
    var product = product(columns, row);
    // What is not there cannot become less.
    int place = quantity < 0 ? place(product) : places.of(product);
    if (place != HashPlaces.NONE) {
      quantities[place] = Math.max(0, quantities[place] - quantity);
    }
  }

  private static HashValue128 product(EventColumns columns, int row) {
    int id = columns.products.ids[row];
    return id < 0
        ? NO_PRODUCT
        : HASHER.hashBytesTo128Bits(
            columns.products.bytes, columns.products.offsets[id], columns.products.length(id));
  }

  private int place(HashValue128 product) {
    int place = places.of(product);
    if (place != HashPlaces.NONE) {
      return place;
    }
    if (places.size() == mostProducts) {
      isCapped = true;
      return HashPlaces.NONE;
    }
    return set(places.add(product), 0, 0);
  }

  private int set(int place, long quantity, long price) {
    if (place == quantities.length) {
      quantities = Arrays.copyOf(quantities, 2 * place);
      prices = Arrays.copyOf(prices, 2 * place);
    }
    quantities[place] = quantity;
    prices[place] = price;
    return place;
  }

  private void forgetProducts() {
    places.clear();
    if (quantities.length > KEPT_PRODUCTS) {
      quantities = new long[HashPlaces.FEW];
      prices = new long[HashPlaces.FEW];
    }
  }

  void write(ByteWriter target) {
    target.putByte((hasCart ? 1 : 0) | (isBought ? 2 : 0) | (isCapped ? 4 : 0));
    target.putUnsigned(places.size());
    for (int place : places.sorted()) {
      places.put(place, target);
      target.putUnsigned(quantities[place]).putSigned(prices[place]);
    }
  }

  /** Reads what {@link #write} wrote, into a cart that is clear. */
  void read(ByteReader source) {
    int flags = source.readByte();
    hasCart = (flags & 1) != 0;
    isBought = (flags & 2) != 0;
    isCapped = (flags & 4) != 0;
    for (long count = source.readUnsigned(); count > 0; count--) {
      int place = places.add(source.readFixed(), source.readFixed());
      set(place, source.readUnsigned(), source.readSigned());
    }
  }
}
