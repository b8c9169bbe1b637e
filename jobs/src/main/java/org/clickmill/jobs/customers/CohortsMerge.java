package org.clickmill.jobs.customers;

import java.io.IOException;
import java.time.LocalDate;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.PartialAggregates;
import org.clickmill.jobs.kernel.RowSink;

/**
 * Writes a row for each month of each cohort, up to the snapshot's; those in which nobody did
 * anything, too. In its first month every customer of a cohort is active.
 */
final class CohortsMerge implements Merge {
  private static final TableSchema SCHEMA = Cohorts.SCHEMA;
  private static final int COHORT = SCHEMA.ordinal("cohort");
  private static final int MONTHS_SINCE = SCHEMA.ordinal("months_since");
  private static final int CUSTOMERS = SCHEMA.ordinal("customers");
  private static final int ACTIVE_CUSTOMERS = SCHEMA.ordinal("active_customers");
  private static final int ORDERS = SCHEMA.ordinal("orders");
  private static final int REVENUE = SCHEMA.ordinal("revenue");
  private static final int RETENTION = SCHEMA.ordinal("retention");
  private static final int IS_COMPLETE = SCHEMA.ordinal("is_complete");

  private final MergeContext context;
  private final CohortFigures figures = new CohortFigures();
  private final CohortFigures nothing = new CohortFigures();

  private boolean hasCohort;
  private long cohort;
  private long customers;

  /** The first month of the cohort that has no row yet. */
  private long next;

  CohortsMerge(MergeContext context) {
    this.context = context;
  }

  @Override
  public void merge(ByteReader key, PartialAggregates partials, RowSink output) throws IOException {
    long keyCohort = key.readOrdered();
    long monthsSince = key.readOrdered();
    figures.clear();
    try {
      while (partials.next()) {
        figures.merge(partials.value());
      }
    } catch (ArithmeticException e) {
      throw tooManyDigits(keyCohort, monthsSince, e);
    }
    if (!hasCohort || keyCohort != cohort) {
      endCohort(output);
      hasCohort = true;
      cohort = keyCohort;
      customers = figures.activeCustomers;
      next = 0;
    }
    writeNothingUntil(monthsSince, output);
    write(figures, output);
  }

  @Override
  public void end(RowSink output) throws IOException {
    endCohort(output);
    hasCohort = false;
  }

  private void endCohort(RowSink output) throws IOException {
    if (hasCohort) {
      long last = CohortCell.month(context.start().toEpochDay()) - cohort;
      writeNothingUntil(last + 1, output);
    }
  }

  private void writeNothingUntil(long end, RowSink output) throws IOException {
    while (next < end) {
      write(nothing, output);
    }
  }

  private void write(CohortFigures month, RowSink output) throws IOException {
    if (!Money.fits(month.revenue)) {
      throw tooManyDigits(cohort, next, null);
    }
    var row = output.row();
    row.setLong(COHORT, CohortCell.firstDay(cohort));
    row.setLong(MONTHS_SINCE, next);
    row.setLong(CUSTOMERS, customers);
    row.setLong(ACTIVE_CUSTOMERS, month.activeCustomers);
    row.setLong(ORDERS, month.orders);
    row.setLong(REVENUE, month.revenue);
    row.setDouble(RETENTION, (double) month.activeCustomers / customers);
    boolean isOver = CohortCell.lastDay(cohort + next) <= context.start().toEpochDay();
    row.setBoolean(IS_COMPLETE, isOver);
    output.write();
    next++;
  }

  private ClickmillException tooManyDigits(
      long ofCohort, long monthsSince, ArithmeticException cause) {
    return ClickmillException.failed(
        "Cannot write cohorts of %s: a sum of the customers since %s has more than %d digits, %d"
            + " months later",
        context.start(),
        LocalDate.ofEpochDay(CohortCell.firstDay(ofCohort)),
        Money.PRECISION,
        monthsSince,
        cause);
  }
}
