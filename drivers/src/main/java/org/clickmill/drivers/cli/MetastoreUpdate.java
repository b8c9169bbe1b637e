package org.clickmill.drivers.cli;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.metastore.Registrar;
import org.clickmill.drivers.metastore.TableChange;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Damage;
import org.clickmill.formats.metastore.MetastoreSettings;
import org.clickmill.formats.warehouse.Warehouse;

/**
 * Registers what a command has published, and what earlier ones could not register. The partitions
 * are there whatever the metastore does, so a failure is a warning.
 */
final class MetastoreUpdate {
  private static final String LATER =
      "The next run tries again; 'clickmill catalog sync' does so at once.";

  private MetastoreUpdate() {}

  static void run(CommandContext context, Warehouse warehouse) {
    var configuration = context.configuration();
    if (!MetastoreSettings.isSet(configuration)) {
      return;
    }
    var console = context.console();
    try {
      var registration = new Registrar(warehouse, context.metastore()::connect).registerPending();
      for (var failure : registration.failures()) {
        console.warn(text(failure, configuration));
      }
      if (!registration.tables().isEmpty()) {
        console.note("Metastore: " + registration.summary() + ".");
      }
    } catch (IOException | ClickmillException e) {
      var reason = e instanceof ClickmillException ? e.getMessage() : Damage.describe(e);
      console.warn(
          "Cannot register tables in the metastore "
              + name(configuration)
              + ": "
              + reason
              + "\n  "
              + LATER);
    }
  }

  private static String text(TableChange failure, Configuration configuration) {
    return "Cannot register table "
        + failure.table()
        + " in the metastore "
        + name(configuration)
        + ": "
        + failure.failure()
        + "\n  "
        + LATER;
  }

  /** The metastore, for messages. */
  static String name(Configuration configuration) {
    return String.join(", ", MetastoreSettings.URIS.get(configuration));
  }
}
