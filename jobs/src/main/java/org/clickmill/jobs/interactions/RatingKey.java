package org.clickmill.jobs.interactions;

import org.clickmill.formats.read.StringColumn;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.KeyPart;

/**
 * What ratings are sorted by: the user, then the product. All of a user reaches one reducer, the
 * user's number first, under the key without product.
 */
final class RatingKey {
  private RatingKey() {}

  static ByteWriter ofUser(ByteWriter target, StringColumn users, int user) {
    KeyPart.put(target, users.bytes(), users.offset(user), users.length(user));
    return target;
  }

  static ByteWriter ofPair(
      ByteWriter target, StringColumn users, int user, StringColumn products, int product) {
    ofUser(target, users, user);
    return target
        .putByte(1)
        .putBytes(products.bytes(), products.offset(product), products.length(product));
  }
}
