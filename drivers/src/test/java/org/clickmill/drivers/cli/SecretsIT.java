package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
  void passwordsAreInNoOutputNoLogAndNoProcessList(@TempDir Path kafka, @TempDir Path work)
      throws IOException, InterruptedException {
    try (var broker = SecureBroker.start(kafka);
        var jar =
            new JobJar(work, List.of("-Dclickmill.log=DEBUG", "-Dclickmill.log.kafka=TRACE"))) {
      var running =
          jar.embedded(
              "publish",
              "--client-properties=" + broker.clientPropertiesFile(),
              "--topic=shop",
              "--events=2000",
              "--days=1",
              "--rate=1000",
              "--verbose");
      while (running.process().isAlive()) {
        assertNoSecret("the process list", processList());
        Thread.sleep(50);
      }
      var run = running.succeed();
      assertThat(run.err()).contains("sasl.jaas.config = [hidden]");
      assertThat(run.out()).startsWith("Sent 2,000 records");
    }
    assertNoSecretBelow(work);
  }

  /** The command lines of all processes. */
  private static String processList() {
    var list = new StringBuilder();
    ProcessHandle.allProcesses()
        .forEach(process -> list.append(process.info().commandLine().orElse("")).append('\n'));
    return list.toString();
  }

  private static void assertNoSecretBelow(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        assertNoSecret(
            file.toString(), new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
  }

  private static void assertNoSecret(String where, String text) {
    for (var secret : new String[] {SecureBroker.PASSWORD, SecureBroker.TRUST_PASSWORD}) {
      // Not by AssertJ's own comparison, whose message would be the whole text.
      assertThat(text.contains(secret)).as("a password in %s", where).isFalse();
    }
  }
}
