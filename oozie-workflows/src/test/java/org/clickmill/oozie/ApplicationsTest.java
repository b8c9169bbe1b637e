package org.clickmill.oozie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.cli.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApplicationsTest {
  @TempDir private Path folder;

  @Test
  void filesAreValid() throws Exception {
    assertThat(new SchemaCheck().problems(OozieFiles.ofSources())).isEmpty();
  }

  @Test
  void ooziesParserTakesTheWorkflows() throws Exception {
    assumeTrue(SemanticsCheck.canRun(), "server/target/lib is missing: build with -am");
    assertThat(new SemanticsCheck(folder).problems(OozieFiles.ofSources())).isEmpty();
  }

  @Test
  void parametersAreDeclaredAndUsedAndSupplied() throws Exception {
    assertThat(new ParametersCheck().problems(OozieFiles.ofSources())).isEmpty();
  }

  @Test
  void bundleSuppliesTheParametersOfTheSmallDayToo() throws Exception {
    var files =
        OozieFiles.ofSources()
            .with("bundle/job.properties", "dailyApp=daily", "dailyApp=daily-small");
    assertThat(SubmittedFile.of("bundle", files))
        .extracting(submitted -> submitted.file().path())
        .contains("daily/coordinator.xml", "daily-small/workflow.xml")
        .doesNotContain("daily/workflow.xml");
    assertThat(new ParametersCheck().problems(files)).isEmpty();
  }

  @Test
  void smallDayIsOneActionThatMakesWhatTheDayMakes() throws Exception {
    var files = OozieFiles.ofSources();
    var actions =
        files.xml("daily-small/workflow.xml").elements("action").stream()
            .filter(action -> !XmlFile.children(action, "java").isEmpty())
            .map(action -> action.getAttribute("name"))
            .toList();
    assertThat(actions).containsExactly("pipeline");
    var daily = new TreeMap<Object, Object>(files.jobProperties("daily"));
    assertThat(daily.replace("dailyApp", "daily-small")).isEqualTo("daily");
    assertThat(new TreeMap<Object, Object>(files.jobProperties("daily-small"))).isEqualTo(daily);
  }

  @Test
  void parametersThatMayBeEmptyAreAskedFor() throws Exception {
    assertThat(new EmptyParametersCheck().problems(OozieFiles.ofSources())).isEmpty();
  }

  @Test
  void stepsAskForTheTokensThatTheyNeed() throws Exception {
    assertThat(new CredentialsCheck().problems(OozieFiles.ofSources())).isEmpty();
  }

  @Test
  void launchersTakeTheirQueueAndSizeFromParameters() throws Exception {
    assertThat(new LauncherCheck().problems(OozieFiles.ofSources())).isEmpty();
  }

  @Test
  void commandLinesAreTakenByTheirParsers() throws Exception {
    assertThat(new CommandLineCheck().problems(OozieFiles.ofSources())).isEmpty();
  }

  @Test
  void datasetsHaveThePathsOfTheCode() throws Exception {
    assertThat(new PathsCheck().problems(OozieFiles.ofSources())).isEmpty();
  }

  @Test
  void dayWaitsForItsOwnHoursWhateverTheStart() throws Exception {
    assertThat(new DaysCheck().problems(OozieFiles.ofSources())).isEmpty();
  }

  @Test
  void firstDayOfDailyAndRestateIsTheOneInWhichTheStartLies() throws Exception {
    var files = OozieFiles.ofSources();
    for (var file : new String[] {"daily/coordinator.xml", "restate/coordinator.xml"}) {
      for (var start : new String[] {"2020-02-28T00:00:00Z", "2020-02-28T23:50:00Z"}) {
        assertThat(DueDay.first(files.xml(file), Instant.parse(start), 3))
            .extracting(DueDay::day)
            .containsExactly(
                LocalDate.parse("2020-02-28"),
                LocalDate.parse("2020-02-29"),
                LocalDate.parse("2020-03-01"));
      }
    }
  }

  @Test
  void rerunsDeleteNothingThatIsPublished() throws Exception {
    assertThat(new CleanupCheck().problems(OozieFiles.ofSources())).isEmpty();
  }

  @Test
  void everyErrorLeadsToTheNotification() throws Exception {
    assertThat(new ErrorsCheck().problems(OozieFiles.ofSources())).isEmpty();
  }

  @Test
  void propertiesOfTheBundleAreThoseOfItsParts() throws Exception {
    var files = OozieFiles.ofSources();
    var parts = new TreeMap<Object, Object>();
    for (var folder : new String[] {"load", "daily", "restate"}) {
      parts.putAll(files.jobProperties(folder));
    }
    parts.remove("oozie.coord.application.path");
    var bundle = new TreeMap<Object, Object>(files.jobProperties("bundle"));
    bundle.remove("oozie.bundle.application.path");
    for (var start : new String[] {"loadStart", "dailyStart", "restateStart"}) {
      assertThat(bundle.remove(start)).as(start).isEqualTo("${start}");
    }
    assertThat(bundle).isEqualTo(parts);
  }

  @Test
  void coordinatorsOfTheBundleHaveStartsOfTheirOwn() throws Exception {
    var starts = new TreeMap<String, String>();
    for (var coordinator :
        OozieFiles.ofSources().xml("bundle/bundle.xml").elements("coordinator")) {
      starts.put(coordinator.getAttribute("name"), XmlFile.configuration(coordinator).get("start"));
    }
    assertThat(starts)
        .containsOnly(
            Map.entry("clickmill-load", "${loadStart}"),
            Map.entry("clickmill-daily", "${dailyStart}"),
            Map.entry("clickmill-restate", "${restateStart}"));
  }

  @Test
  void startsOfTheBundleNeedNoStartInCommon() throws Exception {
    var files =
        OozieFiles.ofSources()
            .with("bundle/job.properties", "\nstart=2019-10-01T00:00Z", "")
            .with("bundle/job.properties", "${start}", "2019-10-01T00:00Z");
    assertThat(new ParametersCheck().problems(files)).isEmpty();
  }

  @Test
  void propertiesBeginWithTheCommandThatSubmitsThem() throws Exception {
    var files = OozieFiles.ofSources();
    for (var folder : OozieFiles.SUBMITTED) {
      assertThat(files.text(folder + "/job.properties").lines().limit(3))
          .element(2)
          .asString()
          .contains("oozie job", "-config " + folder + "/job.properties", "-run");
    }
  }

  @Test
  void settingsThatAreDeployedAreThoseOfClickmill() throws Exception {
    var settings = new Configuration(false);
    settings.addResource(
        new org.apache.hadoop.fs.Path(OozieFiles.FOLDER.resolve("clickmill-site.xml").toUri()));
    settings.forEach(setting -> assertThat(Settings.all()).containsKey(setting.getKey()));
  }
}
