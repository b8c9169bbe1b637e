package org.clickmill.drivers.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The class path that a cluster has: Hadoop, with its own older libraries, and nothing of ours. */
final class ClusterLibraries {
  /** Not a temporary folder, since JUnit warns of links in those. */
  static final Path FOLDER = JobJar.TARGET.resolve("hadoop-libraries");

  /** Ours, and what our jar brings; a cluster has none of it. */
  private static final Pattern NOT_OF_HADOOP =
      Pattern.compile(
          "(clickmill-|kafka-|avro-|jackson-(annotations|core|databind|dataformat)|parquet-|zstd-jni"
              + "|hash4j|fastutil|picocli|progressbar|datasketches|snakeyaml|aircompressor|chart"
              + "|jts-|duckdb|selenium|assertj|opentelemetry|byte-buddy).*");

  private ClusterLibraries() {}

  /** The folders of libraries, with commas between them, as site files of Hadoop name them. */
  static String classPath() throws IOException {
    return JobJar.TARGET.resolve("cluster") + "/*," + links() + "/*";
  }

  /** All that the tests run with. */
  static String ofTests() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** Links to the libraries of Hadoop that the tests run on. */
  private static Path links() throws IOException {
    var libraries = Files.createDirectories(FOLDER);
    for (var entry : ofTests().split(File.pathSeparator)) {
      var jar = Path.of(entry);
      var name = jar.getFileName().toString();
      if (name.endsWith(".jar") && !NOT_OF_HADOOP.matcher(name).matches()) {
        link(libraries.resolve(name), jar);
      }
    }
    return libraries;
  }

  /** Another process of tests may make the same link. */
  private static void link(Path link, Path jar) throws IOException {
    if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(jar)) {
      return;
    }
    Files.deleteIfExists(link);
    try {
      Files.createSymbolicLink(link, jar);
    } catch (FileAlreadyExistsException e) {
      // It is there.
    }
  }
}
