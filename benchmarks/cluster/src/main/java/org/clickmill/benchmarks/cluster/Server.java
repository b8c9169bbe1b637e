package org.clickmill.benchmarks.cluster;

import java.nio.file.Path;
import java.util.List;

/**
 * A server of a cluster: what it takes to start it, again if need be.
 *
 * @param name by which it is killed, and its log is called
 * @param mainClass of Hadoop
 * @param siteFiles the folder of its site files
 * @param heap as Java's -Xmx takes it
 */
record Server(String name, String mainClass, Path siteFiles, String heap, List<String> arguments) {
  Server {
    arguments = List.copyOf(arguments);
  }

  Server(String name, String mainClass, Path siteFiles) {
    this(name, mainClass, siteFiles, "512m", List.of());
  }
}
