package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings of the metastore are looked at before a command does anything. */
final class MetastoreCommandTest {
  @TempDir private Path folder;

  private CommandRun live(String... settings) {
    var words = new String[2 + settings.length];
    words[0] = "live";
    words[1] = "--warehouse=" + folder.resolve("none");
    for (int i = 0; i < settings.length; i++) {
      words[2 + i] = "-Dclickmill.metastore." + settings[i];
    }
    return CommandRun.of(words);
  }

  private static void assertUsage(CommandRun run, String message) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).startsWith("clickmill live: " + message);
  }

  @Test
  void wrongAddressIsAUsageError() {
    assertUsage(
        live("uris=metastore:9083"),
        "Invalid value of clickmill.metastore.uris: 'metastore:9083'"
            + " (expected thrift://HOST:PORT)");
  }

  @Test
  void wrongPropertyIsAUsageError() {
    assertUsage(
        live("uris=thrift://localhost:9083", "properties=team"),
        "Invalid value of clickmill.metastore.properties: 'team' (expected KEY=VALUE)");
  }

  @Test
  void missingClientIsAUsageError() {
    assertUsage(
        live("uris=thrift://localhost:9083", "jar=" + folder.resolve("no.jar")),
        "Missing jar of the metastore's client: " + folder.resolve("no.jar"));
  }
}
