package org.clickmill.formats.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeartbeatTest {
  @TempDir java.nio.file.Path folder;

  @Test
  void runThatWaitsForAnOpenFileIsNotPurged() throws IOException {
    var warehouse = Warehouse.openOrCreate(new Path(folder.toUri()), new Configuration());
    var fs = warehouse.fileSystem();
    long longAgo = System.currentTimeMillis() - TimeUnit.HOURS.toMillis(25);
    for (var run : new String[] {"alive", "dead"}) {
      var file = new Path(warehouse.stagingOf(run), "part-1");
      fs.create(file).close();
      fs.setTimes(file, longAgo, -1);
      fs.setTimes(warehouse.stagingOf(run), longAgo, -1);
    }
    var now = new AtomicReference<>(Instant.EPOCH);
    var heartbeat = new Heartbeat(warehouse, "alive", now::get);
    heartbeat.beat();
    assertThat(fs.getFileStatus(warehouse.stagingOf("alive")).getModificationTime())
        .isEqualTo(longAgo);
    now.set(Instant.EPOCH.plusSeconds(301));
    heartbeat.beat();

    warehouse.purge();

    assertThat(fs.exists(warehouse.stagingOf("dead"))).isFalse();
    assertThat(fs.exists(new Path(warehouse.stagingOf("alive"), "part-1"))).isTrue();
  }

  @Test
  void runThatHasStagedNothingHasNothingToTouch() throws IOException {
    var warehouse = Warehouse.openOrCreate(new Path(folder.toUri()), new Configuration());
    var now = new AtomicReference<>(Instant.EPOCH);
    var heartbeat = new Heartbeat(warehouse, "early", now::get);
    now.set(Instant.EPOCH.plusSeconds(301));

    heartbeat.beat();

    assertThat(warehouse.fileSystem().exists(warehouse.stagingOf("early"))).isFalse();
  }
}
