package org.clickmill.drivers.cli;

import java.io.IOException;
import org.clickmill.drivers.metastore.Registrar;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Damage;
import org.clickmill.formats.metastore.MetastoreSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings a Hive metastore to what the warehouse has. */
@Command(
    name = "catalog",
    description = {
      "Registers the tables of a warehouse in a Hive metastore (4.0 and newer), the one that the"
          + " setting clickmill.metastore.uris names.",
      "With the setting, every command that publishes registers what it has published. 'catalog"
          + " sync' compares everything: tables and partitions that are missing are added, those that"
          + " are registered otherwise altered, and partitions that the warehouse no longer has"
          + " dropped. Files are not touched."
    },
    footer = {
      "",
      "Examples:",
      "  clickmill catalog sync --warehouse hdfs:///shop --dry-run",
      "  clickmill catalog sync --warehouse hdfs:///shop \\",
      "    -D clickmill.metastore.uris=thrift://metastore:9083"
    })
final class CatalogCommand extends BaseCommand {
  @Parameters(
      paramLabel = "ACTION",
      description = "What to do: sync compares everything and writes what differs.")
  private Action action;

  @Option(names = "--dry-run", description = "Print what differs; change nothing.")
  private boolean dryRun;

  private enum Action {
    SYNC
  }

  @Override
  boolean runsJobs() {
    return false;
  }

  @Override
  boolean registers() {
    return true;
  }

  @Override
  protected void run(CommandContext context) throws IOException {
    switch (action) {
      case SYNC -> sync(context);
    }
  }

  private void sync(CommandContext context) throws IOException {
    var configuration = context.configuration();
    if (!MetastoreSettings.isSet(configuration)) {
      throw ClickmillException.usage(
          "Missing setting: %s, as thrift://HOST:PORT", MetastoreSettings.URIS);
    }
    var warehouse = context.warehouse();
    var metastore = MetastoreUpdate.name(configuration);
    var registrar =
        new Registrar(
            warehouse,
            () -> {
              try {
                return context.metastore().connect();
              } catch (IOException e) {
                throw ClickmillException.notReady(
                    "Cannot reach the metastore %s: %s", metastore, Damage.describe(e), e);
              }
            });
    try {
      var registration = registrar.sync(dryRun);
      context
          .console()
          .result(
              registration, () -> registration.text() + (dryRun ? "\nNothing was changed." : ""));
      if (!registration.failures().isEmpty()) {
        throw ClickmillException.failed(
            "Cannot register %d tables in the metastore %s: they are named above",
            registration.failures().size(), metastore);
      }
    } catch (IOException e) {
      throw ClickmillException.failed(
          "Cannot register tables in the metastore %s: %s", metastore, Damage.describe(e), e);
    }
  }
}
