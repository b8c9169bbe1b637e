package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.clickmill.formats.warehouse.SuiteVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

final class ClickmillTest {
  static List<String> commands() {
    return List.copyOf(Clickmill.commandLine().getSubcommands().keySet());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpShowsSharedOptionsAndAnExampleThatParses(String command) {
    var help = CommandRun.of(command, "--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).contains("--warehouse", "--json", "-D").containsPattern("Examples?:");
    var examples =
        help.out()
            .substring(help.out().indexOf("Example"))
            .replaceAll("\\\\\\R\\s*", "")
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith("clickmill "))
            .toList();
    assertThat(examples).isNotEmpty();
    for (var example : examples) {
      var words = example.split("\\s+", -1);
      Clickmill.commandLine().parseArgs(Arrays.copyOfRange(words, 1, words.length));
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void commandsExtendTheBase(String command) {
    CommandLine commandLine = Clickmill.commandLine().getSubcommands().get(command);
    assertThat((Object) commandLine.getCommand()).isInstanceOf(BaseCommand.class);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void commandLineThatNamesACommandNeedsNoOther(String command) {
    assertThat(Clickmill.commandLineFor(command, "--help").getSubcommands())
        .containsOnlyKeys(command);
  }

  @Test
  void commandLineWithoutACommandKnowsAll() {
    for (var line : List.of(new String[0], new String[] {"--help"}, new String[] {"confg"})) {
      assertThat(Clickmill.commandLineFor(line).getSubcommands())
          .containsOnlyKeys(commands().toArray(String[]::new));
    }
  }

  @Test
  void missingCommandIsWrongUsage() {
    var run = CommandRun.of();
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("clickmill: Missing command\nTry 'clickmill --help'.");
  }

  @Test
  void misspeltCommandIsWrongUsageAndTheNearestIsNamed() {
    var run = CommandRun.of("confg");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("Unmatched argument at index 0: 'confg'", "clickmill config");
  }

  @Test
  void unknownOptionIsWrongUsage() {
    var run = CommandRun.of("config", "--wharehouse", "shop");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains(
            "clickmill config: Unknown options: '--wharehouse', 'shop'",
            "Try 'clickmill config --help'.");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void unknownSettingIsWrongUsageAndTheNearestIsNamed() {
    var run = CommandRun.of("config", "-D", "clickmill.wharehouse=shop");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "clickmill config: Unknown setting: clickmill.wharehouse. Did you mean"
                + " clickmill.warehouse?\n");
  }

  @Test
  void invalidValueOfASettingIsWrongUsage() {
    var run = CommandRun.of("config", "-Dclickmill.trash.keep-hours=soon");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("clickmill config: Invalid value of clickmill.trash.keep-hours: 'soon'");
  }

  @Test
  void propertyWithoutValueIsWrongUsage() {
    var run = CommandRun.of("config", "-D", "clickmill.warehouse");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "clickmill config: Invalid value of -D: 'clickmill.warehouse' (expected KEY=VALUE)\n");
  }

  @Test
  void missingConfigurationFileIsWrongUsage() {
    var run = CommandRun.of("config", "-conf", "nowhere.xml");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("clickmill config: Missing configuration file: nowhere.xml\n");
  }

  @Test
  void optionsOfHadoopMayStandAnywhere() {
    var run = CommandRun.of("config", "--json", "-D", "clickmill.trash.keep-hours=7", "--verbose");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("\"value\" : \"7\"");
  }

  @Test
  void optionGoesBeforeTheProperty() {
    var run = CommandRun.of("config", "--json", "-Dclickmill.warehouse=/a", "--warehouse", "/b");
    assertThat(run.out()).contains("\"value\" : \"/b\"").doesNotContain("\"/a\"");
  }

  @Test
  void versionIsTheSuites() {
    assertThat(CommandRun.of("--version").out())
        .isEqualTo("clickmill " + SuiteVersion.text() + "\n");
  }
}
