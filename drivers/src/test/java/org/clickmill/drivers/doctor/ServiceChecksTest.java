package org.clickmill.drivers.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsAction;
import org.clickmill.drivers.metastore.InMemoryConnector;
import org.clickmill.drivers.metastore.MetastoreClient;
import org.clickmill.jobs.load.KafkaClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The warehouse's file system on a local disk, the metastore, and a Kafka that does not answer. */
final class ServiceChecksTest {
  private final Configuration configuration = new Configuration();

  @TempDir Path folder;

  /** A disk under a scheme of its own, which renames over what is there. */
  public static final class OverwritingFileSystem extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("overwriting:///");
    }

    @Override
    public void access(org.apache.hadoop.fs.Path path, FsAction mode) {
      // Allowed; the permissions of a file are read by its URI, which is none of a file here.
    }
  }

  private static String text(List<Finding> findings) {
    assertThat(findings).hasSize(1);
    return findings.get(0).text();
  }

  private org.apache.hadoop.fs.Path root() {
    return new org.apache.hadoop.fs.Path(folder.resolve("shop").toUri());
  }

  @Test
  void localDiskHoldsAWarehouse() throws IOException {
    var does = "; nothing is created or renamed over what exists, folders move as a whole";
    assertThat(text(new FileSystemCheck(root(), configuration).run()))
        .isEqualTo(
            "ok       warehouse: file:%1$s/shop is not there yet, and can be created in file:%1$s"
                    .formatted(folder)
                + does);
    assertThat(folder).isEmptyDirectory();
    Files.createDirectory(folder.resolve("shop"));
    assertThat(text(new FileSystemCheck(root(), configuration).run()))
        .isEqualTo("ok       warehouse: file:" + folder + "/shop is there" + does);
    assertThat(text(new RegionCheck(root(), configuration).run()))
        .startsWith("ok       encryption zone or disk: the whole warehouse is on ");
    assertThat(new SpaceCheck(root(), configuration).run())
        .extracting(Finding::check)
        .containsExactly("space", "quota");
  }

  @Test
  void fileSystemThatRenamesOverWhatIsThereFails() throws IOException {
    configuration.setClass(
        "fs.overwriting.impl", OverwritingFileSystem.class, RawLocalFileSystem.class);
    var root = new org.apache.hadoop.fs.Path("overwriting://" + folder);
    assertThat(text(new FileSystemCheck(root, configuration).run()))
        .isEqualTo(
            "failed   warehouse: Cannot keep a warehouse at overwriting:%s: it cannot rename without"
                    .formatted(folder)
                + " overwriting (use HDFS or a local disk). See docs/commit-protocol.md, \"What it"
                + " needs of the file system\".");
  }

  @Test
  void clockOfTheFileSystemIsComparedWithTheClients() throws IOException {
    assertThat(text(new ClockCheck(root(), configuration, Clock.systemUTC()).run()))
        .isEqualTo("ok       clock of the file system: it is within 5 s of the client's");
    var ahead = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(60));
    assertThat(text(new ClockCheck(root(), configuration, ahead).run()))
        .matches(
            "warning  clock of the file system: it is (59|60) s behind the client's\\. Have .*");
    var behind = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(-3600));
    assertThat(text(new ClockCheck(root(), configuration, behind).run()))
        .matches(
            "failed   clock of the file system: it is 3,(599|600) s ahead of the client's\\. Have"
                + " .*");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void metastoreTellsItsVersion() throws Exception {
    try (var client = new MetastoreClient(configuration)) {
      assertThat(text(new MetastoreCheck(client, configuration).run()))
          .isEqualTo("skipped  metastore: clickmill.metastore.uris is not set");
    }
    configuration.set("clickmill.metastore.uris", "thrift://of-doctor:9083");
    configuration.set(
        "clickmill.metastore.jar", InMemoryConnector.writeJar(folder.resolve("m.jar")).toString());
    try (var client = new MetastoreClient(configuration)) {
      assertThat(text(new MetastoreCheck(client, configuration).run()))
          .isEqualTo("ok       metastore: answers at thrift://of-doctor:9083, version 4.0.1");
    }
  }

  @Test
  void missingClientOfTheMetastoreIsAFindingToo() throws Exception {
    configuration.set("clickmill.metastore.uris", "thrift://nowhere:9083");
    configuration.set("clickmill.metastore.jar", folder + "/no.jar");
    try (var client = new MetastoreClient(configuration)) {
      var check = new MetastoreCheck(client, configuration);
      var diagnosis = new Doctor(List.of(check), Duration.ofSeconds(10)).examine(waiting -> {});
      assertThat(text(diagnosis.checks()))
          .startsWith(
              "failed   metastore: Missing jar of the metastore's client: " + folder + "/no.jar")
          .endsWith(
              "Is clickmill.metastore.uris right (thrift://nowhere:9083), and does the metastore"
                  + " run?");
    }
  }

  @Test
  void kafkaThatDoesNotAnswerFails() throws Exception {
    assertThat(text(KafkaCheck.ofLoads(null, root(), configuration).run()))
        .isEqualTo("skipped  Kafka: not named by --bootstrap-servers or --client-properties");
    assertThat(text(KafkaCheck.ofPushes(null, configuration).run()))
        .isEqualTo(
            "skipped  Kafka of pushes: not named by clickmill.push.bootstrap-servers or"
                + " clickmill.push.client-properties");
    configuration.setInt("clickmill.load.connect-seconds", 1);
    try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var address = "localhost:" + silent.getLocalPort();
      var client = new KafkaClient(Map.of("bootstrap.servers", address));
      assertThat(text(KafkaCheck.ofLoads(client, root(), configuration).run()))
          .startsWith("failed   Kafka: Cannot reach Kafka at " + address + ": no answer in time (")
          .contains("Is the address right, does the broker run");
    }
  }
}
