package org.clickmill.drivers.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.clickmill.formats.failure.ClickmillException;
import picocli.CommandLine.Option;

/**
 * Hadoop's generic options. They are collected here, wherever they stand on the command line, and
 * then given to Hadoop's own parser, which only takes them before all others.
 */
final class HadoopOptions {
  @Option(
      names = "-conf",
      paramLabel = "FILE",
      description = "Read a Hadoop configuration file (XML).")
  private List<String> configurationFiles = new ArrayList<>();

  @Option(names = "-fs", paramLabel = "URI", description = "The default file system.")
  private String fileSystem;

  @Option(
      names = "-jt",
      paramLabel = "local|HOST:PORT",
      description = "Run jobs here: 'local' or a resource manager.")
  private String resourceManager;

  @Option(
      names = "-libjars",
      paramLabel = "JARS",
      description = "Comma-separated jars for the class path of tasks.")
  private String libraries;

  @Option(
      names = "-files",
      paramLabel = "FILES",
      description = "Comma-separated files copied to the tasks.")
  private String files;

  /**
   * The options but those that name files for tasks, as Hadoop's parser reads them. It touches no
   * file system for these.
   *
   * @param properties KEY=VALUE each
   */
  String[] settings(List<String> properties) {
    var arguments = new ArrayList<String>();
    for (var file : configurationFiles) {
      requireFile(file);
      add(arguments, "-conf", file);
    }
    add(arguments, "-fs", fileSystem);
    add(arguments, "-jt", resourceManager);
    for (var property : properties) {
      if (property.indexOf('=') < 1) {
        throw ClickmillException.usage("Invalid value of -D: '%s' (expected KEY=VALUE)", property);
      }
      add(arguments, "-D", property);
    }
    return arguments.toArray(String[]::new);
  }

  /** The options that name files for tasks: Hadoop's parser looks for them at once. */
  String[] filesForTasks() {
    var arguments = new ArrayList<String>();
    add(arguments, "-libjars", libraries);
    add(arguments, "-files", files);
    return arguments.toArray(String[]::new);
  }

  private static void add(List<String> arguments, String name, String value) {
    if (value != null) {
      arguments.add(name);
      arguments.add(value);
    }
  }

  private static void requireFile(String file) {
    boolean exists;
    try {
      exists = Files.isReadable(Path.of(file));
    } catch (InvalidPathException e) {
      exists = false;
    }
    if (!exists) {
      throw ClickmillException.usage("Missing configuration file: %s", file);
    }
  }
}
