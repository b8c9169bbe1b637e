package org.clickmill.drivers.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.warehouse.Faults;

/** A file system that crashes, and the options that hand it to a command. */
record Crashing(Faults faults, String[] options) implements AutoCloseable {
  /** That of a warehouse, which crashes at some change; {@link Long#MAX_VALUE} for never. */
  static Crashing at(Path shop, long change) {
    var configuration = new Configuration(false);
    var faults = Faults.inject(configuration, SmallShop.path(shop), change);
    var options = new ArrayList<String>();
    for (var property : configuration) {
      options.add("-D" + property.getKey() + "=" + property.getValue());
    }
    return new Crashing(faults, options.toArray(String[]::new));
  }

  @Override
  public void close() {
    faults.close();
  }
}
