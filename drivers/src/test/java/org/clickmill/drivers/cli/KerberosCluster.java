package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;

/**
 * A cluster that uses Kerberos, in a process of its own: Hadoop's security is one for a whole Java,
 * and the other tests have none.
 */
final class KerberosCluster implements AutoCloseable {
  /**
   * What servers and clients are both told, in a file since Hadoop reads some of it there alone.
   */
  static final Map<String, String> CORE =
      Map.of(
          "hadoop.security.authentication", "kerberos",
          "hadoop.rpc.protection", "privacy",
          "dfs.data.transfer.protection", "privacy",
          // Without it privacy is by a cipher that takes half a minute for the job jar.
          "dfs.encrypt.data.transfer.cipher.suites", "AES/CTR/NoPadding",
          // The native library of the test knows no groups.
          "hadoop.security.group.mapping",
              "org.apache.hadoop.security.ShellBasedUnixGroupsMapping");

  private static final long LONGEST_START_SECONDS = 180;

  private final Path folder;
  private final Process process;

  private KerberosCluster(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  /**
   * Starts it and waits until it serves.
   *
   * @param folder for everything that it writes
   * @param nativeLibrary the folder with Hadoop's native library
   * @param input a folder, put into an HDFS beside that of the cluster
   */
  static KerberosCluster start(Path folder, Path nativeLibrary, Path input)
      throws IOException, InterruptedException {
    var servers = Files.createDirectories(folder.resolve("servers"));
    var core = new Configuration(false);
    CORE.forEach(core::set);
    try (var out = Files.newOutputStream(servers.resolve("core-site.xml"))) {
      core.writeXml(out);
    }
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.library.path=" + nativeLibrary,
                "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")),
                "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=org.apache.hadoop.mapreduce.jobhistory",
                "-cp",
                servers + File.pathSeparator + ClusterLibraries.ofTests(),
                KerberosClusterProcess.class.getName(),
                folder.toString(),
                nativeLibrary.toString(),
                ClusterLibraries.classPath(),
                input.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("servers.log").toFile())
            .start();
    var cluster = new KerberosCluster(folder, process);
    boolean isUp = false;
    try {
      cluster.awaitReady();
      isUp = true;
    } finally {
      if (!isUp) {
        cluster.close();
      }
    }
    return cluster;
  }

  private void awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_START_SECONDS);
    while (!Files.exists(folder.resolve("ready"))) {
      boolean hasEnded = process.waitFor(50, TimeUnit.MILLISECONDS);
      assertThat(hasEnded || System.nanoTime() > deadline)
          .as("%s: %s", folder.resolve("servers.log"), hasEnded ? tail() : "")
          .isFalse();
    }
  }

  private String tail() throws IOException {
    var text = Files.readString(folder.resolve("servers.log"), StandardCharsets.UTF_8);
    return text.substring(Math.max(0, text.length() - 4000));
  }

  /** The class path of {@code hadoop jar}. */
  String classPath() throws IOException {
    return folder.resolve("conf")
        + File.pathSeparator
        + ClusterLibraries.classPath().replace(",", File.pathSeparator);
  }

  /** The address of the input, which is not that of the default file system. */
  String landing() throws IOException {
    return said(0) + "/landing";
  }

  /** Where YARN's containers run and log. */
  Path containers() throws IOException {
    return Path.of(said(1));
  }

  private String said(int line) throws IOException {
    return Files.readAllLines(folder.resolve("ready"), StandardCharsets.UTF_8).get(line);
  }

  /** A file that the KDC made, such as a keytab. */
  Path file(String name) {
    return folder.resolve(name);
  }

  /** The option that tells Java of the KDC. */
  List<String> javaOptions() {
    return List.of("-Djava.security.krb5.conf=" + folder.resolve("krb5.conf"));
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
