package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.clickmill.formats.warehouse.SuiteVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher in processes of its own, with the job jar that the build has just made. */
final class LauncherIT {
  private static final Path LAUNCHER = Path.of("..", "clickmill").toAbsolutePath().normalize();
  private static final Path ARCHIVE = LAUNCHER.resolveSibling("drivers/target/clickmill.jsa");

  @TempDir Path folder;

  @Test
  void runsFromAnyFolderAndThroughSymbolicLinks() throws Exception {
    var bin = Files.createDirectory(folder.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("first"), LAUNCHER);
    var link = Files.createSymbolicLink(folder.resolve("second"), Path.of("bin", "first"));
    var run = run(Map.of(), link.toString(), "--version");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("clickmill ");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void exitCodeIsTheCommands() throws Exception {
    var run = run(Map.of(), LAUNCHER.toString(), "report");
    assertThat(run.err())
        .isEqualTo(
            "clickmill report: Missing warehouse: name its folder with --warehouse or"
                + " CLICKMILL_WAREHOUSE\n");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void argumentsWithSpacesAndStarsArriveWhole() throws Exception {
    var run = run(Map.of(), LAUNCHER.toString(), "report", "--warehouse", "my * shop");
    assertThat(run.err())
        .startsWith("clickmill report: Missing warehouse: ")
        .contains("my * shop (import or load creates one)");
  }

  @Test
  void settingsComeFromTheSiteFile() throws Exception {
    var conf = Files.createDirectory(folder.resolve("my conf"));
    Files.writeString(
        conf.resolve("clickmill-site.xml"),
        "<configuration><property><name>clickmill.trash.keep-hours</name><value>3</value>"
            + "</property></configuration>");
    var run = run(Map.of("CLICKMILL_CONF_DIR", conf.toString()), LAUNCHER.toString(), "config");
    assertThat(run.out()).contains("clickmill.trash.keep-hours = 3\n");
  }

  @Test
  void oldJavaIsNamedBeforeAnythingIsTried() throws Exception {
    var java = javaHome("11.0.22");
    var run = run(Map.of("JAVA_HOME", java.toString()), LAUNCHER.toString(), "--version");
    assertThat(run.err())
        .isEqualTo(
            "clickmill: Cannot run with Java 11 ("
                + java
                + "/bin/java): Clickmill needs Java 17 or newer. Set JAVA_HOME to one.\n");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void javaThatIsOlderThanNineIsUnderstood() throws Exception {
    var java = javaHome("1.8.0_402");
    var run = run(Map.of("JAVA_HOME", java.toString()), LAUNCHER.toString(), "--version");
    assertThat(run.err()).startsWith("clickmill: Cannot run with Java 8 (");
  }

  @Test
  void javaHomeWithoutJavaIsNamed() throws Exception {
    var run = run(Map.of("JAVA_HOME", folder.toString()), LAUNCHER.toString(), "--version");
    assertThat(run.err()).startsWith("clickmill: Cannot find Java in JAVA_HOME (" + folder + "): ");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "status, -XX:TieredStopAtLevel=1, -XX:Tier4",
    "demo, -XX:TieredStopAtLevel=1, -XX:+UseTransparentHugePages",
    "mapping, -XX:TieredStopAtLevel=1, -XX:Tier4",
    "import --preview 5, -XX:TieredStopAtLevel=1, -XX:Tier4",
    "import --preview=5, -XX:TieredStopAtLevel=1, -XX:Tier4",
    "import, -XX:Tier4InvocationThreshold=50000, -XX:TieredStopAtLevel",
    "pipeline, -XX:Tier4InvocationThreshold=50000, -XX:TieredStopAtLevel",
    "load, -XX:MaxNewSize=64m, -XX:TieredStopAtLevel"
  })
  void commandsThatReadEventsGetTheOptimisingCompilerToo(
      String command, String option, String otherOption) throws Exception {
    var java = javaHome("17.0.1", "echo \"$@\"");
    var words = (LAUNCHER + " " + command).split(" ", -1);
    var run = run(Map.of("JAVA_HOME", java.toString()), words);
    assertThat(run.out()).contains(option).doesNotContain(otherOption).endsWith(command + "\n");
  }

  @Test
  void hadoopOnThePathRunsTheJar() throws Exception {
    var home = Files.createDirectories(folder.resolve("hadoop"));
    script(
        home.resolve("bin").resolve("hadoop"),
        "echo \"skip-unjar=$HADOOP_CLIENT_SKIP_UNJAR\"; printf '[%s]' \"$@\"; exit 4");
    var run =
        run(
            Map.of("HADOOP_HOME", home.toString(), "CLICKMILL_EMBEDDED", "0"),
            LAUNCHER.toString(),
            "config",
            "a b");
    var jar = LAUNCHER.getParent().resolve("drivers/target/clickmill.jar");
    assertThat(run.out()).isEqualTo("skip-unjar=true\n[jar][" + jar + "][config][a b]");
    assertThat(run.exitCode()).isEqualTo(4);
  }

  @Test
  void commandLeavesNothingInTheTemporaryFolder() throws Exception {
    var temporary = Files.createDirectory(folder.resolve("temporary"));
    var shop = folder.resolve("shop");
    var raw = folder.resolve("raw");
    var environment = Map.of("CLICKMILL_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary);
    var generate =
        run(
            environment,
            LAUNCHER.toString(),
            "generate",
            "--output=" + raw,
            "--events=2000",
            "--days=1");
    assertThat(generate.exitCode()).as(generate.err()).isZero();
    for (var arguments :
        List.of(
            List.of("import", "--mapping=rees46", "--input=" + raw),
            List.of("pipeline"),
            List.of("report", "--output=" + folder.resolve("report.html")))) {
      var line = new ArrayList<String>();
      line.add(LAUNCHER.toString());
      line.addAll(arguments);
      line.add("--warehouse=" + shop);
      var run = run(environment, line.toArray(String[]::new));
      assertThat(run.exitCode()).as(run.err()).isZero();
    }
    assertThat(folder.resolve("report.html")).content().contains("Sales by day");
    try (var left = Files.list(temporary)) {
      assertThat(left.map(Path::getFileName).map(Path::toString))
          .filteredOn(name -> !name.startsWith("hsperfdata") && !name.startsWith("libzstd"))
          .isEmpty();
    }
  }

  @Test
  void buildLeavesAnArchiveThatIsUsed() throws Exception {
    assertThat(ARCHIVE).exists();
    var run =
        run(
            Map.of("CLICKMILL_JAVA_OPTS", "-Xshare:auto -Xlog:class+load"),
            LAUNCHER.toString(),
            "--version");
    assertThat(run.out())
        .containsPattern("org.clickmill.drivers.cli.Main source: shared objects file");
  }

  @Test
  void archiveIsUsedWithASiteFileToo() throws Exception {
    var conf = Files.createDirectory(folder.resolve("conf"));
    Files.writeString(conf.resolve("clickmill-site.xml"), "<configuration/>");
    var run =
        run(
            Map.of(
                "CLICKMILL_CONF_DIR", conf.toString(), "CLICKMILL_JAVA_OPTS", "-Xlog:class+load"),
            LAUNCHER.toString(),
            "--version");
    assertThat(run.out())
        .containsPattern("org.clickmill.drivers.cli.Main source: shared objects file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "damaged", "ofAnotherClassPath"})
  void archiveThatDoesNotFitIsPassedOverInSilence(String kind) throws Exception {
    var archive = folder.resolve(kind + ".jsa");
    switch (kind) {
      case "damaged" -> Files.writeString(archive, "no archive");
      case "ofAnotherClassPath" -> {
        var dump =
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xshare:dump",
                    "-XX:SharedArchiveFile=" + archive,
                    "-cp",
                    LAUNCHER.resolveSibling("drivers/target/hadoop/*").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("dump.log").toFile())
                .start();
        assertThat(dump.waitFor()).isZero();
        assertThat(archive).exists();
      }
      default -> assertThat(archive).doesNotExist();
    }
    var run =
        run(
            Map.of("CLICKMILL_JAVA_OPTS", "-XX:SharedArchiveFile=" + archive),
            LAUNCHER.toString(),
            "--version");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo("clickmill " + SuiteVersion.text() + "\n");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void archiveOfJarsThatHaveChangedIsPassedOverInSilence() throws Exception {
    var home = folder.resolve("copy");
    var target = Files.createDirectories(home.resolve("drivers/target"));
    Files.copy(LAUNCHER, home.resolve("clickmill"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.copy(ARCHIVE, target.resolve("clickmill.jsa"));
    Files.copy(ARCHIVE.resolveSibling("clickmill.jar"), target.resolve("clickmill.jar"));
    Files.createSymbolicLink(target.resolve("hadoop"), ARCHIVE.resolveSibling("hadoop"));
    Files.createSymbolicLink(
        target.resolveSibling("src"), LAUNCHER.resolveSibling("drivers/src").toRealPath());
    var run = run(Map.of(), home.resolve("clickmill").toString(), "--version");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo("clickmill " + SuiteVersion.text() + "\n");
    assertThat(run.exitCode()).isZero();
  }

  private Path javaHome(String version) throws IOException {
    return javaHome(version, "echo should not run; exit 99");
  }

  private Path javaHome(String version, String script) throws IOException {
    var home = Files.createDirectories(folder.resolve("java-" + version));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    script(home.resolve("bin").resolve("java"), script);
    return home;
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private CommandRun run(Map<String, String> environment, String... command) throws Exception {
    var out = folder.resolve("out");
    var err = folder.resolve("err");
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("CLICKMILL_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("CLICKMILL_EMBEDDED", "1");
    builder.environment().putAll(environment);
    int exitCode = builder.start().waitFor();
    return new CommandRun(
        exitCode,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
