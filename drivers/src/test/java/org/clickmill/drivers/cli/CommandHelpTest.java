package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Help, as it is read in a terminal of 80 columns. */
final class CommandHelpTest {
  static List<List<String>> commandLines() {
    var lines = new ArrayList<List<String>>();
    lines.add(List.of("--help"));
    Clickmill.commandLine()
        .getSubcommands()
        .keySet()
        .forEach(name -> lines.add(List.of(name, "--help")));
    return lines;
  }

  private static List<String> help(List<String> commandLine) {
    var run = CommandRun.of(commandLine.toArray(String[]::new));
    assertThat(run.exitCode()).isZero();
    return run.out().lines().toList();
  }

  @ParameterizedTest
  @MethodSource("commandLines")
  void noLineIsOver80Columns(List<String> commandLine) {
    assertThat(help(commandLine)).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  @ParameterizedTest
  @MethodSource("commandLines")
  void linesAreBrokenBetweenWords(List<String> commandLine) {
    var lines = help(commandLine);
    assertThat(lines)
        .allSatisfy(line -> assertThat(line).doesNotEndWith("clickmill.").doesNotContain("\uFEFF"));
    // A list in brackets, as NAME[,NAME...], is one word.
    assertThat(lines).noneMatch(line -> line.matches(".*(\\[,?|HOST:|\\|)"));
  }

  @ParameterizedTest
  @MethodSource("commandLines")
  void severalExamplesAreExamples(List<String> commandLine) {
    var lines = help(commandLine);
    int heading = Math.max(lines.indexOf("Example:"), lines.indexOf("Examples:"));
    if (heading >= 0) {
      long examples =
          lines.stream().skip(heading).filter(line -> line.startsWith("  clickmill ")).count();
      assertThat(lines.get(heading)).isEqualTo(examples == 1 ? "Example:" : "Examples:");
    }
  }

  @Test
  void warehouseOfACommandThatUsesNoneIsRefused() {
    var run = CommandRun.of("generate", "--output=events", "--warehouse=shop");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("clickmill generate: Unknown option: '--warehouse=shop'");
  }

  @Test
  void firstLineShowsWhatTheCommandCannotDoWithout() {
    assertThat(help(List.of("import", "--help")))
        .first()
        .isEqualTo("Usage: clickmill import [OPTION]... --input=PATH --mapping=NAME|FILE");
    assertThat(help(List.of("show", "--help")))
        .first()
        .isEqualTo("Usage: clickmill show [OPTION]... TABLE");
  }

  @Test
  void optionsAreShownAsTheyAreWritten() {
    assertThat(help(List.of("pipeline", "--help")))
        .anyMatch(line -> line.startsWith("  -D  KEY=VALUE "))
        .anyMatch(line -> line.startsWith("      -conf FILE "))
        .anyMatch(line -> line.startsWith("      --day=DAY "));
  }
}
