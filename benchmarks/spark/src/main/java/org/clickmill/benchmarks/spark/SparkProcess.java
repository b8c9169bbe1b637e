package org.clickmill.benchmarks.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.spark.sql.SparkSession;

/** Runs the statements of a file, one after another, in a session with the settings of another. */
final class SparkProcess {
  private SparkProcess() {}

  /**
   * Runs a script.
   *
   * @param arguments a file of properties and a file of statements, each ended by a semicolon
   */
  public static void main(String[] arguments) throws IOException {
    var settings = new Properties();
    try (var reader = Files.newBufferedReader(Path.of(arguments[0]))) {
      settings.load(reader);
    }
    var statements = Files.readString(Path.of(arguments[1])).split(";", -1);
    var builder = SparkSession.builder();
    settings.forEach((name, value) -> builder.config(name.toString(), value.toString()));
    try (var session = builder.getOrCreate()) {
      for (var statement : statements) {
        if (!statement.isBlank()) {
          session.sql(statement.strip());
        }
      }
    }
  }
}
