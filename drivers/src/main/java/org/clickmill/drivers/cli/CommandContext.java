package org.clickmill.drivers.cli;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.drivers.metastore.MetastoreClient;
import org.clickmill.drivers.observe.ObservedRun;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Warehouse;

/** What a command works with: the configuration with all settings, and the console. */
public final class CommandContext {
  private final Configuration configuration;
  private final Console console;
  private final MetastoreClient metastore;
  private final ObservedRun observed;

  CommandContext(
      Configuration configuration,
      Console console,
      MetastoreClient metastore,
      ObservedRun observed) {
    this.configuration = configuration;
    this.console = console;
    this.metastore = metastore;
    this.observed = observed;
  }

  /** The same, of another run. */
  CommandContext of(ObservedRun other) {
    return new CommandContext(configuration, console, metastore, other);
  }

  public Configuration configuration() {
    return configuration;
  }

  public Console console() {
    return console;
  }

  MetastoreClient metastore() {
    return metastore;
  }

  /** What tells others of this run. */
  ObservedRun observed() {
    return observed;
  }

  /**
   * A path of the command line as the user is told of it: on a cluster, where a path without a
   * scheme is none of the local disk, with its file system.
   */
  String told(String path) throws IOException {
    var given = new Path(path);
    var whole = given.getFileSystem(configuration).makeQualified(given);
    return "file".equals(whole.toUri().getScheme()) ? path : whole.toString();
  }

  /** The root folder of the warehouse; a usage error if nothing names one. */
  public Path warehousePath() {
    var path = DriverSettings.WAREHOUSE.get(configuration);
    if (path == null || path.isEmpty()) {
      throw ClickmillException.usage(
          "Missing warehouse: name its folder with --warehouse or CLICKMILL_WAREHOUSE");
    }
    return new Path(path);
  }

  /**
   * The warehouse, whose publications are told of; a usage error if nothing names one or there is
   * none.
   */
  public Warehouse warehouse() throws IOException {
    return observed.watch(Warehouse.open(warehousePath(), configuration));
  }
}
