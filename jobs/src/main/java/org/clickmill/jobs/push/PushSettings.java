package org.clickmill.jobs.push;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.formats.failure.ClickmillException;

/** The settings of pushing tables to Kafka. */
public final class PushSettings {
  public static final ConfigKey<List<String>> TOPICS =
      ConfigKey.ofList(
          "clickmill.push",
          "none",
          List.of(),
          "Tables that pipeline pushes to Kafka after it has published them, each with its topic, as"
              + " in sales=shop-sales,top_products=shop-top.");

  public static final ConfigKey<List<String>> ALLOW_PERSONAL =
      ConfigKey.ofList(
          "clickmill.push.allow-personal",
          "none",
          List.of(),
          "Tables that may be pushed although they hold personal data.");

  public static final ConfigKey<String> BOOTSTRAP_SERVERS =
      ConfigKey.ofString(
          "clickmill.push.bootstrap-servers",
          null,
          "Brokers of the Kafka cluster that tables are pushed to, where --bootstrap-servers does not"
              + " name them.");

  public static final ConfigKey<String> CLIENT_PROPERTIES =
      ConfigKey.ofString(
          "clickmill.push.client-properties",
          null,
          "File of the properties of Kafka's clients, where --client-properties does not name it.");

  public static final ConfigKey<String> SCHEMA_REGISTRY =
      ConfigKey.ofString(
          "clickmill.push.schema-registry",
          null,
          "Address of a schema registry: values are pushed as Avro and their schema is registered"
              + " there, where --schema-registry does not name one. Without it they are JSON.");

  public static final ConfigKey<Integer> KEYS_IN_MEMORY =
      ConfigKey.ofInt(
          "clickmill.push.keys-in-memory",
          500_000,
          2,
          100_000_000,
          "How many keys are compared at a time with what the topic holds, at some 300 bytes each: the"
              + " topic is read once for as many partitions as have no more together, and several"
              + " times for a partition with more.");

  private PushSettings() {}

  public static List<ConfigKey<?>> all() {
    return List.of(
        TOPICS,
        ALLOW_PERSONAL,
        BOOTSTRAP_SERVERS,
        CLIENT_PROPERTIES,
        SCHEMA_REGISTRY,
        KEYS_IN_MEMORY);
  }

  /**
   * The topics that {@link #TOPICS} names, by table, in its order.
   *
   * @throws ClickmillException of kind usage if an item is not a table and a topic
   */
  public static Map<String, String> topics(Configuration configuration) {
    var topics = new LinkedHashMap<String, String>();
    for (var item : TOPICS.get(configuration)) {
      var parts = item.split("=", -1);
      if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
        throw ClickmillException.usage(
            "Invalid value of %s: '%s' (expected TABLE=TOPIC)", TOPICS, item);
      }
      if (topics.put(parts[0].strip(), parts[1].strip()) != null) {
        throw ClickmillException.usage(
            "Invalid value of %s: table %s stands there twice", TOPICS, parts[0].strip());
      }
    }
    return topics;
  }
}
