package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.clickmill.jobs.load.SecureBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Passwords of Kafka's clients stay in their file: whatever else a command leaves or shows is
 * searched for them, with everything logged that can be.
 */
final class SecretsIT {
  @Test
  void passwordsAreInNoOutputNoLogNoManifestNoJobAndNoProcessList(
      @TempDir Path kafka, @TempDir Path work) throws IOException, InterruptedException {
    try (var broker = SecureBroker.start(kafka);
        var jar =
            new JobJar(work, List.of("-Dclickmill.log=DEBUG", "-Dclickmill.log.kafka=TRACE"))) {
      var properties = "--client-properties=" + broker.clientPropertiesFile();
      var publish =
          run(
              work,
              jar.embedded(
                  "publish",
                  properties,
                  "--topic=shop",
                  "--events=2000",
                  "--days=1",
                  "--rate=1000",
                  "-Dclickmill.load.connect-seconds=60",
                  "--verbose"));
      assertThat(publish.err()).contains("sasl.jaas.config = [hidden]");
      assertThat(publish.out()).startsWith("Sent 2,000 records");
      var load =
          run(
              work,
              jar.embedded(
                  "load",
                  properties,
                  "--warehouse=" + work.resolve("warehouse"),
                  "--topic=shop",
                  "--mapping=clickmill",
                  "--start=earliest",
                  "--as-of=2019-10-02T01:00:00Z",
                  "-Dclickmill.load.connect-seconds=60",
                  "--verbose"));
      assertThat(load.err()).contains("sasl.jaas.config = [hidden]");
      assertThat(load.out()).startsWith("Commit 1: 2,000 records = 2,000 events");
      assertWrongPasswordIsNamed(broker, work);
    }
    assertNoSecretBelow(work, "");
  }

  /** At once, and not by the password. */
  private static void assertWrongPasswordIsNamed(SecureBroker broker, Path work)
      throws IOException {
    var right = Files.readString(broker.clientPropertiesFile());
    assertThat(right).contains(SecureBroker.PASSWORD);
    var wrong = work.resolve("wrong.properties");
    Files.writeString(wrong, right.replace(SecureBroker.PASSWORD, "wrong-4c1e"));
    var run =
        CommandRun.of(
            "load",
            "--client-properties=" + wrong,
            "--warehouse=" + work.resolve("warehouse"),
            "--topic=shop",
            "--mapping=clickmill");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("clickmill load: Cannot log in to Kafka at localhost:")
        .contains("Invalid username or password (check the user, the password")
        .doesNotContain("wrong-4c1e");
    Files.delete(wrong);
  }

  /** Waits for a command, and looks meanwhile at all processes and at the job's configuration. */
  private static CommandRun run(Path work, JobJar.Running running)
      throws IOException, InterruptedException {
    while (running.process().isAlive()) {
      assertNoSecret("the process list", processList());
      assertNoSecretBelow(work, ".xml");
      Thread.sleep(50);
    }
    return running.succeed();
  }

  /** The command lines of all processes. */
  private static String processList() {
    var list = new StringBuilder();
    ProcessHandle.allProcesses()
        .forEach(process -> list.append(process.info().commandLine().orElse("")).append('\n'));
    return list.toString();
  }

  private static void assertNoSecretBelow(Path folder, String ending) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(path -> path.toString().endsWith(ending)).toList()) {
        if (Files.isRegularFile(file)) {
          assertNoSecret(
              file.toString(), new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        }
      }
    } catch (NoSuchFileException | UncheckedIOException e) {
      // A file of the running command that is gone by now; the next look finds the others.
    }
  }

  private static void assertNoSecret(String where, String text) {
    for (var secret : new String[] {SecureBroker.PASSWORD, SecureBroker.TRUST_PASSWORD}) {
      // Not by AssertJ's own comparison, whose message would be the whole text.
      assertThat(text.contains(secret)).as("a password in %s", where).isFalse();
    }
  }
}
