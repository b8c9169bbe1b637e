package org.clickmill.jobs.sessions;

import java.io.IOException;
import java.time.Instant;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.event.VisitorHash;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.kernel.RowSink;

/** Writes rows of the table sessions. */
final class SessionRows {
  private static final TableSchema SCHEMA = Sessions.SESSIONS_SCHEMA;
  private static final int SESSION_ID = SCHEMA.ordinal("session_id");
  private static final int VISITOR = SCHEMA.ordinal("visitor");
  private static final int USER_ID = SCHEMA.ordinal("user_id");
  private static final int USER_SESSION = SCHEMA.ordinal("user_session");
  private static final int START_TIME = SCHEMA.ordinal("start_time");
  private static final int END_TIME = SCHEMA.ordinal("end_time");
  private static final int DURATION_SECONDS = SCHEMA.ordinal("duration_seconds");
  private static final int EVENTS = SCHEMA.ordinal("events");
  private static final int VIEWS = SCHEMA.ordinal("views");
  private static final int CARTS = SCHEMA.ordinal("carts");
  private static final int REMOVES = SCHEMA.ordinal("removes");
  private static final int PURCHASES = SCHEMA.ordinal("purchases");
  private static final int ORDERS = SCHEMA.ordinal("orders");
  private static final int REVENUE = SCHEMA.ordinal("revenue");
  private static final int VIEW_TIME = SCHEMA.ordinal("view_time");
  private static final int CART_TIME = SCHEMA.ordinal("cart_time");
  private static final int PURCHASE_TIME = SCHEMA.ordinal("purchase_time");
  private static final int IS_BOUNCE = SCHEMA.ordinal("is_bounce");
  private static final int IS_COMPLETE = SCHEMA.ordinal("is_complete");
  private static final int CUT_AT_24_HOURS = SCHEMA.ordinal("cut_at_24_hours");
  private static final int ENTRY_PRODUCT_ID = SCHEMA.ordinal("entry_product_id");
  private static final int EXIT_PRODUCT_ID = SCHEMA.ordinal("exit_product_id");
  private static final int IS_CAPPED = SCHEMA.ordinal("is_capped");
  private static final int HAS_PURCHASE = SCHEMA.ordinal("has_purchase");

  private SessionRows() {}

  /** Writes the row of a session, which has been named. */
  static void write(FoundSession found, SessionId id, RowSink sink) throws IOException {
    var figures = found.state.figures;
    if (!Money.fits(figures.revenue)) {
      throw tooManyDigits("the revenue", found.visitor, figures.start, null);
    }
    var strings = found.state.strings;
    var columns = found.state.columns();
    var row = sink.row();
    row.setText(SESSION_ID, id.digits(), 0, SessionId.LENGTH);
    if (found.visitor.kind != VisitorHash.NONE) {
      row.setText(VISITOR, found.visitor.bytes, found.visitor.offset, found.visitor.length);
    }
    strings.set(row, USER_ID, columns.users, figures.user);
    strings.set(row, USER_SESSION, columns.sessions, figures.session);
    row.setLong(START_TIME, figures.start);
    row.setLong(END_TIME, figures.end);
    row.setLong(DURATION_SECONDS, (figures.end - figures.start) / 1000);
    row.setLong(EVENTS, figures.events);
    row.setLong(VIEWS, figures.eventsOfType[KnownType.VIEW]);
    row.setLong(CARTS, figures.eventsOfType[KnownType.CART]);
    row.setLong(REMOVES, figures.eventsOfType[KnownType.REMOVE_FROM_CART]);
    row.setLong(PURCHASES, figures.eventsOfType[KnownType.PURCHASE]);
    row.setLong(ORDERS, figures.orders());
    row.setLong(REVENUE, figures.revenue);
    setTime(row, VIEW_TIME, figures.viewTime);
    setTime(row, CART_TIME, figures.cartTime);
    setTime(row, PURCHASE_TIME, figures.purchaseTime);
    row.setBoolean(IS_BOUNCE, figures.events == 1);
    row.setBoolean(IS_COMPLETE, found.isComplete);
    row.setBoolean(CUT_AT_24_HOURS, found.isCut);
    strings.set(row, ENTRY_PRODUCT_ID, columns.products, figures.entryProduct);
    strings.set(row, EXIT_PRODUCT_ID, columns.products, figures.exitProduct);
    row.setBoolean(IS_CAPPED, found.state.isCapped());
    row.setBoolean(HAS_PURCHASE, figures.hasPurchase);
    figures.traffic.set(row, columns, strings);
    sink.write();
  }

  /** What to tell the user when a sum of money of a session outgrows its column. */
  static ClickmillException tooManyDigits(
      String sum, Visitor visitor, long start, ArithmeticException cause) {
    return ClickmillException.failed(
        "Cannot write sessions: %s of %s in the session that began at %s has more than %d digits",
        sum, visitor, Instant.ofEpochMilli(start), Money.PRECISION, cause);
  }

  private static void setTime(Row row, int column, long time) {
    if (time != SessionFigures.NEVER) {
      row.setLong(column, time);
    }
  }
}
