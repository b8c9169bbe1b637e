package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A warehouse that an earlier commit has made ({@code benchmarks/run-upgrade} takes any), and the
 * files that it imported; {@code ABOUT.txt} beside them says which commit that was.
 */
final class EarlierVersionTest {
  private static final String ARCHIVE = "earlier-version.zip";

  @TempDir Path folder;
  private Path shop;
  private Path raw;

  @BeforeEach
  void unpack() throws IOException {
    try (var zip = new ZipInputStream(EarlierVersionTest.class.getResourceAsStream(ARCHIVE))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        var target = folder.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(zip, target);
        }
      }
    }
    shop = folder.resolve("shop");
    raw = folder.resolve("raw");
  }

  private static CommandRun run(Path warehouse, String... arguments) {
    var line = new ArrayList<>(List.of(arguments));
    line.add("--warehouse=" + warehouse);
    var run = CommandRun.of(line.toArray(String[]::new));
    assertThat(run.exitCode()).as(String.join(" ", line) + ": " + run.err()).isZero();
    return run;
  }

  @Test
  void itsManifestsAreReadAndWhatIsToBeComputedAgainIsNamed() throws IOException {
    var manifests = SmallShop.manifests(SmallShop.warehouse(shop));
    assertThat(manifests).hasSizeGreaterThan(60);
    assertThat(manifests.values())
        .allSatisfy(
            manifest -> {
              assertThat(manifest.formatVersion()).isEqualTo(1);
              assertThat(manifest.fingerprint()).isNotNull();
            });
    var report = new ObjectMapper().readTree(run(shop, "upgrade", "--check", "--json").out());
    assertThat(report.at("/writers").findValuesAsText("manifests"))
        .containsExactly(String.valueOf(manifests.size()));
    assertThat(report.at("/recomputed").findValuesAsText("reason")).contains("not computed yet");
    assertThat(SmallShop.manifests(SmallShop.warehouse(shop))).isEqualTo(manifests);
  }

  @Test
  void fileThatItImportedIsNotImportedAgain() throws IOException {
    var before = SmallShop.rows(SmallShop.warehouse(shop));
    run(shop, "import", "--mapping=rees46", "--input=" + raw);
    assertThat(SmallShop.rows(SmallShop.warehouse(shop))).isEqualTo(before);
  }

  @Test
  void whenAllIsComputedTheRowsAreThoseOfANewWarehouse() throws IOException {
    // Its days are not clustered by visitor.
    var alone = CommandRun.of("pipeline", "--warehouse=" + shop);
    assertThat(alone.exitCode()).isEqualTo(1);
    assertThat(alone.err()).contains("Compact the day again (pipeline --recompute-outdated).");
    run(shop, "pipeline", "--recompute-outdated");
    assertThat(run(shop, "upgrade", "--check").out()).contains("Nothing to recompute; ");
    run(shop, "report", "--output=" + folder.resolve("report.html"));

    var fresh = folder.resolve("fresh");
    run(fresh, "import", "--mapping=rees46", "--input=" + raw);
    run(fresh, "pipeline");
    var expected = SmallShop.rows(SmallShop.warehouse(fresh));
    assertThat(SmallShop.rows(SmallShop.warehouse(shop))).containsAllEntriesOf(expected);
  }
}
