package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.clickmill.formats.warehouse.AtomicLocalFileSystem;
import org.clickmill.formats.warehouse.HdfsDefaults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedHadoopTest {
  @Test
  void localJobsAskOftenAndUseTheProcessors() {
    var configuration = EmbeddedHadoop.configuration();
    assertThat(configuration.getInt("mapreduce.client.completion.pollinterval", 0)).isEqualTo(5);
    assertThat(configuration.getInt("mapreduce.local.map.tasks.maximum", 0))
        .isBetween(1, Runtime.getRuntime().availableProcessors());
  }

  @Test
  void localFileSystemIsTheAtomicOne() throws Exception {
    assertThat(FileSystem.newInstanceLocal(EmbeddedHadoop.configuration()))
        .isInstanceOf(AtomicLocalFileSystem.class);
  }

  @Test
  void closingAFileOnHdfsWaitsBrieflyUnlessASiteFileSaysOtherwise(@TempDir Path folder)
      throws Exception {
    var property = "dfs.client.block.write.locateFollowingBlock.initial.delay.ms";
    assertThat(EmbeddedHadoop.configuration().get(property)).isEqualTo("10");
    Files.writeString(
        folder.resolve("hdfs-site.xml"),
        "<configuration><property><name>%s</name><value>77</value></property></configuration>"
            .formatted(property));
    var site = new Configuration(false);
    try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      site.setClassLoader(loader);
      site.addResource("hdfs-site.xml");
      HdfsDefaults.apply(site);
      assertThat(site.get(property)).isEqualTo("77");
    }
  }

  @Test
  void scratchFolderIsThisUsersOnly() throws Exception {
    var folder = Path.of(EmbeddedHadoop.configuration().get("hadoop.tmp.dir"));
    assertThat(folder).isDirectory();
    assertThat(Files.getPosixFilePermissions(folder)).hasSize(3);
  }

  @Test
  void clusterKeepsItsOwnSettings() {
    var configuration = EmbeddedHadoop.configuration();
    configuration.set("mapreduce.framework.name", "yarn");
    configuration.set("mapreduce.local.map.tasks.maximum", "3");
    EmbeddedHadoop.leaveToCluster(configuration);
    assertThat(configuration.get("fs.file.impl")).isNull();
    assertThat(configuration.getInt("mapreduce.client.completion.pollinterval", 0)).isEqualTo(5000);
    assertThat(configuration.getRaw("hadoop.tmp.dir")).isEqualTo("/tmp/hadoop-${user.name}");
    assertThat(configuration.getInt("mapreduce.local.map.tasks.maximum", 0)).isEqualTo(3);
  }

  @Test
  void applicationMastersOfOldHadoopRunOnJava17UnlessSomebodySaysHow() {
    var options = "yarn.app.mapreduce.am.admin-command-opts";
    var configuration = EmbeddedHadoop.configuration();
    configuration.set("mapreduce.framework.name", "yarn");
    EmbeddedHadoop.leaveToCluster(configuration);
    assertThat(configuration.get(options)).isEqualTo("--add-opens=java.base/java.lang=ALL-UNNAMED");

    var own = EmbeddedHadoop.configuration();
    own.set("mapreduce.framework.name", "yarn");
    own.set(options, "-verbose:gc");
    EmbeddedHadoop.leaveToCluster(own);
    assertThat(own.get(options)).isEqualTo("-verbose:gc");
  }

  @Test
  void resourceManagerThatIsAwayIsLookedForOftenUnlessSomebodySaysHow() {
    var interval = "yarn.resourcemanager.connect.retry-interval.ms";
    var configuration = EmbeddedHadoop.configuration();
    configuration.set("mapreduce.framework.name", "yarn");
    EmbeddedHadoop.leaveToCluster(configuration);
    assertThat(configuration.get(interval)).isEqualTo("2000");

    var own = EmbeddedHadoop.configuration();
    own.set("mapreduce.framework.name", "yarn");
    own.set(interval, "5000");
    EmbeddedHadoop.leaveToCluster(own);
    assertThat(own.get(interval)).isEqualTo("5000");
  }

  @Test
  void clusterChosenByAFileKeepsWhatTheFileSays(@TempDir Path folder) throws Exception {
    var file =
        Files.writeString(
            folder.resolve("action.xml"),
            """
            <configuration>
              <property><name>mapreduce.framework.name</name><value>yarn</value></property>
              <property><name>mapreduce.task.io.sort.mb</name><value>77</value></property>
            </configuration>
            """);
    var configuration = EmbeddedHadoop.configuration();
    configuration.set("clickmill.warehouse", "shop");
    configuration.addResource(new org.apache.hadoop.fs.Path(file.toUri()));
    EmbeddedHadoop.leaveToCluster(configuration);
    assertThat(configuration.getInt("mapreduce.task.io.sort.mb", 0)).isEqualTo(77);
    assertThat(configuration.get("fs.file.impl")).isNull();
    assertThat(configuration.get("clickmill.warehouse")).isEqualTo("shop");
  }
}
