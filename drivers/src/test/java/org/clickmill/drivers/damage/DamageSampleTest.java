package org.clickmill.drivers.damage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some mutations of each file; {@code src/test/soak/damage-soak} has any number of them read. */
final class DamageSampleTest {
  private static final int MUTATIONS = 1_000;

  @TempDir Path folder;

  @Test
  void damagedFilesEndAsRowsRejectsOrOneClearError() throws Exception {
    long seed = Long.getLong("clickmill.test.seed", new Random().nextLong());
    var corpus = folder.resolve("corpus");
    Corpus.write(corpus, 300);
    try (var campaign =
        new DamageCampaign(corpus, folder.resolve("none"), folder.resolve("process"), System.err)) {
      campaign.run(MUTATIONS, seed, "");
      assertThat(campaign.offenders()).as("seed %d", seed).isEmpty();
      assertThat(campaign.figures()).as("seed %d", seed).contains("same rows", "error");
    }
  }
}
