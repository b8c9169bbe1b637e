package org.clickmill.oozie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.clickmill.drivers.cli.Clickmill;
import org.junit.jupiter.api.Test;

/** Cron runs the commands of the workflows, and nothing else. */
final class SchedulersTest {
  private static final Path CRON = Path.of("cron");

  private static final Pattern SCRIPT_LINE = Pattern.compile("(?m)^(?:step|exec clickmill) (.*)$");

  /** What stands in scripts for the parameters of the workflows. */
  private static final Map<String, String> PARAMETERS = parameters();

  /** Parameters that are empty where nobody sets them. */
  private static final Map<String, String> UNSET =
      Map.of("avroSchema", "", "schemaRegistry", "", "asOf", "");

  @Test
  void scriptsOfCronRunTheActionsOfTheWorkflows() throws Exception {
    for (var application : List.of("load", "daily", "restate")) {
      var commands = scriptCommands(application);
      if (application.equals("daily")) {
        assertThat(commands.remove(0))
            .isEqualTo("status --warehouse=${warehouse} --wait --day=${day}");
      }
      var actions = actions(application);
      // A script stops at the first step that fails, so nothing is left for this one.
      actions.remove("complete");
      assertThat(commands).containsExactlyElementsOf(actions.values());
    }
  }

  @Test
  void sensorIsTakenByTheParser() throws Exception {
    var sensor = scriptCommands("daily").get(0);
    assertThat(sensor).contains("status ", " --wait", " --day=${day}");
    Clickmill.commandLine().parseArgs(sensor.replace("${day}", "2020-02-29").split(" "));
  }

  @Test
  void crontabRunsTheScripts() throws Exception {
    var lines =
        Files.readAllLines(CRON.resolve("crontab")).stream()
            .filter(line -> line.matches("[*\\d].*"))
            .toList();
    assertThat(lines).hasSize(3);
    for (var script : List.of("load", "daily", "restate")) {
      assertThat(CRON.resolve(script)).isExecutable();
      assertThat(lines).filteredOn(line -> line.contains("$SCRIPTS/" + script + " ")).hasSize(1);
    }
    // A bare % is a line's end to cron.
    assertThat(lines).noneMatch(line -> line.matches(".*(?<!\\\\)%.*"));
  }

  @Test
  void shellTakesTheScripts() throws Exception {
    for (var script : List.of("load", "daily", "restate", "steps")) {
      assertThat(Programs.run("sh", "-n", CRON.resolve(script).toString())).isEmpty();
    }
  }

  @Test
  void shellcheckFindsNothingInTheScripts() throws Exception {
    assumeTrue(Programs.isThere("shellcheck"), "shellcheck is not on the PATH");
    var command = new ArrayList<>(List.of("shellcheck", "-x", "-P", "SCRIPTDIR"));
    for (var script : List.of("load", "daily", "restate")) {
      command.add(CRON.resolve(script).toString());
    }
    command.add(OozieFiles.FOLDER.resolve("deploy").toString());
    for (var script : List.of("clickmill", ".ci/run", "benchmarks/run", "benchmarks/run-kernels")) {
      command.add(Path.of("..").resolve(script).toString());
    }
    assertThat(Programs.run(command.toArray(String[]::new))).isEmpty();
  }

  private static Map<String, String> actions(String application) throws IOException {
    return CommandLineCheck.commandLines(
        OozieFiles.ofSources().xml(application + "/workflow.xml"), UNSET);
  }

  private static List<String> scriptCommands(String script) throws IOException {
    var commands = new ArrayList<String>();
    var found = SCRIPT_LINE.matcher(Files.readString(CRON.resolve(script)));
    while (found.find()) {
      commands.add(withParameters(found.group(1).replace("\"", "")));
    }
    return commands;
  }

  private static String withParameters(String command) {
    var result = command;
    for (var parameter : PARAMETERS.entrySet()) {
      result = result.replace(parameter.getKey(), parameter.getValue());
    }
    return result;
  }

  private static Map<String, String> parameters() {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("$WAREHOUSE", "${warehouse}");
    parameters.put("$TOPICS", "${topics}");
    parameters.put("$MAPPING", "${mapping}");
    parameters.put("$LOAD_FROM", "${loadFrom}");
    // Oozie brings the file to the action under this name.
    parameters.put("$KAFKA_PROPERTIES", "kafka.properties");
    parameters.put("$report_from", "${reportFrom}");
    parameters.put("$from", "${from}");
    parameters.put("$day", "${day}");
    return parameters;
  }
}
