package org.clickmill.jobs.interactions;

import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.KeyPart;

/**
 * What ratings are sorted by: the user, then what there is of the user: the number first, then
 * products that are packed into few partials, then single products in their order. All of a user
 * reaches one reducer.
 */
final class RatingKey {
  static final byte PACKED = 0;
  static final byte PRODUCT = 1;

  private RatingKey() {}

  /** Of the user's number. */
  static ByteWriter ofUser(ByteWriter target, StringColumn users, int user) {
    KeyPart.put(target, users.bytes(), users.offset(user), users.length(user));
    return target;
  }

  static ByteWriter ofPacked(ByteWriter target, StringColumn users, int user) {
    return ofUser(target, users, user).putByte(PACKED);
  }

  static ByteWriter ofProduct(
      ByteWriter target, StringColumn users, int user, StringColumn products, int product) {
    ofUser(target, users, user);
    return target
        .putByte(PRODUCT)
        .putBytes(products.bytes(), products.offset(product), products.length(product));
  }
}
