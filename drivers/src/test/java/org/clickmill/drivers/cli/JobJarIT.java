package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.mapreduce.v2.MiniMRYarnCluster;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job jar on HDFS and YARN: the client is the launcher with the embedded Hadoop client, and the
 * tasks have Hadoop's libraries and this jar, but none of the suite's own libraries beside it.
 */
final class JobJarIT {
  /** What only the job jar may bring to a task. */
  private static final Pattern OURS =
      Pattern.compile(
          ".*(/classes|/test-classes|clickmill[^/]*\\.jar"
              + "|/(org/apache/parquet|org/apache/datasketches|com/dynatrace|it/unimi|info/picocli"
              + "|org/yaml|com/github/luben|io/airlift|me/tongfei)/.*)");

  @TempDir Path folder;

  @Test
  void wholeChainRunsOnACluster() throws Exception {
    var configuration = new YarnConfiguration();
    configuration.setLong("dfs.namenode.fs-limits.min-block-size", 0);
    configuration.setFloat("yarn.scheduler.capacity.maximum-am-resource-percent", 0.9f);
    configuration.setInt("yarn.scheduler.minimum-allocation-mb", 128);
    configuration.setInt("yarn.resourcemanager.nodemanagers.heartbeat-interval-ms", 100);
    try (var hdfs =
            new MiniDFSCluster.Builder(configuration, folder.resolve("hdfs").toFile()).build();
        var yarn = new MiniMRYarnCluster("job-jar", 1)) {
      configuration.set("fs.defaultFS", hdfs.getURI().toString());
      yarn.init(configuration);
      yarn.start();
      writeSite(hdfs.getURI().toString(), yarn.getConfig());
      assertThat(run("generate", "--output=/raw", "--events=4000", "--days=2").err()).isEmpty();
      assertThat(run("import", "--mapping=rees46", "--input=/raw").out())
          .contains("4,000 records read = 4,000 written + 0 duplicates + 0 rejected");
      assertThat(run("pipeline").out()).contains("compact", "analyze", "top-products");
      run("report", "--output=" + folder.resolve("report.html").toUri());
      assertThat(folder.resolve("report.html")).content().contains("1 Oct 2019 – 2 Oct 2019");
    }
  }

  /** As much of the cluster's configuration as a client has. */
  private void writeSite(String fileSystem, Configuration cluster) throws IOException {
    var libraries =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !OURS.matcher(entry).matches())
            .collect(Collectors.joining(","));
    var home = System.getProperty("java.home");
    var site = new Configuration(false);
    site.set("fs.defaultFS", fileSystem);
    site.set("mapreduce.framework.name", "yarn");
    for (var name :
        List.of(
            "yarn.resourcemanager.address",
            "yarn.resourcemanager.scheduler.address",
            "mapreduce.jobhistory.address",
            "yarn.app.mapreduce.am.staging-dir")) {
      site.set(name, cluster.get(name));
    }
    site.set("mapreduce.application.classpath", libraries);
    site.set("yarn.application.classpath", libraries);
    for (var process : List.of("yarn.app.mapreduce.am", "mapreduce.map", "mapreduce.reduce")) {
      site.set(process + ".env", "JAVA_HOME=" + home);
    }
    site.setInt("yarn.app.mapreduce.am.resource.mb", 768);
    site.setInt("mapreduce.map.memory.mb", 1024);
    site.setInt("mapreduce.reduce.memory.mb", 1024);
    site.setInt("mapreduce.client.completion.pollinterval", 200);
    for (var name : List.of("core-site.xml", "mapred-site.xml", "yarn-site.xml")) {
      try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
        site.writeXml(out);
      }
    }
  }

  private CommandRun run(String... arguments) throws Exception {
    var out = folder.resolve("out");
    var err = folder.resolve("err");
    var line = new ArrayList<String>();
    line.add(Path.of("..", "clickmill").toAbsolutePath().normalize().toString());
    line.addAll(List.of(arguments));
    line.addAll(List.of("--warehouse=/shop", "--verbose"));
    var builder = new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("CLICKMILL_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("CLICKMILL_EMBEDDED", "1");
    builder.environment().put("CLICKMILL_CONF_DIR", folder.toString());
    int exitCode = builder.start().waitFor();
    var run =
        new CommandRun(
            exitCode,
            Files.readString(out, StandardCharsets.UTF_8),
            Files.readString(err, StandardCharsets.UTF_8));
    assertThat(exitCode).as(run.toString()).isZero();
    return run;
  }
}
