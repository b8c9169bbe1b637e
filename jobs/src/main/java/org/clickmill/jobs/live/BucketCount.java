package org.clickmill.jobs.live;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.event.EventType;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.EventRowDecoder;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.Row;
import org.clickmill.jobs.kernel.GroupedHashSet;
import org.clickmill.jobs.lines.OrderLine;
import org.clickmill.jobs.live.LiveState.Summary;

/**
 * Counts the distinct events of a bucket. Where they are many, they are gone through several times,
 * each time for a share of the visitors, orders and products, so that memory does not depend on
 * their number.
 */
final class BucketCount {
  private static final Hasher128 HASHER = Hashing.murmur3_128();
  private static final int TYPE = EventColumn.EVENT_TYPE.position();
  private static final int PRODUCT = EventColumn.PRODUCT_ID.position();
  private static final byte[] NONE = "(none)".getBytes(StandardCharsets.UTF_8);

  /** In the order in which they are asked for. */
  private static final List<Integer> VISITOR =
      List.of(
          EventColumn.VISITOR_ID.position(),
          EventColumn.USER_ID.position(),
          EventColumn.USER_SESSION.position());

  private final int pass;
  private final int passes;
  private final Row row = new Row(EventRows.SCHEMA);
  private final EventRowDecoder decoder = new EventRowDecoder(row);
  private final OrderLine line = new OrderLine();

  private long events;
  private long views;
  private long carts;
  private long ownOrders;
  private long revenue;
  private final GroupedHashSet visitors = new GroupedHashSet();
  private final GroupedHashSet orders = new GroupedHashSet();
  private final SortedMap<String, Product> products = new TreeMap<>();
  private final GroupedHashSet productOrders = new GroupedHashSet();

  /** What is counted of a product. */
  private static final class Product {
    private final int number;
    private long orderLines;
    private long units;
    private long orders;
    private long revenue;

    Product(int number) {
      this.number = number;
    }
  }

  /**
   * @param pass which share is counted, from 0; the first one counts what is not distinct, too
   * @param passes how many shares there are
   */
  BucketCount(int pass, int passes) {
    this.pass = pass;
    this.passes = passes;
  }

  /**
   * Takes an event.
   *
   * @param key as in a bucket's file
   */
  void add(byte[] key) {
    decoder.decode(key, EventPlace.HASH);
    if (pass == 0) {
      events++;
      views += is(EventType.VIEW) ? 1 : 0;
      carts += is(EventType.CART) ? 1 : 0;
    }
    addVisitor();
    try {
      if (line.begin(row)) {
        addLine();
      }
    } catch (ArithmeticException e) {
      throw ClickmillException.failed(
          "Cannot add up revenue: it has too many digits, at an event of product %s",
          row.text(PRODUCT), e);
    }
  }

  private boolean is(EventType type) {
    return type.matches(row.bytes(TYPE), 0, row.bytesLength(TYPE));
  }

  private void addVisitor() {
    for (int column : VISITOR) {
      if (row.bytesLength(column) > 0) {
        add(visitors, 0, HASHER.hashBytesTo128Bits(row.bytes(column), 0, row.bytesLength(column)));
        return;
      }
    }
  }

  private void addLine() {
    var order = line.isSold() && !line.isOwnOrder() ? line.order() : null;
    if (pass == 0) {
      revenue = Math.addExact(revenue, line.revenue());
      ownOrders += line.isSold() && order == null ? 1 : 0;
    }
    if (order != null) {
      add(orders, 0, order);
    }
    addToProduct(order);
  }

  private void addToProduct(HashValue128 order) {
    var bytes = row.isNull(PRODUCT) ? NONE : row.bytes(PRODUCT);
    int length = row.isNull(PRODUCT) ? NONE.length : row.bytesLength(PRODUCT);
    if (!isMine(HASHER.hashBytesTo128Bits(bytes, 0, length))) {
      return;
    }
    var product =
        products.computeIfAbsent(
            new String(bytes, 0, length, StandardCharsets.UTF_8),
            name -> new Product(products.size()));
    product.revenue = Math.addExact(product.revenue, line.revenue());
    if (line.isSold()) {
      product.orderLines++;
      product.units = Math.addExact(product.units, line.units());
      if (order == null
          || productOrders.add(
              product.number, order.getMostSignificantBits(), order.getLeastSignificantBits())) {
        product.orders++;
      }
    }
  }

  private void add(GroupedHashSet set, int group, HashValue128 hash) {
    if (isMine(hash)) {
      set.add(group, hash.getMostSignificantBits(), hash.getLeastSignificantBits());
    }
  }

  private boolean isMine(HashValue128 hash) {
    return passes == 1 || Long.remainderUnsigned(hash.getMostSignificantBits(), passes) == pass;
  }

  /** What the share adds to the bucket's row of live_summary. */
  Summary summary() {
    return new Summary(
        events, views, visitors.size(), carts, Math.addExact(ownOrders, orders.size()), revenue);
  }

  /** The rows of live_sales of the share's products. */
  List<ProductSales> sales() {
    return products.entrySet().stream()
        .map(
            entry -> {
              var product = entry.getValue();
              return new ProductSales(
                  entry.getKey(),
                  product.orderLines,
                  product.units,
                  product.orders,
                  product.revenue);
            })
        .toList();
  }
}
