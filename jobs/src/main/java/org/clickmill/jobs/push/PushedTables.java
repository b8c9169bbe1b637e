package org.clickmill.jobs.push;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.warehouse.Warehouse;

/** The tables that were ever pushed from a warehouse, as far as it remembers. */
public final class PushedTables {
  private static final String EXTENSION = ".json";

  private PushedTables() {}

  /** A table and a topic that it was pushed to. */
  public record Pushed(String topic, String table) {}

  public static List<Pushed> of(Warehouse warehouse) throws IOException {
    var disk = warehouse.disk();
    var pushed = new ArrayList<Pushed>();
    for (var topic : disk.list(new Path(warehouse.root(), PushedCache.FOLDER))) {
      for (var file : disk.list(topic.getPath())) {
        var name = file.getPath().getName();
        if (name.endsWith(EXTENSION)) {
          var table = name.substring(0, name.length() - EXTENSION.length());
          pushed.add(new Pushed(topic.getPath().getName(), table));
        }
      }
    }
    return pushed;
  }
}
