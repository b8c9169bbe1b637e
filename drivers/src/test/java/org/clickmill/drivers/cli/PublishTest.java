package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.clickmill.testdata.kafka.KafkaBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command publish, against a real broker. */
@TestInstance(Lifecycle.PER_CLASS)
final class PublishTest {
  @TempDir Path folder;

  private KafkaBroker broker;

  @BeforeAll
  void start(@TempDir Path brokerFolder) throws IOException, InterruptedException {
    broker = KafkaBroker.start(Path.of(System.getProperty("clickmill.kafka")), brokerFolder);
  }

  @AfterAll
  void stop() {
    broker.close();
  }

  @Test
  void madeUpEventsAreSent() throws IOException {
    var run = publish("generated", "--events=500", "--days=1", "--partitions=3", "--json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    var result = new ObjectMapper().readTree(run.out());
    assertThat(result.get("topic").asText()).isEqualTo("generated");
    assertThat(result.get("partitions").asInt()).isEqualTo(3);
    assertThat(result.get("sent").asLong()).isEqualTo(500);
    assertThat(result.get("rejected").asLong()).isZero();
    assertThat(result.get("bytes").asLong()).isGreaterThan(50_000);
    assertThat(result.get("seconds").asDouble()).isPositive();
  }

  @Test
  void filesAreSentAndWhatIsNoEventIsWarnedOf() throws IOException {
    var file = folder.resolve("a.csv");
    Files.writeString(file, "event_time,event_type\n2019-10-01,view\nyesterday,view\n");
    var properties = folder.resolve("client.properties");
    Files.writeString(properties, "bootstrap.servers=" + broker.bootstrapServers());
    var run =
        CommandRun.of(
            "publish",
            "--client-properties=" + properties,
            "--topic=files",
            "--format=avro",
            "--input=" + file,
            "--mapping=clickmill");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("Sent 1 records (")
        .contains(" to 1 partitions of topic files in ")
        .endsWith("; 1 rejected.\n");
    assertThat(run.err())
        .isEqualTo(
            "clickmill publish: warning: 1 records are malformed and were not sent; the first:"
                + " a.csv, byte 38: field event_time: 'yesterday' is not an ISO 8601 time\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--input=x | Missing --mapping: --input and --mapping go together",
        "--mapping=x | Missing --input: --input and --mapping go together",
        "--input=x --mapping=rees46 --seed=2 | Cannot make up events and read files: leave out"
            + " --input, or --events, --days, --from and --seed",
        "--rate=0 | Invalid --rate: 0 (expected a number from 1)",
        "--partitions=0 | Invalid --partitions: 0 (expected a number from 1)",
        "--client-properties=nowhere | Missing client properties: nowhere"
      })
  void wrongUsageIsNamed(String options, String message) {
    var run = publish("wrong", options.split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("clickmill publish: " + message + "\n");
  }

  private CommandRun publish(String topic, String... options) {
    var line = new String[options.length + 3];
    line[0] = "publish";
    line[1] = "--bootstrap-servers=" + broker.bootstrapServers();
    line[2] = "--topic=" + topic;
    System.arraycopy(options, 0, line, 3, options.length);
    return CommandRun.of(line);
  }
}
