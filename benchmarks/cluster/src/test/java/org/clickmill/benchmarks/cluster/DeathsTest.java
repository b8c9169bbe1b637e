package org.clickmill.benchmarks.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeathsTest {
  @TempDir private Path folder;

  @Test
  void deathThatThereIsNotAndNoEventsAreErrors() throws Exception {
    assertThat(Deaths.run("--only=moon", "--output=" + folder)).isEqualTo(1);
    assertThat(Deaths.run("--events=0", "--output=" + folder)).isEqualTo(1);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void deathsHaveNamesOfTheirOwnAndAMessageWhereTheyMayFailTheCommand() {
    var all = KnownDeaths.all();
    var names = all.stream().map(Death::name).toList();
    assertThat(new HashSet<>(names)).hasSameSizeAs(names);
    assertThat(all)
        .allSatisfy(death -> assertThat(death.command()).isIn(Death.IMPORT, Death.PIPELINE))
        .filteredOn(death -> death.message() != null)
        .extracting(Death::name)
        .containsExactly("namenodes", "resourcemanager-away", "disk", "name-quota", "space-quota");
  }

  @Test
  void siteFilesOfAHighlyAvailableClusterNameTwoNameNodesAndTheirOwn() throws Exception {
    var options = new ClusterOptions(2, 2048, 1024, "700m", true);
    var sites = new SiteFiles(folder, Software.built(folder), options, null);
    var conf = sites.write();
    var availability = sites.availability();
    assertThat(availability.nameNodeNames()).containsExactly("namenode-1", "namenode-2");
    assertThat(Files.readString(conf.resolve("core-site.xml"))).contains("hdfs://shops");
    assertThat(Files.readString(conf.resolve("hdfs-site.xml")))
        .contains("dfs.namenode.rpc-address.shops.namenode-2", "qjournal://localhost:")
        .doesNotContain("dfs.ha.namenode.id");
    for (var server : availability.nameNodes(sites)) {
      assertThat(Files.readString(server.siteFiles().resolve("hdfs-site.xml")))
          .containsPattern("dfs.ha.namenode.id</name>\\s*<value>" + server.name());
    }
    assertThat(Files.readString(conf.resolve("yarn-site.xml")))
        .contains("FileSystemRMStateStore", "yarn.nm.liveness-monitor.expiry-interval-ms");
  }

  @Test
  void serverThatIsKilledIsGoneAndIsStartedAgain() throws Exception {
    try (var servers = new Servers(folder, Software.built(folder))) {
      var server =
          new Server(
              "sleeper",
              Sleeper.class.getName(),
              Path.of(Sleeper.class.getProtectionDomain().getCodeSource().getLocation().toURI()),
              "32m",
              List.of());
      servers.start(server);
      var first = awaitProcess(-1);
      servers.kill("sleeper");
      assertThat(first.isAlive()).isFalse();
      assertThat(servers.isRunning("sleeper")).isFalse();
      servers.requireAlive();

      servers.restartAll();
      var second = awaitProcess(first.pid());
      assertThat(second.isAlive()).isTrue();
      servers.stop();
      assertThat(second.isAlive()).isFalse();
    }
  }

  private ProcessHandle awaitProcess(long other) throws Exception {
    var file = folder.resolve("sleeper.pid");
    while (true) {
      var text = Files.exists(file) ? Files.readString(file).strip() : "";
      if (!text.isEmpty() && Long.parseLong(text) != other) {
        return ProcessHandle.of(Long.parseLong(text)).orElseThrow();
      }
      Thread.sleep(10);
    }
  }
}
