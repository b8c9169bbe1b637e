package org.clickmill.formats.warehouse;

import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A process that takes part in a contest: prints a line for every revision that it published. It
 * ends when there are enough, or when its input does.
 */
final class PublishingProcess {
  private PublishingProcess() {}

  public static void main(String[] arguments) throws Exception {
    var root = new Path(arguments[0]);
    var name = arguments[1];
    int revisions = Integer.parseInt(arguments[2]);
    var warehouse = Warehouse.openOrCreate(root, new Configuration());
    System.out.println("ready");
    if (System.in.read() < 0) {
      return;
    }
    var winners = new TreeMap<Integer, String>();
    Contest.publishMany(warehouse, name, revisions, winners);
    winners.forEach((revision, runId) -> System.out.println("won " + revision + " " + runId));
  }
}
