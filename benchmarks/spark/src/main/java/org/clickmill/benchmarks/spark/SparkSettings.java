package org.clickmill.benchmarks.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.spark.sql.SparkSession;

/** Settings of Spark in a file of properties. */
final class SparkSettings {
  private SparkSettings() {}

  /** A new session with the settings of a file. */
  static SparkSession session(Path file) throws IOException {
    var settings = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      settings.load(reader);
    }
    var builder = SparkSession.builder();
    settings.forEach((name, value) -> builder.config(name.toString(), value.toString()));
    return builder.getOrCreate();
  }
}
