package org.clickmill.drivers.damage;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileUtil;
import org.clickmill.drivers.cli.Clickmill;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Warehouse;

/** Whole commands on a copy of a warehouse of which one file is damaged, in this process. */
final class Commands {
  /** The commands, and what of the warehouse they are given. */
  static final List<String> NAMES = List.of("import", "compact", "view-counts", "report");

  private final Path corpus;
  private final Path warehouse;
  private final Path scratch;
  private final Map<String, String> undamaged = new TreeMap<>();

  Commands(Path corpus, Path warehouse, Path scratch) {
    this.corpus = corpus;
    this.warehouse = warehouse;
    this.scratch = scratch;
  }

  /** Makes the warehouse of generated events, with all tables. */
  static void makeWarehouse(Path warehouse, Path input) {
    for (var command :
        List.of(
            List.of("generate", "--output=" + input, "--events=3000", "--days=2"),
            List.of("import", "--mapping=rees46", "--input=" + input, "--warehouse=" + warehouse),
            List.of("pipeline", "--warehouse=" + warehouse))) {
      var run = Run.of(command);
      if (run.exitCode() != 0) {
        throw new IllegalStateException(command + ": " + run.errors());
      }
    }
  }

  /** Damages one file and runs a command; the result is as {@link DamageProcess} prints it. */
  String run(String command, long seed) throws IOException {
    var random = new Random(seed);
    var shop = scratch.resolve("shop");
    try {
      Files.createDirectories(shop);
      var files = command.equals("import") ? files(corpus) : copy(command, shop);
      var file = files.get(random.nextInt(files.size()));
      if (command.equals("import")) {
        file = Files.copy(file, scratch.resolve(file.getFileName()));
      }
      var specimen = Corpus.specimen(file).knownToReader();
      var mutation = Mutation.of(specimen, Files.readAllBytes(file), random.nextLong());
      var expected = command.equals("import") ? "" : expected(command, shop);
      Files.write(file, mutation.bytes());
      var run = Run.of(line(command, file, shop));
      if (command.equals("import")) {
        Files.delete(file);
      }
      return judge(command, run, file, mutation, expected, shop);
    } finally {
      FileUtil.fullyDelete(shop.toFile());
    }
  }

  private String judge(
      String command, Run run, Path file, Mutation mutation, String expected, Path shop)
      throws IOException {
    var errors = run.errors().strip();
    var what = command + " of " + file.getFileName() + ", " + mutation.what();
    if (run.exitCode() == 0) {
      boolean isSame = expected.isEmpty() || expected.equals(rows(command, shop));
      var outcome =
          isSame
              ? Outcome.SAME_ROWS
              : mutation.isDetectable() ? Outcome.WRONG_ROWS : Outcome.OTHER_ROWS;
      return outcome + "\t" + what + "\t";
    }
    boolean isClear =
        errors.contains(file.getFileName().toString())
            && !errors.contains("\tat ")
            && !errors.contains("java.lang.")
            && errors.lines().filter(line -> line.startsWith("clickmill ")).count() == 1;
    return (isClear || run.exitCode() == 4 ? Outcome.ERROR : Outcome.UNCLEAR_ERROR)
        + "\t"
        + what
        + "\t"
        + run.exitCode()
        + " "
        + errors.replaceAll("[\t\r\n]+", " ");
  }

  private String expected(String command, Path shop) throws IOException {
    if (command.equals("report")) {
      return "";
    }
    var known = undamaged.get(command);
    if (known == null) {
      var run = Run.of(line(command, null, shop));
      if (run.exitCode() != 0) {
        throw new IllegalStateException(command + ": " + run.errors());
      }
      known = rows(command, shop);
      undamaged.put(command, known);
      FileUtil.fullyDelete(shop.toFile());
      copy(command, shop);
    }
    return known;
  }

  private static List<String> line(String command, Path file, Path shop) {
    var line = new ArrayList<>(List.of(command, "--warehouse=" + shop));
    switch (command) {
      case "import" -> line.addAll(List.of("--mapping=clickmill", "--input=" + file));
      case "report" -> line.add("--output=" + shop.resolveSibling("report.html"));
      default -> {
        // All days that there are.
      }
    }
    return line;
  }

  /** Copies what a command reads, and returns the files that may be damaged. */
  private List<Path> copy(String command, Path shop) throws IOException {
    Files.createDirectories(shop);
    try (var datasets = Files.list(warehouse)) {
      for (var dataset : datasets.filter(Files::isDirectory).sorted().toList()) {
        var name = dataset.getFileName().toString();
        boolean isRead =
            switch (command) {
              case "compact" -> name.equals("events");
              case "view-counts" -> name.equals("events_daily");
              default -> !name.startsWith("_") && !name.startsWith("events");
            };
        if (isRead) {
          copyFolder(dataset, shop.resolve(name));
        }
      }
    }
    return files(shop);
  }

  private static void copyFolder(Path from, Path to) throws IOException {
    try (var paths = Files.walk(from)) {
      for (var path : paths.toList()) {
        if (!path.getFileName().toString().endsWith(".crc")) {
          Files.copy(path, to.resolve(from.relativize(path).toString()));
        }
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      return paths
          .filter(Files::isRegularFile)
          .filter(path -> !path.getFileName().toString().matches("[._].*"))
          .filter(path -> !path.getFileName().toString().startsWith("table-"))
          .sorted()
          .toList();
    }
  }

  /** The fingerprints of what a command made. */
  private static String rows(String command, Path shop) throws IOException {
    var dataset = command.equals("compact") ? "events_daily" : "view_counts";
    var rows = new TreeMap<String, String>();
    var root = new org.apache.hadoop.fs.Path("file", null, shop.toString());
    var opened = Warehouse.open(root, new Configuration());
    Catalog.read(opened, List.of(dataset), null, null)
        .manifests()
        .forEach((where, manifest) -> rows.put(where.toString(), "" + manifest.fingerprint()));
    return rows.toString();
  }

  private record Run(int exitCode, String errors) {
    static Run of(List<String> line) {
      var errors = new StringWriter();
      int exitCode =
          Clickmill.commandLine()
              .setOut(new PrintWriter(new StringWriter()))
              .setErr(new PrintWriter(errors))
              .execute(line.toArray(new String[0]));
      return new Run(exitCode, errors.toString());
    }
  }
}
