package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.util.VersionInfo;

/**
 * What a cluster and its clients run on.
 *
 * @param version of Hadoop
 * @param libraries the folder of Hadoop's jars
 * @param javaHome of servers, containers and clients
 * @param javaOptions more options of the Java of servers and clients
 */
record Software(String version, Path libraries, Path javaHome, List<String> javaOptions) {
  Software {
    javaOptions = List.copyOf(javaOptions);
  }

  private Software(String version, Path libraries, Path javaHome) {
    this(version, libraries, javaHome, List.of());
  }

  Software with(List<String> options) {
    return new Software(version, libraries, javaHome, options);
  }

  /** The Hadoop that is built with, on the Java that runs this. */
  static Software built(Path home) {
    return new Software(
        VersionInfo.getVersion(),
        home.resolve("oozie-workflows/cluster/target/lib"),
        Path.of(System.getProperty("java.home")));
  }

  /**
   * A Hadoop by its version, whose jars are fetched with Maven unless they are there.
   *
   * @param home the repository's root folder
   * @param javaHome null for the Java that runs this
   */
  static Software of(Path home, String version, Path javaHome)
      throws IOException, InterruptedException {
    var built = built(home);
    var java = javaHome == null ? built.javaHome() : javaHome;
    if (!Files.isExecutable(java.resolve("bin/java"))) {
      throw new BigDayException("Invalid Java home: there is no bin/java in %s", java);
    }
    return version == null || version.equals(built.version())
        ? new Software(built.version(), built.libraries(), java)
        : new Software(version, fetch(home, version), java);
  }

  private static Path fetch(Path home, String version) throws IOException, InterruptedException {
    if (!version.matches("\\d+\\.\\d+\\.\\d+")) {
      throw new BigDayException("Invalid version of Hadoop: %s (expected one as 3.4.1)", version);
    }
    var module = home.resolve("benchmarks/cluster");
    var project = module.resolve("hadoop");
    var folder = module.resolve("target/hadoop-" + version);
    var complete = folder.resolve("complete");
    if (isNewer(complete, project.resolve("pom.xml"))) {
      return folder;
    }
    OutputFolder.delete(folder);
    var command = new ArrayList<>(List.of("mvn", "-q", "-B", "-f", project.toString()));
    command.add("dependency:copy-dependencies");
    command.add("-Dhadoop.version=" + version);
    command.add("-DoutputDirectory=" + folder);
    System.err.printf("Fetching Hadoop %s.%n", version);
    // Standard output is for tables.
    var log = Files.createDirectories(module.resolve("target")).resolve("fetch.log");
    var maven =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    maven.getOutputStream().close();
    if (maven.waitFor() != 0) {
      throw new BigDayException("Cannot fetch Hadoop %s: Maven has failed; see %s", version, log);
    }
    Files.createFile(complete);
    return folder;
  }

  private static boolean isNewer(Path file, Path other) throws IOException {
    return Files.exists(file)
        && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(other)) > 0;
  }

  /** The beginning of a command line of Java. */
  List<String> java(String classPath, String heap) {
    var command =
        new ArrayList<>(
            List.of(
                javaHome.resolve("bin/java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", classPath));
    return command;
  }

  /** The version of Java, as its release file tells it. */
  String javaVersion() throws IOException {
    for (var line : Files.readAllLines(javaHome.resolve("release"))) {
      if (line.startsWith("JAVA_VERSION=")) {
        return line.substring("JAVA_VERSION=".length()).replace("\"", "");
      }
    }
    throw new BigDayException("Invalid Java home: its release file has no version: %s", javaHome);
  }
}
