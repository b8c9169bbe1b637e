package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of a secure cluster where there is none. */
final class KerberosOptionsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--principal=a@B ; Missing keytab: a@B cannot log in without its key. Name the file with"
            + " --keytab or clickmill.kerberos.keytab, or run kinit and leave out --principal.",
        "-Dclickmill.kerberos.keytab=/k ; Missing principal: whose key of /k is to be used? Name it"
            + " with --principal or clickmill.kerberos.principal.",
        "--principal=a@B -Dclickmill.kerberos.keytab=/k ; Cannot log in as a@B:"
            + " hadoop.security.authentication is simple here, not kerberos. Run where the"
            + " cluster's core-site.xml is on the class path (HADOOP_CONF_DIR), or leave out"
            + " --principal and --keytab."
      })
  void optionsThatWouldDoNothingAreRefused(String options, String message) {
    var line = ("status --warehouse=" + folder + " " + options).split(" ");
    var run = CommandRun.of(line);
    assertThat(run.err()).isEqualTo("clickmill status: " + message + "\n");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void settingsAreListedWhoeverIsLoggedIn() {
    var run = CommandRun.of("config", "clickmill.kerberos.principal", "--principal=a@B");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("clickmill.kerberos.principal = a@B\n");
  }

  @Test
  void helpListsTheOptionsWhereTheyMeanSomething() {
    var heading = "Options of a secure cluster:";
    assertThat(CommandRun.of("pipeline", "--help").out())
        .contains("Options of Hadoop:", heading, "--keytab=FILE");
    assertThat(CommandRun.of("show", "--help").out())
        .contains(heading, "--principal=NAME")
        .doesNotContain("Options of Hadoop:");
    assertThat(CommandRun.of("config", "--help").out()).doesNotContain(heading);
  }

  @Test
  void filesForTasksAreStillLookedFor() throws IOException {
    var missing = folder.resolve("none.jar");
    var run = CommandRun.of("status", "--warehouse=" + folder, "-libjars", missing.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("none.jar does not exist");
    var jar = Files.createFile(folder.resolve("some.jar"));
    assertThat(CommandRun.of("config", "-libjars", jar.toString()).exitCode()).isZero();
  }
}
