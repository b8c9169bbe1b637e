package org.clickmill.jobs.load;

import java.time.Instant;
import java.util.Arrays;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.jobs.LocalWarehouse;

/** Loads topics again and again, until it is killed. */
final class LoaderProcess {
  private LoaderProcess() {}

  /**
   * @param arguments the folder, the brokers, and the topics
   */
  public static void main(String[] arguments) throws Exception {
    var folder = java.nio.file.Path.of(arguments[0]);
    var topics = Arrays.copyOfRange(arguments, 2, arguments.length);
    var shop = LoadedWarehouse.shop(folder, LocalWarehouse.configuration(folder), arguments[1]);
    while (true) {
      try {
        // Each run is an hour later than the one before, so that hours are sealed all the time.
        var commits =
            shop.warehouse().disk().list(new Path(shop.warehouse().loaderFolder(), "commits"));
        shop.load(KillLoaderIT.timeOf(commits.length), topics);
      } catch (ClickmillException e) {
        System.err.println(Instant.now() + " " + e.getMessage());
      }
    }
  }
}
