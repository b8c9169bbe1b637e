package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;

/**
 * The commands {@code hadoop}, {@code hdfs} and {@code yarn} of a cluster: what is needed of them
 * to try things, since the scripts of Hadoop's own distribution are in no jar.
 */
final class ClusterCommands {
  private static final String HADOOP =
      """
      case ${1:-} in
        jar) class=org.apache.hadoop.util.RunJar ;;
        fs | dfs) class=org.apache.hadoop.fs.FsShell ;;
        version) class=org.apache.hadoop.util.VersionInfo ;;
        classpath) echo "$classes"; exit ;;
        *) echo "hadoop: expected jar, fs, version or classpath" >&2; exit 2 ;;
      esac
      """;

  private static final String HDFS =
      """
      case ${1:-} in
        dfs) class=org.apache.hadoop.fs.FsShell ;;
        dfsadmin) class=org.apache.hadoop.hdfs.tools.DFSAdmin ;;
        crypto) class=org.apache.hadoop.hdfs.tools.CryptoAdmin ;;
        fsck) class=org.apache.hadoop.hdfs.tools.DFSck ;;
        haadmin) class=org.apache.hadoop.hdfs.tools.DFSHAAdmin ;;
        *) echo "hdfs: expected dfs, dfsadmin, crypto, fsck or haadmin" >&2; exit 2 ;;
      esac
      """;

  private static final String YARN =
      """
      case ${1:-} in
        app | application) class=org.apache.hadoop.yarn.client.cli.ApplicationCLI ;;
        node) class=org.apache.hadoop.yarn.client.cli.NodeCLI ;;
        queue) class=org.apache.hadoop.yarn.client.cli.QueueCLI ;;
        *) echo "yarn: expected application, node or queue" >&2; exit 2 ;;
      esac
      """;

  private static final String RUN =
      """
      [ "$class" = org.apache.hadoop.yarn.client.cli.ApplicationCLI ] || shift
      exec "$JAVA_HOME/bin/java" -Xmx1g "${options[@]}" $HADOOP_CLIENT_OPTS -cp "$classes" $class "$@"
      """;

  private ClusterCommands() {}

  /**
   * Writes the commands into a folder.
   *
   * @param kerberos null for a cluster without it
   * @return the file that a shell reads to find them
   */
  static Path write(Path folder, HadoopCluster cluster, Kerberos kerberos) throws IOException {
    var commands = Files.createDirectories(folder.resolve("bin"));
    write(commands.resolve("hadoop"), cluster, HADOOP);
    write(commands.resolve("hdfs"), cluster, HDFS);
    write(commands.resolve("yarn"), cluster, YARN);
    return Files.writeString(
        folder.resolve("environment"),
        """
        export JAVA_HOME='%s'
        export HADOOP_CONF_DIR='%s'
        export PATH='%s':$PATH
        unset HADOOP_HOME
        """
                .formatted(cluster.software().javaHome(), cluster.siteFiles(), commands)
            + (kerberos == null ? "" : "export KRB5CCNAME='%s'\n".formatted(kerberos.ticket())));
  }

  private static void write(Path file, HadoopCluster cluster, String choice) throws IOException {
    var head =
        """
        #!/usr/bin/env bash
        set -euo pipefail
        JAVA_HOME='%s'
        HADOOP_CLIENT_OPTS=${HADOOP_CLIENT_OPTS:-}
        classes='%s'${HADOOP_CLASSPATH:+:$HADOOP_CLASSPATH}
        options=(%s)
        """
            .formatted(
                cluster.software().javaHome(),
                cluster.classPath(),
                cluster.software().javaOptions().stream()
                    .map(option -> "'" + option + "'")
                    .collect(Collectors.joining(" ")));
    Files.writeString(file, head + choice + RUN);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
