package org.clickmill.drivers.oozie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.Credentials;
import org.clickmill.formats.failure.ClickmillException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an action hands on from its launcher to its command. */
final class LauncherTest {
  @TempDir Path folder;
  private Path shop;
  private OozieActions actions;

  @BeforeEach
  void importADay() throws IOException {
    shop = OozieActions.warehouse(folder);
    actions = new OozieActions(folder.resolve("launcher"));
  }

  @Test
  void actionConfigurationHoldsForTheCommand() throws IOException {
    actions.configure(
        Map.of(
            "clickmill.warehouse", shop.toString(),
            "clickmill.trash.keep-hours", "7",
            "oozie.child.mapreduce.job.tags", "oozie-1",
            "warehouse", "of the workflow"));
    var ended = actions.run("settings", "config");
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.json())
        .anySatisfy(
            setting -> {
              assertThat(setting.get("name").asText()).isEqualTo("clickmill.trash.keep-hours");
              assertThat(setting.get("value").asText()).isEqualTo("7");
            });
    assertThat(ended.err()).doesNotContain("Cannot keep the reason");
  }

  @Test
  void misspeltSettingOfTheActionIsWrongUsage() throws IOException {
    actions.configure(Map.of("clickmill.trash.keep-ours", "7"));
    var ended = actions.run("compact", "compact", "--warehouse=" + shop);
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err())
        .contains("Unknown setting: clickmill.trash.keep-ours (in ", "clickmill.trash.keep-hours?");
  }

  @Test
  void jobsHaveTheTagByWhichOozieKillsThem() throws IOException {
    actions.configure(
        Map.of("mapreduce.job.tags", "ours", "oozie.child.mapreduce.job.tags", "oozie-1"));
    var launcher = actions.launcher("compact");
    assertThat(launcher.tags(launcher.configuration())).hasValue("ours,oozie-1");
    actions.configure(Map.of("oozie.child.mapreduce.job.tags", "oozie-1"));
    assertThat(launcher.tags(launcher.configuration())).hasValue("oozie-1");
    actions.configure(Map.of());
    assertThat(launcher.tags(launcher.configuration())).isEmpty();
  }

  @Test
  void outsideOfALauncherTheMissingPropertyIsNamed() {
    assertThatThrownBy(() -> Launcher.of(name -> null, Map.of()))
        .isInstanceOf(ClickmillException.class)
        .hasMessageStartingWith("Missing system property: oozie.action.id (this class is");
  }

  @Test
  void jobsGetTheTokensOfTheAction() throws IOException {
    var tokens = folder.resolve("tokens");
    actions.setVariable("HADOOP_TOKEN_FILE_LOCATION", tokens.toString());
    var without = actions.run("compact", "compact", "--warehouse=" + shop);
    assertThat(without.exitCode()).isEqualTo(1);
    assertThat(without.err()).contains(tokens.toString());

    new Credentials()
        .writeTokenStorageFile(new org.apache.hadoop.fs.Path(tokens.toUri()), new Configuration());
    var with = actions.run("compact", "compact", "--warehouse=" + shop);
    assertThat(with.exitCode()).as(with.err()).isZero();
  }
}
