package org.clickmill.drivers.doctor;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.WarehouseSite;
import org.clickmill.jobs.load.KafkaClient;
import org.clickmill.jobs.load.KafkaCluster;
import org.clickmill.jobs.push.PushSettings;

/** Whether Kafka answers, and still has the topics that the warehouse loads. */
final class KafkaCheck implements Check {
  private static final String TOPICS = "topics that are loaded";

  private final String name;
  private final KafkaClient client;
  private final String reason;
  private final Path root;
  private final Configuration configuration;

  private KafkaCheck(
      String name, KafkaClient client, String reason, Path root, Configuration configuration) {
    this.name = name;
    this.client = client;
    this.reason = reason;
    this.root = root;
    this.configuration = configuration;
  }

  /**
   * The Kafka that topics are loaded from.
   *
   * @param client null where nothing names it
   * @param root of the warehouse that they are loaded into
   */
  static KafkaCheck ofLoads(KafkaClient client, Path root, Configuration configuration) {
    return new KafkaCheck(
        "Kafka",
        client,
        "not named by --bootstrap-servers or --client-properties",
        root,
        configuration);
  }

  /**
   * The Kafka that tables are pushed to, which makes topics that are missing.
   *
   * @param client null where nothing names it
   */
  static KafkaCheck ofPushes(KafkaClient client, Configuration configuration) {
    return new KafkaCheck(
        "Kafka of pushes",
        client,
        "not named by " + PushSettings.BOOTSTRAP_SERVERS + " or " + PushSettings.CLIENT_PROPERTIES,
        null,
        configuration);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String advice() {
    return "Check --bootstrap-servers, and the file of --client-properties.";
  }

  @Override
  public List<Finding> run() throws IOException, InterruptedException {
    if (client == null) {
      return List.of(Finding.skipped(name, reason));
    }
    try {
      var warehouse =
          root == null ? null : WarehouseSite.of(root, configuration).warehouse().orElse(null);
      var cluster = KafkaCluster.ask(client, warehouse, configuration);
      var answers =
          Finding.ok(
              name,
              String.format(
                  Locale.ROOT,
                  "%,d brokers answer at %s, cluster %s",
                  cluster.brokers().number(),
                  client,
                  cluster.brokers().clusterId()));
      return cluster.loaded().isEmpty() ? List.of(answers) : List.of(answers, topics(cluster));
    } catch (ClickmillException e) {
      // Its words say what to do.
      return List.of(Finding.failed(name, Reasons.describe(e), null));
    }
  }

  private static Finding topics(KafkaCluster cluster) {
    if (!cluster.missing().isEmpty()) {
      return Finding.failed(
          TOPICS,
          "missing: " + String.join(", ", cluster.missing()),
          "Is it the Kafka that they were loaded from?");
    }
    return cluster.recreated().isEmpty()
        ? Finding.ok(TOPICS, String.join(", ", cluster.loaded()))
        : Finding.failed(
            TOPICS,
            "deleted and created again since: " + String.join(", ", cluster.recreated()),
            "Their offsets mean other records now: load --accept-data-loss reads them from the"
                + " beginning.");
  }
}
