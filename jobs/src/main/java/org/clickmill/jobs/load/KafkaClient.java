package org.clickmill.jobs.load;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.clickmill.formats.failure.ClickmillException;

/**
 * How Kafka is reached: the brokers' addresses and the properties of Kafka's clients, which may
 * hold passwords. They travel to tasks as secrets of the job ({@link ShippedClient}) and are
 * printed nowhere.
 *
 * @param properties of the clients, {@code bootstrap.servers} among them
 */
public record KafkaClient(Map<String, String> properties) {
  /** What the loader depends on and nobody else may set. */
  private static final List<String> RESERVED =
      List.of(
          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
          ConsumerConfig.ISOLATION_LEVEL_CONFIG,
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
          CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG);

  private static final List<String> REGISTRY = List.of("schema.registry.", "basic.auth.");

  public KafkaClient {
    properties = Map.copyOf(properties);
  }

  /**
   * Reads a file of client properties.
   *
   * @param bootstrapServers the brokers, or null if the file names them
   * @param file a properties file on the local disk, or with a scheme on any file system; null for
   *     none
   * @throws ClickmillException of kind usage if there is no such file, no address, or a property
   *     that the loader sets itself
   */
  public static KafkaClient of(String bootstrapServers, String file, Configuration configuration) {
    var properties = file == null ? new HashMap<String, String>() : read(file, configuration);
    for (var reserved : RESERVED) {
      if (properties.containsKey(reserved)) {
        throw ClickmillException.usage(
            "Invalid client properties: %s sets %s, which Clickmill sets itself. Remove the line.",
            file, reserved);
      }
    }
    if (bootstrapServers != null) {
      properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    }
    if (!properties.containsKey(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)) {
      throw ClickmillException.usage(
          "Missing address of Kafka: name its brokers with --bootstrap-servers HOST:PORT,… or as"
              + " %s in the file of --client-properties",
          CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
    }
    return new KafkaClient(properties);
  }

  private static Map<String, String> read(String file, Configuration configuration) {
    var path = new Path(file);
    try {
      // A plain name is of the local disk, where secrets are, also on a cluster.
      var fileSystem =
          path.toUri().getScheme() == null
              ? FileSystem.getLocal(configuration)
              : path.getFileSystem(configuration);
      try (InputStream in = fileSystem.open(path)) {
        return parse(new StringReader(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
      }
    } catch (FileNotFoundException e) {
      throw ClickmillException.usage("Missing client properties: %s", file, e);
    } catch (IOException | IllegalArgumentException e) {
      // The message of a wrong escape may hold a part of the file.
      throw ClickmillException.usage(
          "Cannot read client properties: %s%s",
          file, e instanceof IOException ? " (" + e.getMessage() + ")" : ": a wrong \\u escape");
    }
  }

  static Map<String, String> parse(Reader text) throws IOException {
    var properties = new Properties();
    properties.load(text);
    var map = new HashMap<String, String>();
    properties
        .stringPropertyNames()
        .forEach(name -> map.put(name, properties.getProperty(name).strip()));
    return map;
  }

  /** The addresses that the brokers are looked for at. */
  public String bootstrapServers() {
    return properties.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
  }

  /** The same, with some properties where nothing else is said. */
  public KafkaClient withDefaults(Map<String, String> defaults) {
    var all = new HashMap<>(defaults);
    all.putAll(properties);
    return new KafkaClient(all);
  }

  /** The properties of a client, and more that take the place of any of the same name. */
  public Map<String, Object> with(Map<String, ?> more) {
    var all = new HashMap<String, Object>(properties);
    // What is meant for the schema registry, Kafka's clients would only warn of.
    all.keySet().removeIf(name -> REGISTRY.stream().anyMatch(name::startsWith));
    // The job jar does without the classes that clients send their own metrics by.
    all.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
    all.putAll(more);
    return all;
  }

  /** Whether clients log in by Kerberos. */
  public boolean usesKerberos() {
    return properties
            .getOrDefault(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "")
            .toUpperCase(Locale.ROOT)
            .startsWith("SASL_")
        && properties
            .getOrDefault(SaslConfigs.SASL_MECHANISM, SaslConfigs.DEFAULT_SASL_MECHANISM)
            .equals(SaslConfigs.GSSAPI_MECHANISM);
  }

  /** Only where the brokers are: the rest may be secret. */
  @Override
  public String toString() {
    return bootstrapServers();
  }
}
