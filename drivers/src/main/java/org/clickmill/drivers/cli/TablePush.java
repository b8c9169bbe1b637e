package org.clickmill.drivers.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.kerberos.KafkaLogin;
import org.clickmill.drivers.observe.LineageDataset;
import org.clickmill.drivers.observe.ObservedRun;
import org.clickmill.drivers.pipeline.Nearest;
import org.clickmill.drivers.pipeline.Suite;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.load.KafkaClient;
import org.clickmill.jobs.push.Push;
import org.clickmill.jobs.push.PushOutcome;
import org.clickmill.jobs.push.PushSettings;
import org.clickmill.jobs.push.PushTable;

/**
 * A table that is pushed to a topic.
 *
 * @param client how Kafka is reached
 * @param schemaRegistry for Avro values; null for JSON
 */
record TablePush(PushTable table, String topic, KafkaClient client, String schemaRegistry) {
  /**
   * The tables that the settings push.
   *
   * @throws ClickmillException of kind usage if one of them cannot be pushed by anybody
   */
  static List<TablePush> ofSettings(Configuration configuration) {
    var pushes = new ArrayList<TablePush>();
    PushSettings.topics(configuration)
        .forEach((table, topic) -> pushes.add(of(table, topic, configuration)));
    return pushes;
  }

  /**
   * A table that is pushed to a topic by the settings.
   *
   * @param name of the table
   * @throws ClickmillException of kind usage if there is no such table, or it may not be pushed, or
   *     no address of Kafka is set
   */
  static TablePush of(String name, String topic, Configuration configuration) {
    var all = Suite.all(configuration);
    var found =
        all.stream()
            .map(Suite.Entry::table)
            .filter(table -> table.dataset().equals(name))
            .findFirst()
            .orElseThrow(
                () -> {
                  var names = all.stream().map(entry -> entry.table().dataset()).toList();
                  return ClickmillException.usage(
                      "Invalid table: '%s'.%s Tables: %s",
                      name, Nearest.question(name, names, ""), String.join(", ", names));
                });
    var table = PushTable.of(found);
    table.requirePublishable(configuration);
    return new TablePush(
        table, topic, client(configuration), PushSettings.SCHEMA_REGISTRY.get(configuration));
  }

  private static KafkaClient client(Configuration configuration) {
    var servers = PushSettings.BOOTSTRAP_SERVERS.get(configuration);
    var properties = PushSettings.CLIENT_PROPERTIES.get(configuration);
    if (servers == null && properties == null) {
      throw ClickmillException.usage(
          "Missing address of Kafka: name its brokers with --bootstrap-servers HOST:PORT,… of the"
              + " command push, or in the setting %s",
          PushSettings.BOOTSTRAP_SERVERS);
    }
    return KafkaLogin.complete(KafkaClient.of(servers, properties, configuration), configuration);
  }

  Push push(Run run, boolean whole) throws IOException {
    return new Push(run, client, table, new Push.Options(topic, schemaRegistry, whole));
  }

  /** What pushes the table. */
  @FunctionalInterface
  interface Job {
    PushOutcome run() throws IOException, InterruptedException;
  }

  /** Pushes the table, as a step of a run that tells others of itself. */
  PushOutcome tell(ObservedRun observed, Job job) throws IOException, InterruptedException {
    var step = observed.begin("push." + table.dataset());
    try {
      var outcome = job.run();
      step.inputTable(outcome.table());
      step.output(
          LineageDataset.topic(client.bootstrapServers(), outcome.topic())
              .written(outcome.rows() + outcome.tombstones(), outcome.bytes()));
      step.ended(null);
      return outcome;
    } catch (IOException | InterruptedException | RuntimeException e) {
      step.ended(e);
      throw e;
    }
  }
}
