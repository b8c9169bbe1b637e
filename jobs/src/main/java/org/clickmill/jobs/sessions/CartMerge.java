package org.clickmill.jobs.sessions;

import java.io.IOException;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.PartialAggregates;
import org.clickmill.jobs.kernel.RowSink;
import org.clickmill.jobs.sessions.CartState.Kind;

/** Writes the one row of a day that has sessions with a cart. */
final class CartMerge implements Merge {
  private final TableSchema schema;
  private final MergeContext context;

  CartMerge(TableSchema schema, MergeContext context) {
    this.schema = schema;
    this.context = context;
  }

  @Override
  public void merge(ByteReader key, PartialAggregates partials, RowSink output) throws IOException {
    var carts = new CartCounts();
    boolean isMature = true;
    try {
      while (partials.next()) {
        isMature &= partials.value().readByte() != 0;
        carts.merge(partials.value());
      }
    } catch (ArithmeticException e) {
      throw tooManyDigits(e);
    }
    if (!Money.fits(carts.value())) {
      throw tooManyDigits(null);
    }
    long bought = carts.sessions(Kind.BOUGHT);
    long abandoned = carts.sessions(Kind.ABANDONED);
    long emptied = carts.sessions(Kind.EMPTIED);
    long all = bought + abandoned + emptied;
    if (all == 0) {
      return;
    }
    var row = output.row();
    row.setLong(schema.ordinal("sessions_with_cart"), all);
    row.setLong(schema.ordinal("sessions_bought"), bought);
    row.setLong(schema.ordinal("sessions_abandoned"), abandoned);
    row.setLong(schema.ordinal("sessions_emptied"), emptied);
    row.setDouble(schema.ordinal("abandonment_rate"), (double) abandoned / all);
    row.setLong(schema.ordinal("abandoned_value"), carts.value());
    row.setBoolean(schema.ordinal("mature"), isMature);
    output.write();
  }

  private ClickmillException tooManyDigits(ArithmeticException cause) {
    return ClickmillException.failed(
        "Cannot write %s of %s: abandoned_value has more than %d digits",
        Funnel.CART_ABANDONMENT, context.start(), Money.PRECISION, cause);
  }
}
