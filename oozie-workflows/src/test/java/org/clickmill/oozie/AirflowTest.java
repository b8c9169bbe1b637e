package org.clickmill.oozie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clickmill.drivers.cli.Clickmill;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The DAGs run the commands of the workflows for the same days, on Airflow 2 and 3. Airflow is not
 * there: a program has classes of the same names, and prints what the tasks of a run would do.
 */
final class AirflowTest {
  private static final Path DAGS = Path.of("airflow/clickmill_daily.py");
  private static final Path PROGRAM = Path.of("src/test/airflow/render_dags.py");
  private static final String CLICKMILL = "clickmill ";

  /**
   * A task of a run.
   *
   * @param before the tasks that it waits for
   * @param command empty if it runs none
   */
  private record Task(String dag, String name, List<String> before, String rule, String command) {
    static Task parse(String line) {
      var fields = line.split("\t", -1);
      var before = fields[2].isEmpty() ? List.<String>of() : List.of(fields[2].split(","));
      return new Task(fields[0], fields[1], before, fields[3], fields[4]);
    }

    boolean runsAnAction() {
      return !command.isEmpty() && !command.startsWith(CLICKMILL + "status ");
    }
  }

  @BeforeAll
  static void python() {
    assumeTrue(Programs.isThere("python3"), "python3 is not on the PATH");
  }

  @ParameterizedTest
  @CsvSource({
    // At the end of a month, in which the report and the restatement begin.
    "2, 2019-12-01, 2019-11-30, 2019-11-03, 2019-11-01",
    "3, 2019-12-01, 2019-11-30, 2019-11-03, 2019-11-01",
    // Nothing begins before the first day.
    "2, 2019-10-05, 2019-10-04, 2019-10-01, 2019-10-01",
    "3, 2019-10-05, 2019-10-04, 2019-10-01, 2019-10-01",
    // A leap day.
    "2, 2020-03-01, 2020-02-29, 2020-02-02, 2020-01-31",
    "3, 2020-03-01, 2020-02-29, 2020-02-02, 2020-01-31",
  })
  void tasksAreTheActionsOfTheWorkflowsForTheDayThatHasEnded(
      String version, String due, String day, String reportFrom, String from) throws Exception {
    var values = new LinkedHashMap<>(Map.of("warehouse", "$WAREHOUSE", "topics", "$TOPICS"));
    values.putAll(Map.of("mapping", "$MAPPING", "loadFrom", "$LOAD_FROM"));
    values.putAll(Map.of("avroSchema", "", "schemaRegistry", "", "asOf", ""));
    values.putAll(Map.of("day", day, "reportFrom", reportFrom, "from", from));
    var actions = new LinkedHashMap<String, String>();
    for (var application : List.of("load", "daily", "restate")) {
      CommandLineCheck.commandLines(
              OozieFiles.ofSources().xml(application + "/workflow.xml"), values)
          .forEach(
              (name, line) ->
                  actions.put(
                      "clickmill_" + application + "." + name,
                      // Oozie brings the file to the action under this name.
                      line.replace("=kafka.properties", "=$KAFKA_PROPERTIES")));
    }
    var tasks = new LinkedHashMap<String, String>();
    for (var task : tasks(version, due)) {
      if (task.runsAnAction()) {
        assertThat(task.command()).startsWith(CLICKMILL);
        tasks.put(task.dag() + "." + task.name(), task.command().substring(CLICKMILL.length()));
      }
    }
    assertThat(tasks).containsExactlyEntriesOf(actions);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "3"})
  void sensorWaitsForTheHoursOfTheDay(String version) throws Exception {
    var sensor = task(tasks(version, "2019-12-01"), "hours").command();
    assertThat(sensor).contains("status ", " --wait", " --day=2019-11-30");
    Clickmill.commandLine().parseArgs(sensor.substring(CLICKMILL.length()).split(" "));
  }

  @Test
  void tasksAreInTheOrderOfTheWorkflows() throws Exception {
    var tasks = tasks("3", "2019-12-01");
    assertThat(task(tasks, "compact").before()).containsExactly("hours");
    assertThat(task(tasks, "analyze").before()).containsExactly("compact");
    assertThat(tasks)
        .filteredOn(task -> task.before().equals(List.of("analyze")))
        .extracting(Task::name)
        .containsExactlyElementsOf(pathsOfTheFork());
    assertThat(task(tasks, "trending").before()).containsExactly("top-products");
    assertThat(task(tasks, "clv").before()).containsExactly("customers");
    assertThat(task(tasks, "complete").before())
        .containsExactlyInAnyOrder("trending", "sales-trend", "funnel", "clv", "interactions");
    assertThat(task(tasks, "complete").rule()).isEqualTo("all_done");
    assertThat(task(tasks, "report").before()).containsExactly("complete");
    assertThat(task(tasks, "fold-late").before()).containsExactly("daily");
    assertThat(task(tasks, "pipeline").before()).containsExactly("fold-late");
  }

  private static List<String> pathsOfTheFork() throws IOException {
    return OozieFiles.ofSources().xml("daily/workflow.xml").elements("path").stream()
        .map(path -> path.getAttribute("start"))
        .toList();
  }

  private static Task task(List<Task> tasks, String name) {
    return tasks.stream().filter(task -> task.name().equals(name)).findFirst().orElseThrow();
  }

  /**
   * What runs that are due at a time do.
   *
   * @param version of Airflow
   */
  private static List<Task> tasks(String version, String due)
      throws IOException, InterruptedException {
    return Programs.run("python3", PROGRAM.toString(), version, DAGS.toString(), due)
        .lines()
        .map(Task::parse)
        .toList();
  }
}
