package org.clickmill.benchmarks.trino;

import io.trino.plugin.hive.HivePlugin;
import io.trino.server.testing.TestingTrinoServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;

/**
 * A Trino server of one node, which runs until it is killed. No build compiles this file, since
 * Trino's classes are for a newer Java than the suite's: that Java runs it as a source.
 *
 * <p>Arguments: the folder that the file {@code uri} is written to once the server answers, and for
 * each catalog of the Hive connector its name, {@code =}, and the URI of a metastore ({@code
 * thrift://…}), or the folder of a metastore in files ({@code file:…}).
 */
final class TrinoProcess {
  private TrinoProcess() {}

  public static void main(String[] arguments) throws Exception {
    var folder = Path.of(arguments[0]);
    var server =
        TestingTrinoServer.builder()
            .setProperties(Map.of("node-scheduler.include-coordinator", "true"))
            .build();
    server.installPlugin(new HivePlugin());
    for (int i = 1; i < arguments.length; i++) {
      int equals = arguments[i].indexOf('=');
      server.createCatalog(
          arguments[i].substring(0, equals),
          "hive",
          properties(arguments[i].substring(equals + 1)));
    }
    var written = Files.writeString(folder.resolve("uri.new"), server.getBaseUrl().toString());
    Files.move(written, folder.resolve("uri"), StandardCopyOption.ATOMIC_MOVE);
    Thread.currentThread().join();
  }

  private static Map<String, String> properties(String metastore) {
    var properties = new HashMap<>(Map.of("fs.hadoop.enabled", "true"));
    if (metastore.startsWith("thrift:")) {
      properties.put("hive.metastore.uri", metastore);
    } else {
      properties.put("hive.metastore", "file");
      properties.put("hive.metastore.catalog.dir", metastore);
    }
    return properties;
  }
}
