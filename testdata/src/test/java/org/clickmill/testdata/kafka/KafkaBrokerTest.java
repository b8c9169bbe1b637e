package org.clickmill.testdata.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.clickmill.formats.failure.ClickmillException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks the broker by Kafka's own protocol, since its client is for the jobs only. */
class KafkaBrokerTest {
  private static final Path JARS = Path.of(System.getProperty("clickmill.kafka"));
  private static final short API_VERSIONS = 18;

  @TempDir Path folder;

  @Test
  void startedBrokerAnswersAtOnceAndAgainAfterBeingKilledOrStopped()
      throws IOException, InterruptedException {
    try (var broker = KafkaBroker.start(JARS, folder)) {
      assertThat(errorOfApiVersions(broker)).isZero();
      broker.kill();
      assertThat(broker.isAlive()).isFalse();
      broker.restart();
      assertThat(errorOfApiVersions(broker)).isZero();
      broker.stop();
      broker.restart();
      assertThat(errorOfApiVersions(broker)).isZero();
    }
  }

  @Test
  void brokerEndsWhenTheProcessThatStartedItIsKilled() throws IOException, InterruptedException {
    var parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName(),
                JARS.toString(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var lines = parent.inputReader(StandardCharsets.UTF_8)) {
      assertThat(lines.readLine()).startsWith("localhost:");
      var children = parent.children().toList();
      assertThat(children).hasSize(1);
      parent.destroyForcibly();
      children.get(0).onExit().join();
      assertThat(children.get(0).isAlive()).isFalse();
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void brokerThatDoesNotStartSaysWhy() {
    assertThatThrownBy(() -> KafkaBroker.start(JARS, folder, Map.of("num.io.threads", "none")))
        .isInstanceOf(ClickmillException.class)
        .hasMessageContaining("Cannot start Kafka broker in " + folder)
        .hasMessageContaining("it ended with exit code 1")
        .hasMessageContaining("Invalid value none for configuration num.io.threads");
  }

  @Test
  void missingJarsAreNamed() {
    var nowhere = folder.resolve("nowhere");
    assertThatThrownBy(() -> KafkaBroker.start(nowhere, folder))
        .hasMessage(
            "Missing folder of Kafka's jars: %s (run: mvn -pl testdata/kafka process-resources)",
            nowhere);
  }

  @Test
  void propertiesAreForTheOwnersEyesOnly() throws IOException {
    var file = folder.resolve("server.properties");
    ServerProperties.of(1, 2, folder, Map.of("password", "secret")).write(file);
    assertThat(Files.getPosixFilePermissions(file))
        .allMatch(permission -> permission.name().startsWith("OWNER"));
    assertThat(file).content().contains("password=secret", "node.id=1");
  }

  /** Sends an ApiVersions request of version 0 and returns the error code of the answer. */
  private static short errorOfApiVersions(KafkaBroker broker) throws IOException {
    var address = broker.bootstrapServers().split(":", -1);
    try (var socket = new Socket(address[0], Integer.parseInt(address[1]))) {
      var out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(10);
      out.writeShort(API_VERSIONS);
      out.writeShort(0);
      out.writeInt(7);
      out.writeShort(-1); // no client id
      out.flush();
      var in = new DataInputStream(socket.getInputStream());
      assertThat(in.readInt()).isPositive();
      assertThat(in.readInt()).isEqualTo(7);
      return in.readShort();
    }
  }

  /** Starts a broker and waits to be killed. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
      var broker = KafkaBroker.start(Path.of(arguments[0]), Path.of(arguments[1]));
      System.out.println(broker.bootstrapServers());
      System.out.flush();
      Thread.sleep(Long.MAX_VALUE);
    }
  }
}
