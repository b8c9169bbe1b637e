package org.clickmill.formats.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(HdfsExtension.class)
class WarehouseHdfsIT {
  private final Configuration configuration;

  WarehouseHdfsIT(Configuration configuration) {
    this.configuration = configuration;
  }

  private Path root(String name) {
    return new Path(FileSystem.getDefaultUri(configuration) + "/" + name);
  }

  @ParameterizedTest
  @EnumSource
  void crashAtAnyChangeLeavesNothingHalf(CrashScenario scenario) throws IOException {
    scenario.crashEverywhere(configuration, root("crash"));
  }

  @Test
  void everyRevisionIsPublishedOnceByThreads() throws Exception {
    new Contest(() -> Warehouse.openOrCreate(root("contest"), configuration), 4, 10).play();
  }

  @Test
  void partitionsArePublishedSideBySide() throws IOException {
    var warehouse = Warehouse.openOrCreate(root("many"), configuration);
    var staging = new Staging(warehouse, "run-1");
    var staged = new ArrayList<StagedPartition>();
    for (int hour = 0; hour < 48; hour++) {
      var day = LocalDate.of(2019, 10, 1).plusDays(hour / 24);
      staged.add(staging.stage(Partition.ofHour("events", day, hour % 24), "row " + hour));
    }

    assertThat(new Publisher(warehouse, "run-1").publishAll(staged)).hasSize(48);
    assertThat(warehouse.manifests("events", LocalDate.of(2019, 10, 2), null)).hasSize(24);
    assertThat(Staging.rows(warehouse, staged.get(47).partition())).containsExactly("row 47");
  }

  @Test
  void replacedPartitionIsKeptForItsHoursHoweverOldItIs() throws IOException {
    var warehouse = Warehouse.openOrCreate(root("purge"), configuration);
    var day = Partition.ofDay("sales", LocalDate.of(2019, 10, 1));
    new Publisher(warehouse, "run-1").publish(new Staging(warehouse, "run-1").stage(day, "a"));
    warehouse.fileSystem().setTimes(warehouse.pathOf(day), 1, -1);
    new Publisher(warehouse, "run-2").publish(new Staging(warehouse, "run-2").stage(day, "b"));

    warehouse.purge();

    assertThat(warehouse.fileSystem().exists(new Layout(warehouse.root()).trash(day, 1))).isTrue();
  }

  @Test
  void hdfsPassesTheProbe() throws IOException {
    var fs = FileSystem.get(URI.create(root("").toString()), configuration);

    new FileSystemProbe(new Disk(fs), root("probe")).check();

    assertThat(fs.listStatus(root("probe/_staging"))).isEmpty();
  }

  @Test
  void missingWarehouseIsNamed() {
    assertThatThrownBy(() -> Warehouse.open(root("nowhere"), configuration))
        .isInstanceOf(ClickmillException.class)
        .hasMessage("Missing warehouse: " + root("nowhere") + " (import or load creates one)");
  }
}
