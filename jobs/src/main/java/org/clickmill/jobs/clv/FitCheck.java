package org.clickmill.jobs.clv;

import java.io.IOException;
import java.time.LocalDate;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.warehouse.Warehouse;

/** For callers who can do nothing with clv where no model was fitted. */
public final class FitCheck {
  private FitCheck() {}

  /**
   * Reads the first row of the published clv_model of a day, the models of all customers.
   *
   * @throws ClickmillException of quality if the models have no fit, and otherwise if the day has
   *     no clv_model
   */
  public static void requireFit(Warehouse warehouse, LocalDate day, Configuration configuration)
      throws IOException {
    var folder = warehouse.pathOf(Clv.MODEL_TABLE.partition(day));
    try (var row = TableReader.open(warehouse.fileSystem(), folder, configuration)) {
      if (row.next() && !row.booleanValue("converged")) {
        throw ClickmillException.quality(
            "Cannot tell the value of customers on %s: %s", day, row.text("reason"));
      }
    }
  }
}
