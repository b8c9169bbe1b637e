package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.warehouse.SuiteVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

final class ClickmillTest {
  /** What is written as a command, too, but is an option of all. */
  private static final Set<String> HELPERS = Set.of("help", "version");

  private static final Set<String> WITHOUT_WAREHOUSE =
      Set.of("demo", "generate", "mapping", "publish");

  private static final Set<String> WITHOUT_JOBS =
      Set.of(
          "generate",
          "mapping",
          "live",
          "publish",
          "push",
          "expire",
          "report",
          "status",
          "upgrade",
          "tables",
          "describe",
          "show",
          "explain",
          "diff",
          "ddl",
          "catalog",
          "config");

  static List<String> commands() {
    return Clickmill.commandLine().getSubcommands().keySet().stream()
        .filter(name -> !HELPERS.contains(name))
        .toList();
  }

  static List<CommandSpec> specs() {
    var root = Clickmill.commandLine();
    var specs = new ArrayList<CommandSpec>();
    specs.add(root.getCommandSpec());
    root.getSubcommands().values().forEach(command -> specs.add(command.getCommandSpec()));
    return specs;
  }

  @ParameterizedTest
  @MethodSource("specs")
  void everyDescriptionIsOfWholeSentences(CommandSpec command) {
    assertSentences(command.name(), command.usageMessage().description());
    command
        .args()
        .forEach(argument -> assertSentences(argument.toString(), argument.description()));
  }

  private static void assertSentences(String name, String[] descriptions) {
    assertThat(descriptions).as(name).isNotEmpty();
    // Each is a paragraph, which picocli wraps; the list of commands shows the first.
    assertThat(descriptions)
        .as(name)
        .allSatisfy(text -> assertThat(text).matches("(?s)[A-Z'].*\\.").doesNotContain("\n"));
  }

  @Test
  void listOfCommandsHasTheWholeFirstSentenceOfEach() {
    // Lines may also be broken inside the name of a setting.
    var help = CommandRun.of("--help").out().replaceAll("\\s+", "");
    specs().stream()
        .skip(1)
        .forEach(
            command ->
                assertThat(help)
                    .contains(
                        command.name() + command.usageMessage().description()[0].replace(" ", "")));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void onlyCommandsThatRunJobsListTheOptionsOfHadoop(String command) {
    var help = CommandRun.of(command, "--help").out();
    if (WITHOUT_JOBS.contains(command)) {
      assertThat(help).doesNotContain("Options of Hadoop", "-libjars", "-jt");
    } else {
      assertThat(help).contains("Options of Hadoop:", "-libjars", "-jt");
    }
  }

  @Test
  void commandWithoutJobsTakesTheOptionsOfHadoop() {
    assertThat(CommandRun.of("config", "-fs", "file:///", "-jt", "local").exitCode()).isZero();
  }

  @Test
  void helpIsACommandToo() {
    assertThat(CommandRun.of("help")).isEqualTo(CommandRun.of("--help"));
    assertThat(CommandRun.of("help", "status")).isEqualTo(CommandRun.of("status", "--help"));
    var unknown = CommandRun.of("help", "pipelin");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err())
        .isEqualTo("clickmill help: Invalid command: 'pipelin'. Did you mean pipeline?\n");
    assertThat(CommandRun.of("help", "nosuch").err())
        .isEqualTo(
            "clickmill help: Invalid command: 'nosuch'. 'clickmill help' lists the commands.\n");
  }

  @Test
  void versionIsACommandToo() {
    var version = CommandRun.of("--version");
    assertThat(CommandRun.of("version")).isEqualTo(version);
    assertThat(CommandRun.of("-v")).isEqualTo(version);
  }

  @Test
  void settingIsShownByItsName() throws IOException {
    var name = "clickmill.top-products.limit";
    assertThat(CommandRun.of("config", name).out())
        .startsWith(name + " = 100  (default)\n    int, default 100\n    ")
        .doesNotContain("clickmill.warehouse");
    assertThat(CommandRun.of("config", "top-products.limit", "-D", name + "=7").out())
        .startsWith(name + " = 7\n    int, default 100\n    ");
    var json = new ObjectMapper().readTree(CommandRun.of("config", name, "--json").out());
    assertThat(json.get("value").asText()).isEqualTo("100");
    var unknown = CommandRun.of("config", "clickmill.top-product.limit");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err())
        .isEqualTo(
            "clickmill config: Unknown setting: clickmill.top-product.limit. Did you mean "
                + name
                + "?\n");
  }

  @Test
  void yesterdayIsADayWhereverADayIsAsked() {
    for (var line :
        List.of(
            new String[] {"pipeline", "--from=yesterday", "--to=Yesterday"},
            new String[] {"status", "--day=yesterday"},
            new String[] {"report", "--to=yesterday"})) {
      Clickmill.commandLine().parseArgs(line);
    }
    var run = CommandRun.of("pipeline", "--from=tomorrow", "--warehouse=nowhere");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("'tomorrow' is not a day (expected YYYY-MM-DD or yesterday)");
  }

  @Test
  void errorIsJsonWhereTheResultWouldBe() throws IOException {
    var nowhere = CommandRun.of("status", "--json", "--warehouse=/nowhere/at/all");
    assertThat(nowhere.exitCode()).isEqualTo(2);
    var error = new ObjectMapper().readTree(nowhere.out()).get("error");
    assertThat(error.get("command").asText()).isEqualTo("clickmill status");
    assertThat(error.get("kind").asText()).isEqualTo("usage");
    assertThat(error.get("exitCode").asInt()).isEqualTo(2);
    assertThat(nowhere.err())
        .isEqualTo("clickmill status: " + error.get("message").asText() + "\n");

    var unknown = CommandRun.of("status", "--json", "--wharehouse=shop");
    assertThat(new ObjectMapper().readTree(unknown.out()).at("/error/message").asText())
        .isEqualTo("Unknown option: '--wharehouse=shop'");
    assertThat(CommandRun.of("status", "--wharehouse=shop").out()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpShowsSharedOptionsAndAnExampleThatParses(String command) {
    var help = CommandRun.of(command, "--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).contains("--json", "-D  KEY=VALUE").containsPattern("Examples?:");
    assertThat(help.out().contains("--warehouse=PATH"))
        .isEqualTo(!WITHOUT_WAREHOUSE.contains(command));
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
          .containsKeys(commands().toArray(String[]::new))
          .containsKeys("help", "version");
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
    assertThat(run.err())
        .isEqualTo(
            """
            clickmill: Invalid command: 'confg'. Did you mean config?
            Try 'clickmill --help'.
            """);
  }

  @Test
  void misspeltOptionOfTheProgramIsNamedAsAnOption() {
    assertThat(CommandRun.of("--hlep").err()).startsWith("clickmill: Unknown option: '--hlep'");
  }

  @Test
  void unknownOptionIsWrongUsage() {
    var run = CommandRun.of("config", "--wharehouse", "shop");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains(
            "clickmill config: Unknown option: '--wharehouse'", "Try 'clickmill config --help'.");
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
  void settingThatIsLikeNoOtherIsNamedWithoutASuggestion() {
    var expected =
        "clickmill config: Unknown setting: clickmill.colour. 'clickmill config' lists the"
            + " settings.\n";
    assertThat(CommandRun.of("config", "-D", "clickmill.colour=red").err()).isEqualTo(expected);
    assertThat(CommandRun.of("config", "clickmill.colour").err()).isEqualTo(expected);
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
