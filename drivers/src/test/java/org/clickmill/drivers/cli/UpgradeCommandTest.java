package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.commons.io.FileUtils;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.SuiteVersion;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an older version wrote is made up here: manifests are changed to what it would have put. */
final class UpgradeCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String THIS = SuiteVersion.text();
  private static final int DAYS = 4;
  private static final String FEW_TABLES = "-Dclickmill.sales.tables=sales";

  @TempDir static Path folder;
  private static Path computed;

  @TempDir Path own;

  @BeforeAll
  static void makeShop() throws IOException {
    var input = SmallShop.generate(folder.resolve("raw"), 300, DAYS);
    computed = folder.resolve("computed");
    assertDone(run(computed, "import", "--mapping=rees46", "--input=" + input));
    assertDone(run(computed, "pipeline"));
  }

  private Path shop() throws IOException {
    var shop = own.resolve("shop-" + new Random().nextInt(1 << 20));
    FileUtils.copyDirectory(computed.toFile(), shop.toFile());
    return shop;
  }

  private static CommandRun run(Path shop, String... arguments) {
    var line = new ArrayList<>(List.of(arguments));
    line.add("--warehouse=" + shop);
    line.add(FEW_TABLES);
    return CommandRun.of(line.toArray(String[]::new));
  }

  private static CommandRun check(Path shop, String... options) {
    var line = new ArrayList<>(List.of("upgrade", "--check"));
    line.addAll(List.of(options));
    var run = run(shop, line.toArray(String[]::new));
    assertDone(run);
    return run;
  }

  private static JsonNode json(Path shop, String... options) throws IOException {
    var line = new ArrayList<>(List.of(options));
    line.add("--json");
    return JSON.readTree(check(shop, line.toArray(String[]::new)).out());
  }

  private static void assertDone(CommandRun run) {
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private static Path manifest(Path shop, String partition) {
    return shop.resolve(partition).resolve(Manifest.FILE_NAME);
  }

  private static void rewrite(Path shop, String partition, Consumer<ObjectNode> change)
      throws IOException {
    var file = manifest(shop, partition);
    var manifest = (ObjectNode) JSON.readTree(file.toFile());
    change.accept(manifest);
    JSON.writeValue(file.toFile(), manifest);
  }

  /** As if a version had made days 2 to 4 of a table by another logic. */
  private static void makeOlder(Path shop, String table) throws IOException {
    for (int day = 2; day <= DAYS; day++) {
      rewrite(
          shop,
          table + "/dt=2019-10-0" + day,
          manifest -> manifest.put("logicVersion", 0).put("suiteVersion", "0.0.9"));
    }
  }

  private static long bytes(Path shop, String table, int from, int to) throws IOException {
    long bytes = 0;
    var manifests = SmallShop.manifests(SmallShop.warehouse(shop));
    for (int day = from; day <= to; day++) {
      bytes +=
          manifests.get(Partition.ofDay(table, SmallShop.FIRST_DAY.plusDays(day - 1L))).bytes();
    }
    return bytes;
  }

  @Test
  void warehouseOfThisVersionNeedsNothing() throws IOException {
    var manifests = SmallShop.manifests(SmallShop.warehouse(computed)).size();
    assertThat(check(computed).out())
        .contains(
            String.format(
                Locale.ROOT, "It has read the %,d manifests of %s (format 1);", manifests, THIS))
        .contains("nothing has to be converted")
        .contains("Nothing to recompute; ")
        .contains("partitions are fresh. Nothing was run.")
        .doesNotContain("again");
  }

  @Test
  void olderLogicIsNamedWithDaysBytesAndWhy() throws IOException {
    var shop = shop();
    makeOlder(shop, "view_counts");
    long bytes = bytes(shop, "events_daily", 2, 4);

    var report = json(shop);
    assertThat(report.at("/reader/suiteVersion").asText()).isEqualTo(THIS);
    assertThat(report.at("/writers").findValuesAsText("suiteVersion"))
        .containsExactlyInAnyOrder("0.0.9", THIS);
    var line = report.at("/recomputed/0");
    assertThat(line.at("/when").asText()).isEqualTo("WHEN_ASKED");
    assertThat(line.at("/table").asText()).isEqualTo("view_counts");
    assertThat(line.at("/reason").asText()).isEqualTo("logic version 0, now 1");
    assertThat(line.at("/partitions").asLong()).isEqualTo(3);
    assertThat(line.at("/from").asText()).isEqualTo("2019-10-02");
    assertThat(line.at("/to").asText()).isEqualTo("2019-10-04");
    assertThat(line.at("/inputBytes").asLong()).isEqualTo(bytes);
    assertThat(report.at("/costs")).hasSize(1);
    assertThat(report.at("/costs/0/bytes").asLong()).isEqualTo(bytes);
    var text = check(shop).out();
    assertThat(text)
        .contains("0.0.9 (format 1)", THIS + " (format 1)", "; nothing has to be converted.")
        .contains("pipeline --recompute-outdated computes again:")
        .containsPattern(
            "view_counts +3 partitions, 2019-10-02 to 2019-10-04, +[0-9,]+ bytes  \\(logic version 0, now 1\\)")
        .contains("pipeline --recompute-outdated computes again, if that changes their input:")
        .containsPattern("top_products +3 partitions")
        .containsPattern(
            "pipeline --recompute-outdated: 3 partitions from [0-9,]+ bytes that are there; ");

    assertDone(run(shop, "pipeline"));
    assertThat(check(shop).out()).contains("computes again:");
    assertDone(run(shop, "pipeline", "--recompute-outdated"));
    assertThat(check(shop).out()).contains("Nothing to recompute; ");
  }

  @Test
  void tablesThatOneScanMakesAreReadForOnce() throws IOException {
    var shop = shop();
    makeOlder(shop, "view_counts");
    makeOlder(shop, "sales");
    var report = json(shop);
    long bytes = bytes(shop, "events_daily", 2, 4);
    assertThat(report.at("/costs/0/partitions").asLong()).isEqualTo(6);
    assertThat(report.at("/costs/0/bytes").asLong()).isEqualTo(bytes);
  }

  @Test
  void changedSettingAndNewTableAreWhatPipelineDoesByItself() throws IOException {
    var shop = shop();
    FileUtils.deleteDirectory(shop.resolve("trending").toFile());
    var text = check(shop, "-Dclickmill.top-products.limit=20").out();
    assertThat(text)
        .contains("pipeline computes, as it would any time:")
        .containsPattern(
            "trending +4 partitions, 2019-10-01 to 2019-10-04, .*\\(not computed yet\\)")
        .containsPattern(
            "top_products +4 partitions, .*"
                + "\\(setting changed: clickmill.top-products.limit from 100 to 20\\)")
        .containsPattern("pipeline: 8 partitions from [0-9,]+ bytes that are there; ")
        .doesNotContain("--recompute-outdated");
  }

  @Test
  void whatHasLostItsInputStaysAsItIs() throws IOException {
    var shop = shop();
    makeOlder(shop, "view_counts");
    assertDone(
        run(shop, "expire", "--as-of=2019-10-06", "-Dclickmill.expire=events=4d,events_daily=4d"));
    assertThat(check(shop).out())
        .contains("Cannot be computed again, since input has expired; they stay as they are:")
        .containsPattern(
            "view_counts +1 partitions, 2019-10-02 to 2019-10-02,.*\\(logic version 0, now 1\\)")
        .containsPattern("view_counts +2 partitions, 2019-10-03 to 2019-10-04,");
  }

  @Test
  void datasetThatThisVersionDoesNotMakeIsNamed() throws IOException {
    var shop = shop();
    FileUtils.moveDirectory(shop.resolve("sales").toFile(), shop.resolve("sold").toFile());
    for (int day = 1; day <= DAYS; day++) {
      rewrite(shop, "sold/dt=2019-10-0" + day, manifest -> manifest.put("dataset", "sold"));
    }
    assertThat(check(shop).out())
        .contains("This version does not make sold with these settings; its 4 partitions stay.");
  }

  @Test
  void manifestOfANewerVersionIsAFailureThatNamesIt() throws IOException {
    var shop = shop();
    rewrite(shop, "sales/dt=2019-10-02", manifest -> manifest.put("formatVersion", 7));
    var run = run(shop, "upgrade", "--check");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains(
            "sales/dt=2019-10-02/_MANIFEST.json: its format version is 7, this suite knows 1"
                + " (use a newer suite)");
  }

  @Test
  void withoutCheckNothingIsDone() {
    var run = run(computed, "upgrade");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("Missing option: --check.");
  }
}
