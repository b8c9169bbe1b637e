package org.clickmill.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.clickmill.drivers.cli.Clickmill;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution that the build has just made, unpacked and run with nothing but Java. */
final class DistributionIT {
  /** What the launcher asks of any Linux, apart from Java. */
  private static final List<String> TOOLS =
      List.of(
          "sh",
          "cat",
          "cksum",
          "cut",
          "dirname",
          "head",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "sed",
          "stty",
          "wc");

  /** The libraries in the two jars of the suite that the embedded Hadoop does not have. */
  private static final List<String> IN_OUR_JARS =
      List.of(
          "aircompressor",
          "commons-pool",
          "datasketches-java",
          "datasketches-memory",
          "fastutil-core",
          "hash4j",
          "hive-standalone-metastore-common",
          "jackson-dataformat-yaml",
          "jts-core",
          "kafka-clients",
          "libfb303",
          "libthrift",
          "lz4-java",
          "parquet-column",
          "parquet-common",
          "parquet-encoding",
          "parquet-format-structures",
          "parquet-hadoop",
          "picocli",
          "progressbar",
          "snakeyaml",
          "zstd-jni");

  private static final Path JVMS = Path.of("/usr/lib/jvm");

  @TempDir static Path folder;

  private static Path home;
  private static Path path;

  @BeforeAll
  static void unpack() throws Exception {
    Path archive;
    try (var files = Files.newDirectoryStream(Path.of("target"), "clickmill-*.tar.gz")) {
      archive = files.iterator().next().toAbsolutePath();
    }
    var run = run(List.of("tar", "-xzf", archive.toString()), System.getenv());
    assertThat(run.exitCode()).as(run.text()).isZero();
    home = folder.resolve(archive.getFileName().toString().replace(".tar.gz", ""));
    path = Files.createDirectory(folder.resolve("path"));
    for (var tool : TOOLS) {
      var file = Path.of("/usr/bin", tool);
      Files.createSymbolicLink(
          path.resolve(tool), Files.exists(file) ? file : Path.of("/bin", tool));
    }
    Files.createSymbolicLink(
        path.resolve("java"), Path.of(System.getProperty("java.home"), "bin", "java"));
  }

  @Test
  void runsTheDemoWithNothingButJava() throws Exception {
    var first =
        clickmill(
            "cache", "demo", "--events", "3000", "--days", "3", "--output", folder + "/the demo");
    assertThat(first.exitCode()).as(first.text()).isZero();
    assertThat(first.text()).contains("preparing Java's class archive").contains("report.html");
    assertThat(first.text().stripTrailing())
        .contains("report.html")
        .endsWith(
            """
            Go on with:
              %2$s show clv --warehouse %1$s
              %2$s explain sales --warehouse %1$s
              %2$s ddl --engine duckdb --warehouse %1$s\
            """
                .formatted(
                    "'file:" + folder + "/the demo/warehouse'", home.resolve("bin/clickmill")));
    assertThat(folder.resolve("cache")).isDirectoryContaining("glob:**.jsa");
    var second = clickmill("cache", "status", "--warehouse", folder + "/the demo/warehouse");
    assertThat(second.exitCode()).as(second.text()).isZero();
    assertThat(second.text()).doesNotContain("preparing");
  }

  @Test
  void runsOnJava25() throws Exception {
    var java = java25();
    assumeTrue(java.isPresent(), "Skipped: there is no Java 25 in " + JVMS);
    var output = folder + "/demo of Java 25";
    var warehouse = "--warehouse=" + output + "/warehouse";
    for (var command :
        List.of(
            List.of("demo", "--events=3000", "--days=3", "--output=" + output),
            List.of("show", "sales", "--limit=2", warehouse),
            List.of("explain", "sales", warehouse),
            List.of("report", "--output=" + output + "/again.html", warehouse))) {
      var run =
          clickmill(
              Map.of("JAVA_HOME", java.get().toString()),
              "cache of Java 25",
              command.toArray(String[]::new));
      assertThat(run.exitCode()).as(run.text()).isZero();
      assertThat(run.text()).doesNotContain("WARNING").doesNotContain("Exception");
    }
    assertThat(Path.of(output, "again.html")).isNotEmptyFile();
  }

  private static Optional<Path> java25() throws IOException {
    if (!Files.isDirectory(JVMS)) {
      return Optional.empty();
    }
    try (var folders = Files.list(JVMS)) {
      return folders
          .filter(place -> place.getFileName().toString().contains("25"))
          .filter(place -> Files.isExecutable(place.resolve("bin/java")))
          .findFirst();
    }
  }

