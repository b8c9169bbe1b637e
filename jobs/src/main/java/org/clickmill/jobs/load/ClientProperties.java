package org.clickmill.jobs.load;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;

/**
 * The properties of Kafka's clients, as users of Kafka have them in a file: addresses, passwords,
 * certificates. They are secrets, so nothing here prints a value but that of the addresses.
 */
public final class ClientProperties {
  private static final String BOOTSTRAP_SERVERS = "bootstrap.servers";

  /** What is meant for the schema registry; Kafka's clients would complain of it. */
  private static final String REGISTRY = "schema.registry.";

  private static final String REGISTRY_USER = "basic.auth.";

  private final Map<String, String> properties;

  private ClientProperties(Map<String, String> properties) {
    this.properties = properties;
    if (properties.getOrDefault(BOOTSTRAP_SERVERS, "").isBlank()) {
      throw ClickmillException.usage(
          "Missing address of Kafka: name a broker with --bootstrap-servers, or in the client"
              + " properties as %s",
          BOOTSTRAP_SERVERS);
    }
  }

  /** Properties that are at hand already; among them the addresses. */
  public static ClientProperties of(Map<String, String> properties) {
    return new ClientProperties(new TreeMap<>(properties));
  }

  /**
   * Reads a file of properties.
   *
   * @param file on the local disk, or on any file system that Hadoop knows; null for none
   * @param bootstrapServers goes before that of the file; null for the file's
   * @throws ClickmillException of kind usage if the file cannot be read or nothing says where Kafka
   *     is
   */
  public static ClientProperties read(
      String file, String bootstrapServers, Configuration configuration) {
    var all = new TreeMap<String, String>();
    if (file != null) {
      var read = load(file, configuration);
      read.stringPropertyNames().forEach(name -> all.put(name, read.getProperty(name).strip()));
    }
    if (bootstrapServers != null) {
      all.put(BOOTSTRAP_SERVERS, bootstrapServers);
    }
    return new ClientProperties(all);
  }

  /** All of them, secrets included. */
  public Map<String, String> all() {
    return Map.copyOf(properties);
  }

  String bootstrapServers() {
    return properties.get(BOOTSTRAP_SERVERS);
  }

  /**
   * For a client of Kafka.
   *
   * @param defaults hold where the user says nothing
   * @param fixed hold whatever the user says
   */
  Properties forClient(Map<String, String> defaults, Map<String, String> fixed) {
    var client = new Properties();
    client.putAll(defaults);
    properties.forEach(
        (name, value) -> {
          if (!name.startsWith(REGISTRY) && !name.startsWith(REGISTRY_USER)) {
            client.setProperty(name, value);
          }
        });
    client.putAll(fixed);
    return client;
  }

  @Override
  public String toString() {
    return "client properties " + properties.keySet();
  }

  private static Properties load(String file, Configuration configuration) {
    var properties = new Properties();
    try {
      var path = new Path(file);
      // A plain name is of the local disk, where secrets are.
      var fileSystem =
          path.toUri().getScheme() == null
              ? FileSystem.getLocal(configuration)
              : path.getFileSystem(configuration);
      try (var in = new InputStreamReader(fileSystem.open(path), StandardCharsets.UTF_8)) {
        properties.load(in);
      }
    } catch (FileNotFoundException e) {
      throw ClickmillException.usage("Missing client properties: %s", file, e);
    } catch (IOException | IllegalArgumentException e) {
      throw ClickmillException.usage(
          "Cannot read client properties %s: %s", file, e.getMessage(), e);
    }
    return properties;
  }
}
