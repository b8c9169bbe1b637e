package org.clickmill.jobs.load;

import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.warehouse.HdfsDefaults;
import org.clickmill.formats.warehouse.HdfsExtension;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.testdata.kafka.KafkaBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Crashes of the loader at a sample of the changes that it makes to its file system. */
@ExtendWith(HdfsExtension.class)
class LoadCrashIT {
  /** How far apart the crashes are on average: 1 for each change, which takes long. */
  private static final int STRIDE = Integer.getInteger("clickmill.test.crash-stride", 32);

  private static final int HDFS_STRIDE = Integer.getInteger("clickmill.test.crash-stride", 96);

  @TempDir static Path brokerFolder;
  private static KafkaBroker broker;

  @TempDir Path folder;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = KafkaBroker.start(Path.of(System.getProperty("clickmill.kafka")), brokerFolder);
    try (var topics = new Topics(broker.bootstrapServers())) {
      LoadCrash.send(topics);
    }
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @ParameterizedTest
  @EnumSource
  void crashAnywhereLosesAndDoublesNothing(LoadCrash crash) throws Exception {
    crash.crashEverywhere(
        LocalWarehouse.configuration(folder),
        new org.apache.hadoop.fs.Path(folder.resolve("shops").toUri()),
        broker.bootstrapServers(),
        STRIDE);
  }

  @ParameterizedTest
  @EnumSource
  void crashAnywhereOnHdfsLosesAndDoublesNothing(LoadCrash crash, Configuration hdfs)
      throws Exception {
    var configuration = new Configuration(LocalWarehouse.configuration(folder));
    configuration.set("fs.defaultFS", hdfs.get("fs.defaultFS"));
    HdfsDefaults.apply(configuration);
    crash.crashEverywhere(
        configuration,
        new org.apache.hadoop.fs.Path(hdfs.get("fs.defaultFS") + "/load"),
        broker.bootstrapServers(),
        HDFS_STRIDE);
  }
}
