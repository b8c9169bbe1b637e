package org.clickmill.jobs.interactions;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.clickmill.formats.table.Row;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.KeyPart;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.PartialAggregates;
import org.clickmill.jobs.kernel.RowSink;

/** Adds up what a user did with a product over the days, and rates it; keys are RatingKeys. */
final class RatingMerge implements Merge {
  private static final int USER_ID = Interactions.SCHEMA.ordinal("user_id");
  private static final int PRODUCT_ID = Interactions.SCHEMA.ordinal("product_id");
  private static final int USER_INDEX = Interactions.SCHEMA.ordinal("user_index");
  private static final int PRODUCT_INDEX = Interactions.SCHEMA.ordinal("product_index");
  private static final int RATING = Interactions.SCHEMA.ordinal("rating");

  private final Weights weights;
  private final ProductSource source;
  private final long[] counts;
  private final PackedProducts packed;
  private ProductIndex products;

  // The user whose number came last.
  private final ByteWriter numbered = new ByteWriter();
  private long userIndex;

  private final ByteWriter user = new ByteWriter();

  /** Finds the products of the partition that is being written. */
  @FunctionalInterface
  interface ProductSource {
    ProductIndex read() throws IOException;
  }

  RatingMerge(Weights weights, ProductSource source) {
    this.weights = weights;
    this.source = source;
    counts = new long[weights.size()];
    packed = new PackedProducts(weights.size());
  }

  @Override
  public void merge(ByteReader key, PartialAggregates partials, RowSink output) throws IOException {
    KeyPart.read(key, user.clear());
    if (key.remaining() == 0) {
      beginUser(partials, output);
      return;
    }
    if (!Arrays.equals(user.bytes(), 0, user.length(), numbered.bytes(), 0, numbered.length())) {
      var id = new String(user.bytes(), 0, user.length(), StandardCharsets.UTF_8);
      throw new IllegalStateException("User without number: " + id);
    }
    if (key.readByte() == RatingKey.PACKED) {
      while (partials.next()) {
        packed.add(partials.value());
      }
    } else {
      mergeProduct(key, partials, output);
    }
  }

  private void beginUser(PartialAggregates partials, RowSink output) throws IOException {
    writePacked(null, output);
    packed.clear();
    numbered.clear().putBytes(user.bytes(), 0, user.length());
    while (partials.next()) {
      userIndex = partials.value().readUnsigned();
    }
  }

  private void mergeProduct(ByteReader product, PartialAggregates partials, RowSink output)
      throws IOException {
    writePacked(product, output);
    Arrays.fill(counts, 0);
    if (packed.hasNext() && packed.compareNext(product) == 0) {
      packed.take(counts);
    }
    while (partials.next()) {
      var day = partials.value();
      for (int i = 0; i < counts.length; i++) {
        counts[i] += day.readUnsigned();
      }
    }
    write(product, output);
  }

  /** Writes the packed products that come before another, or all that are left. */
  private void writePacked(ByteReader end, RowSink output) throws IOException {
    while (packed.hasNext() && (end == null || packed.compareNext(end) < 0)) {
      Arrays.fill(counts, 0);
      write(packed.take(counts), output);
    }
  }

  private void write(ByteReader product, RowSink output) throws IOException {
    if (products == null) {
      products = source.read();
    }
    Row row = output.row();
    row.setText(USER_ID, numbered.bytes(), 0, numbered.length());
    row.setText(PRODUCT_ID, product.bytes(), product.position(), product.remaining());
    row.setLong(USER_INDEX, userIndex);
    row.setLong(
        PRODUCT_INDEX, products.index(product.bytes(), product.position(), product.remaining()));
    row.setDouble(RATING, weights.rating(counts, 0));
    output.write();
  }

  @Override
  public void end(RowSink output) throws IOException {
    writePacked(null, output);
    packed.clear();
    numbered.clear();
    if (products != null) {
      products.close();
      products = null;
    }
  }
}
