package org.clickmill.jobs.interactions;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.clickmill.formats.write.Row;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.Partials;
import org.clickmill.jobs.kernel.RowSink;

/** Adds up what a user did with each product over the days, and rates it. */
final class RatingMerge implements Merge {
  /** First byte of a partial that holds the user's number. */
  static final byte INDEX = 0;

  /** First byte of a partial that holds products and their counts. */
  static final byte COUNTS = 1;

  private static final int USER_ID = Interactions.SCHEMA.ordinal("user_id");
  private static final int PRODUCT_ID = Interactions.SCHEMA.ordinal("product_id");
  private static final int USER_INDEX = Interactions.SCHEMA.ordinal("user_index");
  private static final int PRODUCT_INDEX = Interactions.SCHEMA.ordinal("product_index");
  private static final int RATING = Interactions.SCHEMA.ordinal("rating");

  private static final long NO_INDEX = -1;

  private final Weights weights;
  private final ProductSource source;
  private final UserCounts user;
  private ProductIndex products;

  /** Finds the products of the partition that is being written. */
  @FunctionalInterface
  interface ProductSource {
    ProductIndex read() throws IOException;
  }

  RatingMerge(Weights weights, ProductSource source) {
    this.weights = weights;
    this.source = source;
    this.user = new UserCounts(weights.size());
  }

  @Override
  public void merge(ByteReader key, Partials partials, RowSink output) throws IOException {
    if (products == null) {
      products = source.read();
    }
    user.clear();
    long index = NO_INDEX;
    while (partials.next()) {
      var partial = partials.value();
      if (partial.readByte() == INDEX) {
        index = partial.readUnsigned();
      } else {
        add(partial);
      }
    }
    if (index == NO_INDEX) {
      var id = new String(key.bytes(), key.position(), key.remaining(), StandardCharsets.UTF_8);
      throw new IllegalStateException("User without number: " + id);
    }
    for (int product : user.products()) {
      write(key, index, product, output);
    }
  }

  private void add(ByteReader day) {
    while (day.remaining() > 0) {
      int length = day.readTextLength();
      int slot = user.slot(products.index(day.bytes(), day.position(), length));
      day.skip(length);
      for (int i = 0; i < weights.size(); i++) {
        user.add(slot, i, day.readUnsigned());
      }
    }
  }

  private void write(ByteReader key, long index, int product, RowSink output) throws IOException {
    Row row = output.row();
    row.setText(USER_ID, key.bytes(), key.position(), key.remaining());
    row.setText(PRODUCT_ID, products.bytes(), products.offset(product), products.length(product));
    row.setLong(USER_INDEX, index);
    row.setLong(PRODUCT_INDEX, product);
    row.setDouble(RATING, user.rating(product, weights));
    output.write();
  }

  @Override
  public void end(RowSink output) {
    products = null;
  }
}
