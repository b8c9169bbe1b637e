package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills import and pipeline at random moments, over and over on one warehouse. {@code
 * src/test/soak/kill-soak} does it for as long as one likes.
 */
final class KillIT {
  private static final int KILLS_A_COMMAND = 3;

  @TempDir Path folder;

  private JobJar jobJar;

  @BeforeEach
  void setUp() throws Exception {
    jobJar = new JobJar(folder.resolve("processes"));
  }

  @AfterEach
  void endProcesses() {
    jobJar.close();
  }

  @Test
  void rerunAfterKillsGivesTheSameRows() throws Exception {
    long seed = Long.getLong("clickmill.test.seed", new Random().nextLong());
    var description = "seed " + seed;
    var random = new Random(seed);
    var input = SmallShop.generate(folder.resolve("raw"), 3000, 2);
    var clean = folder.resolve("clean");
    var killed = folder.resolve("killed");
    for (var command :
        new String[][] {{"import", "--mapping=rees46", "--input=" + input}, {"pipeline"}}) {
      long begin = System.nanoTime();
      jobJar.embedded(with(command, clean)).succeed();
      long whole = (System.nanoTime() - begin) / 1_000_000;
      for (int kill = 0; kill < KILLS_A_COMMAND; kill++) {
        // The first part of the time Java starts; the interesting part is the last.
        long millis = whole / 3 + random.nextLong(whole * 2 / 3);
        var running = jobJar.embedded(with(command, killed));
        running.process().waitFor(millis, TimeUnit.MILLISECONDS);
        running.kill();
      }
      var run = jobJar.embedded(with(command, killed)).finish();
      assertThat(run.exitCode()).as(description + ": " + run.err()).isZero();
    }
    var warehouse = SmallShop.warehouse(killed);
    assertThat(SmallShop.rows(warehouse))
        .as(description)
        .isEqualTo(SmallShop.rows(SmallShop.warehouse(clean)));
    assertThat(SmallShop.manifests(warehouse).values())
        .as(description)
        .allSatisfy(manifest -> assertThat(manifest.version()).isEqualTo(1));
    SmallShop.assertTidy(warehouse, description);
  }

  private static String[] with(String[] command, Path shop) {
    var line = java.util.Arrays.copyOf(command, command.length + 1);
    line[command.length] = "--warehouse=" + shop;
    return line;
  }
}
