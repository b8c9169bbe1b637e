package org.clickmill.oozie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.clickmill.drivers.cli.Clickmill;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Airflow and cron run the commands of the workflows, and nothing else. */
final class SchedulersTest {
  private static final Path DAGS = Path.of("airflow/clickmill_daily.py");
  private static final Path CRON = Path.of("cron");

  /** What runs a command of Clickmill in a DAG: its task and the command line. */
  private static final Pattern TASK =
      Pattern.compile("step\\(\\s*\"([a-z-]+)\",\\s*\"([^\"]+)\"[,)]");

  private static final Pattern SENSOR =
      Pattern.compile("bash_command=\"clickmill (status [^\"]+)\"");
  private static final Pattern SCRIPT_LINE = Pattern.compile("(?m)^(?:step|exec clickmill) (.*)$");

  /** What stands in DAGs and scripts for the parameters of the workflows. */
  private static final Map<String, String> PARAMETERS = parameters();

  /** Parameters that are empty where nobody sets them. */
  private static final Map<String, String> UNSET =
      Map.of("avroSchema", "", "schemaRegistry", "", "asOf", "");

  @TempDir private Path folder;

  @Test
  void tasksOfAirflowAreTheActionsOfTheWorkflows() throws Exception {
    var tasks = new LinkedHashMap<String, String>();
    var found = TASK.matcher(Files.readString(DAGS));
    while (found.find()) {
      tasks.put(found.group(1), withParameters(found.group(2)));
    }
    var actions = new LinkedHashMap<String, String>();
    for (var application : List.of("load", "daily", "restate")) {
      actions.putAll(actions(application));
    }
    assertThat(tasks).containsExactlyEntriesOf(actions);
  }

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
  void sensorsAreTakenByTheParser() throws Exception {
    var sensors = new ArrayList<String>();
    var found = SENSOR.matcher(Files.readString(DAGS));
    while (found.find()) {
      sensors.add(withParameters(found.group(1)));
    }
    assertThat(sensors).hasSize(1);
    sensors.add(scriptCommands("daily").get(0));
    for (var sensor : sensors) {
      assertThat(sensor).contains("status ", " --wait", " --day=${day}");
      Clickmill.commandLine().parseArgs(sensor.replace("${day}", "2020-02-29").split(" "));
    }
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
  void pythonCompilesTheDags() throws Exception {
    assumeTrue(isThere("python3"), "python3 is not on the PATH");
    var compiled = folder.resolve("dag.pyc");
    var outcome =
        run(
            "python3",
            "-c",
            "import py_compile, sys; py_compile.compile(sys.argv[1], sys.argv[2], doraise=True)",
            DAGS.toString(),
            compiled.toString());
    assertThat(outcome).isEmpty();
    assertThat(compiled).exists();
  }

  @Test
  void shellTakesTheScripts() throws Exception {
    for (var script : List.of("load", "daily", "restate", "steps")) {
      assertThat(run("sh", "-n", CRON.resolve(script).toString())).isEmpty();
    }
  }

  @Test
  void shellcheckFindsNothingInTheScripts() throws Exception {
    assumeTrue(isThere("shellcheck"), "shellcheck is not on the PATH");
    var command = new ArrayList<>(List.of("shellcheck", "-x", "-P", "SCRIPTDIR"));
    for (var script : List.of("load", "daily", "restate")) {
      command.add(CRON.resolve(script).toString());
    }
    command.add(OozieFiles.FOLDER.resolve("deploy").toString());
    for (var script : List.of("clickmill", ".ci/run", "benchmarks/run", "benchmarks/run-kernels")) {
      command.add(Path.of("..").resolve(script).toString());
    }
    assertThat(run(command.toArray(String[]::new))).isEmpty();
  }

  /** The command lines of a workflow's actions, in the order of the file. */
  private static Map<String, String> actions(String application) throws IOException {
    var workflow = OozieFiles.ofSources().xml(application + "/workflow.xml");
    var actions = new LinkedHashMap<String, String>();
    for (var action : workflow.elements("action")) {
      for (var java : XmlFile.children(action, "java")) {
        actions.put(
            action.getAttribute("name"),
            String.join(" ", CommandLineCheck.commandLine(java, UNSET)));
      }
    }
    return actions;
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
    parameters.put("{{ [macros.ds_add(ds, -27), params.first_day] | max }}", "${reportFrom}");
    parameters.put("{{ [macros.ds_add(ds, -29), params.first_day] | max }}", "${from}");
    parameters.put("{{ ds }}", "${day}");
    return parameters;
  }

  private static boolean isThere(String program) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  /** Runs a program that must succeed, and returns what it printed. */
  private static String run(String... command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
