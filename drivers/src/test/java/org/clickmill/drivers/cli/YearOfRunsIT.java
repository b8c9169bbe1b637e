package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A shop that imports, computes and expires every day. {@code -Dclickmill.test.days=365} makes it a
 * year.
 */
final class YearOfRunsIT {
  private static final int DAYS = Integer.getInteger("clickmill.test.days", 21);
  private static final int KEPT = 4;
  private static final long EVENTS_A_DAY = 60;

  /** What customers is made from all days of, so that it is kept for good. */
  private static final String KEPT_FOR_GOOD = "customer_days";

  private static final List<String> SHORT_WINDOWS =
      List.of(
          "-Dclickmill.sales.tables=sales",
          "-Dclickmill.sales-trend.tables=none",
          "-Dclickmill.trending.windows=1",
          "-Dclickmill.interactions.window-days=2");

  @TempDir Path folder;

  /**
   * What there is at the end of a day.
   *
   * @param files by the folder of the warehouse that they are in
   * @param folders all of them
   */
  private record Size(SortedMap<String, Long> files, long folders) {
    long of(String name) {
      return files.getOrDefault(name, 0L);
    }

    long all() {
      return files.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  @Test
  void whatIsThereIsBoundedByTheRetention() throws IOException {
    var raw = SmallShop.generate(folder.resolve("raw"), EVENTS_A_DAY * DAYS, DAYS);
    var shop = folder.resolve("shop");
    var files = csvFiles(raw);
    assertThat(files).hasSize(DAYS);
    var sizes = new ArrayList<Size>();
    Duration slowest = Duration.ZERO;
    for (int day = 0; day < DAYS; day++) {
      var file = files.get(day);
      // As it is known when it comes with its folder.
      var name = "--source-name=raw/" + file.getFileName();
      succeed(shop, "import", "--mapping=rees46", name, "--input=" + file);
      succeed(shop, "pipeline");
      succeed(
          shop,
          "expire",
          "--as-of=" + SmallShop.FIRST_DAY.plusDays(day),
          "-Dclickmill.expire=" + retention(shop));
      passADay(shop);
      long begin = System.nanoTime();
      var status = succeed(shop, "status");
      var took = Duration.ofNanos(System.nanoTime() - begin);
      // The first runs load classes.
      slowest = day > KEPT && took.compareTo(slowest) > 0 ? took : slowest;
      assertThat(status.out()).as("day " + day).contains("all fresh");
      sizes.add(size(shop));
    }
    System.out.printf(
        Locale.ROOT, "%d days: %s; status took at most %s%n", DAYS, sizes.get(DAYS - 1), slowest);
    assertBounded(sizes);
    if (DAYS
        >= 365) { // A figure for whoever asks for the year, on a machine with nothing else to do.
      assertThat(slowest).isLessThan(Duration.ofSeconds(2));
    }
    assertRowsAreThoseOfOneRun(raw, shop);
    assertNothingComesBack(raw, shop);
  }

  private static String retention(Path shop) throws IOException {
    return SmallShop.warehouse(shop).datasets().stream()
        .filter(dataset -> !dataset.equals(KEPT_FOR_GOOD))
        .map(dataset -> dataset + "=" + KEPT + "d")
        .collect(Collectors.joining(","));
  }

  /**
   * What is kept for good grows by a partition a day, and nothing else grows: in the second half of
   * the days there is no more than in the first. Chance has a quarter, since it says which hours
   * have events, and what the trash has of yesterday; a partition a day that stays would be far
   * more.
   */
  private static void assertBounded(List<Size> sizes) {
    int settled = 2 * KEPT;
    int half = settled + (DAYS - settled) / 2;
    var before = sizes.subList(settled, half);
    var after = sizes.subList(half, DAYS);
    var names = new TreeSet<>(sizes.get(DAYS - 1).files().keySet());
    assertThat(names).contains("events", "sessions", "_expired", "_imports", KEPT_FOR_GOOD);
    names.remove(KEPT_FOR_GOOD);
    for (var name : names) {
      assertBounded("files in " + name, before, after, size -> size.of(name));
    }
    assertBounded("all files", before, after, size -> size.all() - size.of(KEPT_FOR_GOOD));
    assertBounded("folders", before, after, Size::folders);
    assertThat(sizes.get(DAYS - 1).of("_imports")).isEqualTo(KEPT);
  }

  private static void assertBounded(
      String what, List<Size> before, List<Size> after, ToLongFunction<Size> count) {
    long most = before.stream().mapToLong(count).max().orElseThrow();
    assertThat(after.stream().mapToLong(count).max().orElseThrow())
        .as(what + ": " + most + " before")
        .isLessThanOrEqualTo(most + most / 4);
  }

  private void assertRowsAreThoseOfOneRun(Path raw, Path shop) throws IOException {
    var once = folder.resolve("once");
    succeed(once, "import", "--mapping=rees46", "--input=" + raw);
    succeed(once, "pipeline");
    var expected = SmallShop.rows(SmallShop.warehouse(once));
    var rows = SmallShop.rows(SmallShop.warehouse(shop));
    assertThat(rows.keySet()).contains("sessions/dt=" + lastDay(), "customers/dt=" + lastDay());
    // Of snapshots one run makes only the last.
    expected.keySet().retainAll(rows.keySet());
    assertThat(expected).hasSizeGreaterThan(24 * KEPT);
    assertThat(rows).containsAllEntriesOf(expected);
  }

  /** Files whose records are gone are known from what is left of their hours. */
  private static void assertNothingComesBack(Path raw, Path shop) throws IOException {
    var before = SmallShop.rows(SmallShop.warehouse(shop));
    var run = succeed(shop, "import", "--mapping=rees46", "--input=" + raw);
    assertThat(run.out()).contains(KEPT + " imported before");
    succeed(shop, "pipeline");
    assertThat(SmallShop.rows(SmallShop.warehouse(shop))).isEqualTo(before);
  }

  private static LocalDate lastDay() {
    return SmallShop.FIRST_DAY.plusDays(DAYS - 1L);
  }

  private static CommandRun succeed(Path shop, String... arguments) {
    var line = new ArrayList<>(List.of(arguments));
    line.add("--warehouse=" + shop);
    line.addAll(SHORT_WINDOWS);
    var run = CommandRun.of(line.toArray(String[]::new));
    assertThat(run.exitCode()).as(String.join(" ", line) + ": " + run.err()).isZero();
    return run;
  }

  private static List<Path> csvFiles(Path raw) throws IOException {
    try (var files = Files.walk(raw)) {
      return files
          .filter(file -> file.getFileName().toString().matches("[^.].*\\.csv"))
          .sorted()
          .toList();
    }
  }

  /** Trash and staging go by modification times. */
  private static void passADay(Path shop) throws IOException {
    for (var name : List.of("_trash", "_staging")) {
      if (!Files.exists(shop.resolve(name))) {
        continue;
      }
      try (var all = Files.walk(shop.resolve(name))) {
        for (var path : all.toList()) {
          var before = Files.getLastModifiedTime(path).toInstant();
          Files.setLastModifiedTime(path, FileTime.from(before.minus(Duration.ofHours(25))));
        }
      }
    }
  }

  private static Size size(Path shop) throws IOException {
    var files = new TreeMap<String, Long>();
    long folders = 0;
    try (var all = Files.walk(shop)) {
      for (var path : all.toList()) {
        var name = shop.relativize(path).getName(0).toString();
        if (Files.isRegularFile(path)) {
          files.merge(name, 1L, Long::sum);
        } else if (!name.equals(KEPT_FOR_GOOD)) {
          folders++;
        }
      }
    }
    return new Size(files, folders);
  }
}
