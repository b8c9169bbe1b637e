package org.clickmill.oozie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of the applications that are broken in one place: the checks name it. */
final class BrokenApplicationsTest {
  @TempDir private Path folder;

  @Test
  void transitionThatLeadsNowhere() throws Exception {
    assumeTrue(SemanticsCheck.canRun(), "server/target/lib is missing: build with -am");
    assertBroken(
            new SemanticsCheck(folder),
            "daily/workflow.xml",
            "<ok to=\"analyze\"/>",
            "<ok to=\"analyse\"/>")
        .singleElement()
        .asString()
        .contains("daily/workflow.xml", "E0708", "node [compact]", "transition [analyse]");
  }

  @Test
  void pathOfAForkThatLeavesItsJoin() throws Exception {
    assumeTrue(SemanticsCheck.canRun(), "server/target/lib is missing: build with -am");
    assertBroken(
            new SemanticsCheck(folder),
            "daily/workflow.xml",
            "<ok to=\"clv\"/>",
            "<ok to=\"report\"/>")
        .singleElement()
        .asString()
        .contains("daily/workflow.xml", "report");
  }

  @Test
  void elementThatTheSchemaDoesNotKnow() throws Exception {
    assertBroken(
            new SchemaCheck(),
            "daily/coordinator.xml",
            "<throttle>7</throttle>",
            "<throttling>7</throttling>")
        .singleElement()
        .asString()
        .startsWith("daily/coordinator.xml: line ")
        .contains("throttling");
  }

  @Test
  void parameterThatIsNotDeclared() throws Exception {
    assertBroken(
            new ParametersCheck(),
            "load/workflow.xml",
            "--topic=${topics}",
            "--topic=${kafkaTopics}")
        .extracting(Problem::toString)
        .contains(
            "load/workflow.xml: arg of action load uses ${kafkaTopics}, which is not declared");
  }

  @Test
  void parameterThatMayBeEmptyIsNamed() throws Exception {
    assertBroken(
            new EmptyParametersCheck(),
            "load/workflow.xml",
            "${wf:conf('avroSchema')}",
            "${avroSchema}")
        .extracting(Problem::toString)
        .containsExactly(
            "load/workflow.xml: arg names ${avroSchema}, which may be empty: ask by conf('…')");
  }

  @Test
  void parameterThatIsNotUsed() throws Exception {
    assertBroken(
            new ParametersCheck(), "restate/workflow.xml", "--from=${from}", "--from=2019-10-01")
        .extracting(Problem::toString)
        .containsExactly("restate/workflow.xml: parameter from is declared, and not used");
  }

  @Test
  void parameterThatIsNotSupplied() throws Exception {
    assertBroken(new ParametersCheck(), "bundle/job.properties", "mapping=clickmill\n", "")
        .extracting(Problem::toString)
        .containsExactly(
            "bundle/job.properties: property mapping is missing, and load/workflow.xml has no"
                + " default for it");
  }

  @Test
  void startOfACoordinatorThatTheBundleForgets() throws Exception {
    assertBroken(
            new ParametersCheck(),
            "bundle/job.properties",
            "start=2019-10-01T00:00Z\nloadStart=${start}\n",
            "loadStart=2019-10-01T00:00Z\n")
        .extracting(Problem::toString)
        .containsExactly(
            "bundle/job.properties: property dailyStart uses ${start}, which is not set",
            "bundle/job.properties: property restateStart uses ${start}, which is not set");
    assertBroken(new ParametersCheck(), "bundle/job.properties", "restateStart=${start}\n", "")
        .extracting(Problem::toString)
        .containsExactly(
            "bundle/job.properties: property restateStart is missing, and bundle/bundle.xml has no"
                + " default for it");
  }

  @Test
  void propertyThatNothingDeclares() throws Exception {
    assertBroken(new ParametersCheck(), "daily/job.properties", "reportDays=", "reportWeeks=")
        .extracting(Problem::toString)
        .containsExactly(
            "daily/job.properties: property reportWeeks is set, and nothing declares it");
  }

  @Test
  void launcherWhoseMemoryIsFixed() throws Exception {
    assertBroken(
            new LauncherCheck(), "load/workflow.xml", "<value>${launcherMemoryMb}<", "<value>512<")
        .extracting(Problem::toString)
        .containsExactly(
            "load/workflow.xml: global has oozie.launcher.memory.mb=512, not ${launcherMemoryMb}");
  }

  @Test
  void stepWithoutTheCredentialOfTheMetastore() throws Exception {
    assertBroken(
            new CredentialsCheck(),
            "restate/workflow.xml",
            "<action name=\"fold-late\" cred=\"metastore\"",
            "<action name=\"fold-late\"")
        .extracting(Problem::toString)
        .containsExactly(
            "restate/workflow.xml: action fold-late has the credential '', not 'metastore'");
  }

  @Test
  void workflowThatGetsNoTokensOfOtherFileSystems() throws Exception {
    assertBroken(
            new CredentialsCheck(),
            "notify/workflow.xml",
            "mapreduce.job.hdfs-servers",
            "mapreduce.job.servers")
        .extracting(Problem::toString)
        .containsExactly(
            "notify/workflow.xml: global has mapreduce.job.hdfs-servers=null, not ${empty"
                + " wf:conf('tokenNameNodes') ? nameNode : wf:conf('tokenNameNodes')}");
  }

  @Test
  void elementOfTheLauncherThatTakesNoParameter() throws Exception {
    var launcher = "<launcher><memory.mb>${launcherMemoryMb}</memory.mb></launcher>\n    <job-xml>";
    assertBroken(new SchemaCheck(), "daily/workflow.xml", "<job-xml>", launcher)
        .first()
        .asString()
        .contains("daily/workflow.xml", "${launcherMemoryMb}", "integer");
    assertBroken(new LauncherCheck(), "daily/workflow.xml", "<job-xml>", launcher)
        .extracting(Problem::toString)
        .containsExactly("daily/workflow.xml: launcher fixes what parameters should set");
  }