  @Test
  void runsWhereNothingCanBeKept() throws Exception {
    Files.createFile(folder.resolve("no folder"));
    var run = clickmill("no folder/cache", "--version");
    assertThat(run.text()).startsWith("clickmill ").hasLineCount(1);
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void everyCommandHasAManPageAndIsCompleted() throws Exception {
    var pages = home.resolve("share/man/man1");
    var completion = Files.readString(home.resolve("share/completion/clickmill.bash"));
    assertThat(Files.readString(pages.resolve("clickmill.1"))).contains(".TH \"CLICKMILL\" \"1\"");
    for (var command : Clickmill.commandLine().getSubcommands().keySet()) {
      assertThat(Files.readString(pages.resolve("clickmill-" + command + ".1")))
          .contains(".TH \"CLICKMILL\\-" + command.toUpperCase(Locale.ROOT).replace("-", "\\-"));
      assertThat(completion).contains(" " + command);
    }
    assertThat(Files.readString(pages.resolve("clickmill-import.1")))
        .contains("\\fB\\-D\\fP \\fIKEY=VALUE\\fP");
    var script = home.resolve("share/completion/clickmill.bash").toString();
    assertThat(run(List.of("bash", "-n", script), System.getenv()).text()).isEmpty();
  }

  @Test
  void billOfMaterialsNamesEveryLibraryAndNoOther() throws Exception {
    var file = home.resolve("clickmill.cdx.json");
    assumeTrue(Files.exists(file), "The bill of materials is only made where Maven is online");
    var bill = new ObjectMapper().readTree(file.toFile());
    assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
    var embedded = new TreeSet<String>();
    try (var jars = Files.list(home.resolve("lib/hadoop"))) {
      jars.forEach(jar -> embedded.add(jar.getFileName().toString()));
    }
    var named = new TreeSet<String>();
    var others = new ArrayList<String>();
    for (var part : bill.path("components")) {
      var name = part.path("name").asText();
      var jar = name + "-" + part.path("version").asText() + ".jar";
      if (embedded.contains(jar)) {
        named.add(jar);
      } else if (!part.path("group").asText().equals("org.clickmill")) {
        others.add(name);
      }
    }
    assertThat(named).isEqualTo(embedded);
    assertThat(others).containsExactlyInAnyOrderElementsOf(IN_OUR_JARS);
    assertThat(Files.readString(home.resolve("licenses/LIBRARIES.txt")))
        .contains("Apache Hadoop Common");
  }

  @Test
  void holdsWhatAnInstallationNeeds() {
    assertThat(
            List.of(
                "LICENSE",
                "README.md",
                "CHANGELOG.md",
                "Containerfile",
                "docs/settings.md",
                "lib/clickmill-metastore.jar",
                "licenses/LICENSES-OF-LIBRARIES.txt",
                "share/completion/_clickmill"))
        .allSatisfy(file -> assertThat(home.resolve(file)).isNotEmptyFile());
    assertThat(home.resolve("oozie")).isDirectoryContaining("glob:**.zip");
  }

  @Test
  void everyLinkBetweenItsPagesLeadsToAFile() throws Exception {
    var link = Pattern.compile("]\\((?!https?:)([^)#]+)(#[^)]*)?\\)");
    List<Path> pages;
    try (var files = Files.walk(home)) {
      pages = files.filter(file -> file.toString().endsWith(".md")).toList();
    }
    var dead = new ArrayList<String>();
    for (var page : pages) {
      var found = link.matcher(Files.readString(page));
      while (found.find()) {
        if (!Files.exists(page.resolveSibling(found.group(1)))) {
          dead.add(home.relativize(page) + ": " + found.group(1));
        }
      }
    }
    assertThat(pages).contains(home.resolve("README.md"), home.resolve("docs/scheduling.md"));
    assertThat(dead).isEmpty();
    assertThat(home.resolve("oozie-workflows/cron/daily")).isExecutable();
  }

  private record Run(int exitCode, String text) {}

  private static Run clickmill(String cache, String... arguments) throws Exception {
    return clickmill(Map.of(), cache, arguments);
  }

  private static Run clickmill(Map<String, String> more, String cache, String... arguments)
      throws Exception {
    var command = new ArrayList<>(List.of(home.resolve("bin/clickmill").toString()));
    command.addAll(List.of(arguments));
    var environment = new HashMap<>(more);
    environment.put("PATH", path.toString());
    environment.put("CLICKMILL_CACHE", folder.resolve(cache).toString());
    return run(command, environment);
  }

  private static Run run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    var out = folder.resolve("out");
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    int exitCode = builder.start().waitFor();
    return new Run(exitCode, Files.readString(out, StandardCharsets.UTF_8));
  }
}
