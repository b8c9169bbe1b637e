package org.clickmill.jobs.views;

import java.util.Arrays;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;

/**
 * A product with its counts of a day, ordered by rank: most views first, ties by product_id.
 *
 * @param productId UTF-8
 * @param brand may be null
 * @param categoryCode may be null
 * @param visitors {@link #NOT_COUNTED} if they are not
 */
record RankedProduct(byte[] productId, String brand, String categoryCode, long views, long visitors)
    implements Comparable<RankedProduct> {
  static final long NOT_COUNTED = -1;

  @Override
  public int compareTo(RankedProduct other) {
    int order = Long.compare(other.views, views);
    return order != 0 ? order : Arrays.compareUnsigned(productId, other.productId);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RankedProduct product && compareTo(product) == 0;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(productId);
  }

  void write(ByteWriter writer) {
    writer.putText(productId, 0, productId.length);
    putNullable(writer, brand);
    putNullable(writer, categoryCode);
    writer.putUnsigned(views).putSigned(visitors);
  }

  static RankedProduct read(ByteReader reader) {
    var id = new byte[reader.readTextLength()];
    System.arraycopy(reader.bytes(), reader.position(), id, 0, id.length);
    reader.skip(id.length);
    var brand = reader.readText();
    var categoryCode = reader.readText();
    long views = reader.readUnsigned();
    return new RankedProduct(id, brand, categoryCode, views, reader.readSigned());
  }

  private static void putNullable(ByteWriter writer, String text) {
    if (text == null) {
      writer.putNullText();
    } else {
      writer.putText(text);
    }
  }
}