  @Test
  void optionThatTheCommandDoesNotHave() throws Exception {
    assertBroken(
            new CommandLineCheck(),
            "daily/workflow.xml",
            "<arg>top-products</arg>",
            "<arg>top-products</arg>\n      <arg>--limit=20</arg>")
        .singleElement()
        .asString()
        .startsWith("daily/workflow.xml: action top-products ")
        .contains("refused: top-products --limit=20", "Unknown option: '--limit=20'");
  }

  @Test
  void commandThatDoesNotExist() throws Exception {
    assertBroken(
            new CommandLineCheck(),
            "restate/workflow.xml",
            "<arg>pipeline</arg>",
            "<arg>pipelines</arg>")
        .singleElement()
        .asString()
        .startsWith("restate/workflow.xml: action pipeline ")
        .contains("pipelines");
  }

  @Test
  void optionThatTheNotificationDoesNotHave() throws Exception {
    assertBroken(new CommandLineCheck(), "notify/workflow.xml", "--error-code=", "--errorcode=")
        .singleElement()
        .asString()
        .startsWith("notify/workflow.xml: action tell ")
        .contains("--errorcode=");
  }

  @Test
  void mainClassThatDoesNotExist() throws Exception {
    assertBroken(
            new CommandLineCheck(), "load/workflow.xml", "oozie.OozieAction", "oozie.LoadAction")
        .extracting(Problem::toString)
        .containsExactly(
            "load/workflow.xml: action load has the main class"
                + " org.clickmill.drivers.oozie.LoadAction, which does not exist");
  }

  @Test
  void currentHourForADay() throws Exception {
    assertBroken(
            new DaysCheck(),
            "daily/coordinator.xml",
            "<start-instance>${coord:current(-24)}</start-instance>\n"
                + "      <end-instance>${coord:current(-1)}</end-instance>",
            "<instance>${coord:current(0)}</instance>")
        .extracting(Problem::toString)
        .containsExactly(
            "daily/coordinator.xml: data-in hours stands for 1 instance, 2019-02-28T00:00:00Z, not"
                + " for its 24 hours, when the day is 2019-02-27");
  }

  @Test
  void hoursOfTheWrongDay() throws Exception {
    assertBroken(new DaysCheck(), "daily/coordinator.xml", "current(-24)", "current(-23)")
        .extracting(Problem::toString)
        .containsExactly(
            "daily/coordinator.xml: data-in hours stands for 23 instances, 2019-02-27T01:00:00Z to"
                + " 2019-02-27T23:00:00Z, not for its 24 hours, when the day is 2019-02-27");
  }

  @Test
  void daysThatAreDueAtTheTimeOfTheStart() throws Exception {
    assertBroken(new DaysCheck(), "daily/coordinator.xml", "coord:endOfDays(1)", "coord:days(1)")
        .first()
        .asString()
        .startsWith("daily/coordinator.xml: data-in hours stands for 24 instances, ")
        .contains("not for its 24 hours, when the day is ");
  }

  @Test
  void outputThatARerunDeletes() throws Exception {
    assertBroken(
            new CleanupCheck(),
            "daily/coordinator.xml",
            "dataset=\"clv\" nocleanup=\"true\"",
            "dataset=\"clv\"")
        .extracting(Problem::toString)
        .containsExactly(
            "daily/coordinator.xml: data-out clv has no nocleanup=\"true\": a rerun would delete"
                + " what is published");
  }

  @Test
  void hourWithoutItsZero() throws Exception {
    assertBroken(new PathsCheck(), "datasets.xml", "hr=${HOUR}", "hr=0")
        .extracting(Problem::toString)
        .contains(
            "datasets.xml: dataset events has the path"
                + " hdfs://shop/warehouse/events/dt=2019-01-01/hr=0 where Clickmill writes"
                + " hdfs://shop/warehouse/events/dt=2019-01-01/hr=00")
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .startsWith("datasets.xml: line ")
                    .endsWith("writes a time without its zeros: hr=0"));
  }

  @Test
  void hourThatIsFormattedWithoutItsZero() throws Exception {
    assertBroken(new PathsCheck(), "load/coordinator.xml", "'yyyy-MM-dd'", "'yyyy-MM-dd/H'")
        .singleElement()
        .asString()
        .startsWith("load/coordinator.xml: line ")
        .contains("writes a time without its zeros: formatTime(");
  }

  @Test
  void errorThatNobodyIsToldOf() throws Exception {
    assertBroken(
            new ErrorsCheck(),
            "restate/workflow.xml",
            "<ok to=\"pipeline\"/>\n    <error to=\"notify\"/>",
            "<ok to=\"pipeline\"/>\n    <error to=\"failed\"/>")
        .extracting(Problem::toString)
        .containsExactly(
            "restate/workflow.xml: action fold-late leads by error to failed, not to notify");
  }

  @Test
  void errorOfAForkThatLeavesIt() throws Exception {
    assertBroken(
            new ErrorsCheck(),
            "daily/workflow.xml",
            "<ok to=\"clv\"/>\n    <error to=\"tables-done\"/>",
            "<ok to=\"clv\"/>\n    <error to=\"notify\"/>")
        .extracting(Problem::toString)
        .containsExactly(
            "daily/workflow.xml: action customers leads by error to notify, not to tables-done");
  }

  private static ListAssert<Problem> assertBroken(
      Check check, String file, String text, String replacement) throws Exception {
    return assertThat(check.problems(OozieFiles.ofSources().with(file, text, replacement)))
        .isNotEmpty();
  }
}
