package org.clickmill.drivers.doctor;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.metastore.MetastoreClient;
import org.clickmill.formats.metastore.MetastoreSettings;

/** The Hive metastore that tables are registered in, where one is set. */
final class MetastoreCheck implements Check {
  private static final String NAME = "metastore";

  private final MetastoreClient client;
  private final Configuration configuration;

  MetastoreCheck(MetastoreClient client, Configuration configuration) {
    this.client = client;
    this.configuration = configuration;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String advice() {
    return "Is "
        + MetastoreSettings.URIS
        + " right ("
        + String.join(",", MetastoreSettings.URIS.get(configuration))
        + "), and does the metastore run?";
  }

  @Override
  public List<Finding> run() throws IOException {
    if (!MetastoreSettings.isSet(configuration)) {
      return List.of(Finding.skipped(NAME, MetastoreSettings.URIS + " is not set"));
    }
    try (var metastore = client.connect()) {
      var version = metastore.version();
      return List.of(
          Versions.ofHive(
              NAME,
              version,
              "answers at "
                  + String.join(",", MetastoreSettings.URIS.get(configuration))
                  + ", version "
                  + version,
              "Register tables in a newer one, or leave " + MetastoreSettings.URIS + " out."));
    }
  }
}
