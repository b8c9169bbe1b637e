package org.clickmill.jobs.orders;

import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.KeyPart;

/**
 * What orders meet their customer by: the customer, and behind a new customer the orders in the
 * order of time. Orders without customer meet nobody.
 */
final class OrderCustomer {
  static final byte NEW_CUSTOMER = 0;
  static final byte ORDER = 1;

  private static final byte OF_CUSTOMER = 'u';
  private static final byte OF_NOBODY = 'o';

  private final ByteWriter name = new ByteWriter();

  /** Begins the key of a row, which has a user or else an order. */
  void put(StringColumn users, StringColumn orders, int row, ByteWriter key) {
    int user = users.ids()[row];
    var column = user == StringColumn.NULL ? orders : users;
    int id = column.ids()[row];
    name.clear().putByte(user == StringColumn.NULL ? OF_NOBODY : OF_CUSTOMER);
    name.putBytes(column.bytes(), column.offset(id), column.length(id));
    KeyPart.put(key, name.bytes(), 0, name.length());
  }
}
