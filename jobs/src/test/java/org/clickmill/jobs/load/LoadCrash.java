package org.clickmill.jobs.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.clickmill.formats.warehouse.Faults;
import org.clickmill.jobs.load.LateEvents.Folded;

/**
 * A load, and the folding of late events, that crash at each of their changes in turn, and then a
 * clean rerun. Used with a local disk and with HDFS.
 */
enum LoadCrash {
  /** Brings in events of open, of sealed and of new hours, and rejects; seals. */
  LOAD {
    @Override
    void prepare(LoadedWarehouse shop) throws IOException, InterruptedException {
      shop.load(at("02:10"), EARLY);
    }

    @Override
    void run(LoadedWarehouse shop) throws IOException, InterruptedException {
      try {
        shop.load(at("04:10"), EARLY, LATER);
      } catch (ClickmillException e) {
        // One record in six is a reject; that is said behind the commit.
        if (e.failure() != Failure.QUALITY) {
          throw e;
        }
      }
    }
  },
  /** Publishes hours again with late events, and makes a day of which nothing was there. */
  FOLD_LATE {
    @Override
    void prepare(LoadedWarehouse shop) throws IOException, InterruptedException {
      LOAD.prepare(shop);
      LOAD.run(shop);
    }

    @Override
    void run(LoadedWarehouse shop) throws IOException, InterruptedException {
      shop.late().fold();
    }
  };

  private static final String EARLY = "early";
  private static final String LATER = "later";

  private static final Map<String, Long> HOURS_BEFORE_FOLD =
      Map.of(
          "dt=2019-10-01/hr=00", 1L,
          "dt=2019-10-01/hr=01", 1L,
          "dt=2019-10-01/hr=02", 2L,
          "dt=2019-10-01/hr=03", 1L);

  abstract void prepare(LoadedWarehouse shop) throws IOException, InterruptedException;

  abstract void run(LoadedWarehouse shop) throws IOException, InterruptedException;

  static Instant at(String time) {
    return Instant.parse("2019-10-01T" + time + ":00Z");
  }

  /** Sends what all scenarios load. */
  static void send(Topics topics) throws ExecutionException, InterruptedException {
    topics.create(EARLY, 1);
    topics.send(EARLY, 0, at("00:10"), at("01:10"), at("02:05"));
    topics.create(LATER, 2);
    topics.send(LATER, 0, at("00:20"), at("02:20"), at("03:20"));
    topics.send(LATER, 1, new byte[] {'x'});
    topics.send(LATER, 1, Instant.parse("2019-09-30T12:00:00Z"), at("04:05"));
  }

  /**
   * Crashes at one change after the other until one is not reached.
   *
   * @param stride how far apart the changes are on average, 1 for every change; the rest is chance
   */
  void crashEverywhere(Configuration configuration, Path root, String bootstrapServers, int stride)
      throws IOException, InterruptedException {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    // Among the changes are those that delete commits which are not kept.
    configuration.setInt(LoadSettings.KEEP_COMMITS.name(), 1);
    var prepared = new Path(root, name());
    prepare(new LoadedWarehouse(prepared, configuration, bootstrapServers));
    for (int crashAt = 1; ; crashAt += 1 + random.nextInt(2 * stride - 1)) {
      var folder = new Path(root, name() + "-" + crashAt);
      var clean = new LoadedWarehouse(folder, configuration, bootstrapServers);
      copy(clean.warehouse().fileSystem(), prepared, folder);
      boolean crashed = crash(configuration, folder, bootstrapServers, crashAt);
      var description = "seed " + seed + ", crash at change " + crashAt + " of " + this;
      // Folding may come before the next load, or after it.
      if (random.nextBoolean()) {
        assertPlanned(clean, description);
        LOAD.run(clean);
        assertAllIsThereOnce(clean, description);
      } else {
        assertFinished(clean, description);
      }
      assertThat(clean.warehouse().fileSystem().delete(folder, true)).isTrue();
      if (!crashed) {
        assertThat(crashAt).as("changes of " + this).isGreaterThan(30);
        return;
      }
    }
  }

  static void copy(FileSystem fileSystem, Path from, Path to) throws IOException {
    for (var status : fileSystem.listStatus(from)) {
      FileUtil.copy(
          fileSystem, status.getPath(), fileSystem, to, false, false, fileSystem.getConf());
    }
  }

  private boolean crash(
      Configuration configuration, Path folder, String bootstrapServers, int crashAt)
      throws InterruptedException {
    var faulty = new Configuration(configuration);
    try (var faults = Faults.inject(faulty, folder, crashAt)) {
      try {
        run(new LoadedWarehouse(folder, faulty, bootstrapServers));
      } catch (IOException | RuntimeException e) {
        assertThat(faults.crashed()).as("%s at change %d: %s", this, crashAt, e).isTrue();
      }
      return faults.crashed();
    }
  }

  /** What is said to be folded is folded, whatever is left of the commit before. */
  private static void assertPlanned(LoadedWarehouse shop, String description)
      throws IOException, InterruptedException {
    var plan = shop.late().plan();
    assertThat(new Folded(plan.events(), plan.late().size(), plan.hoursSealed(), 0))
        .as(description)
        .isEqualTo(shop.late().fold());
  }

  /** A clean rerun brings everything, once. */
  void assertFinished(LoadedWarehouse shop, String description)
      throws IOException, InterruptedException {
    LOAD.run(shop);
    if (this == LOAD) {
      assertThat(shop.hours()).as(description).isEqualTo(HOURS_BEFORE_FOLD);
    }
    assertAllIsThereOnce(shop, description);
  }

  private static void assertAllIsThereOnce(LoadedWarehouse shop, String description)
      throws IOException, InterruptedException {
    assertThat(shop.allPlaces()).as(description).isEqualTo(everything());
    shop.late().fold();
    assertThat(shop.allPlaces()).as(description).isEqualTo(everything());
    assertThat(shop.hours())
        .as(description)
        .hasSize(4 + 24)
        .containsEntry("dt=2019-10-01/hr=00", 2L)
        .containsEntry("dt=2019-09-30/hr=12", 1L);
    assertThat(shop.version("dt=2019-10-01/hr=00")).as(description).isEqualTo(2);
    assertThat(shop.status().isCarriedOut()).as(description).isTrue();
    assertThat(shop.status().lateWaiting()).as(description).isZero();
  }

  private static List<String> everything() {
    return List.of(
        "early-0@0",
        "early-0@1",
        "early-0@2",
        "later-0@0",
        "later-0@1",
        "later-0@2",
        "later-1@0",
        "later-1@1",
        "later-1@2");
  }
}
