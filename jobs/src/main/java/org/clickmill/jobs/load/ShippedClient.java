package org.clickmill.jobs.load;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.security.UserGroupInformation;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.jobs.kernel.Slots;
import org.clickmill.jobs.kernel.StagedJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How Kafka is reached, as a task knows it. The properties of the clients travel in the job's
 * credentials, and so do the files that they name: the task writes them into a folder of its
 * container that only the user may look into, and deletes them when it ends.
 */
final class ShippedClient implements AutoCloseable {
  /** YARN keeps the credentials of a job in the memory and the store of the resource manager. */
  private static final long MOST_BYTES = 512 << 10;

  private static final String FILE = ".file.";
  private static final Logger LOG = LoggerFactory.getLogger(ShippedClient.class);

  private final KafkaClient client;
  private final Map<String, Path> files;
  private final Path folder;

  private ShippedClient(KafkaClient client, Map<String, Path> files, Path folder) {
    this.client = client;
    this.files = files;
    this.folder = folder;
  }

  KafkaClient client() {
    return client;
  }

  /**
   * Makes a client and its files secrets of a job.
   *
   * @throws ClickmillException of kind usage if a task could not log in, or the files are too large
   */
  static void ship(KafkaClient client, Job job) throws IOException {
    var configuration = job.getConfiguration();
    var name = secret(configuration);
    var credentials = new Credentials();
    credentials.addSecretKey(new Text(name), text(client).getBytes(StandardCharsets.UTF_8));
    if (Slots.isLocal(configuration)) {
      job.getCredentials().addAll(credentials);
      // The local runner may start tasks before it has given the job its credentials.
      UserGroupInformation.getCurrentUser().addCredentials(credentials);
      return;
    }
    requireKeytab(client);
    long bytes = 0;
    for (var file : files(client)) {
      byte[] content = Files.readAllBytes(Path.of(file));
      bytes += content.length;
      credentials.addSecretKey(new Text(name + FILE + file), content);
    }
    if (bytes > MOST_BYTES) {
      throw ClickmillException.usage(
          "Cannot hand the files of Kafka's client properties to tasks: %s have %d bytes, more than"
              + " %d. Make a trust store with nothing but the certificates of the brokers.",
          String.join(", ", files(client)), bytes, MOST_BYTES);
    }
    job.getCredentials().addAll(credentials);
  }

  private static void requireKeytab(KafkaClient client) {
    if (client.usesKerberos() && !ClientFiles.hasKeytab(client.properties())) {
      throw ClickmillException.usage(
          "Cannot load from Kafka at %s on the cluster: tasks have no Kerberos ticket. Give"
              + " --principal and --keytab, or name a keytab in sasl.jaas.config of"
              + " --client-properties.",
          client);
    }
  }

  /** Those that are on this disk; others may be where the tasks are. */
  private static TreeSet<String> files(KafkaClient client) {
    var files = new TreeSet<String>();
    ClientFiles.replace(
        client.properties(),
        path -> {
          if (isFile(path)) {
            files.add(path);
          }
          return path;
        });
    return files;
  }

  private static boolean isFile(String path) {
    try {
      return Files.isRegularFile(Path.of(path));
    } catch (InvalidPathException e) {
      // Kafka's client will say so.
      return false;
    }
  }

  private static String text(KafkaClient client) throws IOException {
    var values = new Properties();
    values.putAll(client.properties());
    var text = new StringWriter();
    values.store(text, null);
    return text.toString();
  }

  /** Takes what {@link #ship} gave the task's job. */
  static ShippedClient receive(TaskAttemptContext context) throws IOException {
    var name = secret(context.getConfiguration());
    var credentials = context.getCredentials();
    var secret = credentials.getSecretKey(new Text(name));
    if (secret == null) {
      credentials = UserGroupInformation.getCurrentUser().getCredentials();
      secret = credentials.getSecretKey(new Text(name));
    }
    if (secret == null) {
      throw new IllegalStateException("Missing secret of the job: " + name);
    }
    var properties =
        KafkaClient.parse(new StringReader(new String(secret, StandardCharsets.UTF_8)));
    var contents = new LinkedHashMap<String, byte[]>();
    for (var key : credentials.getAllSecretKeys()) {
      if (key.toString().startsWith(name + FILE)) {
        contents.put(
            key.toString().substring(name.length() + FILE.length()), credentials.getSecretKey(key));
      }
    }
    return contents.isEmpty()
        ? new ShippedClient(new KafkaClient(properties), Map.of(), null)
        : unpack(properties, contents);
  }

  private static ShippedClient unpack(Map<String, String> properties, Map<String, byte[]> contents)
      throws IOException {
    // Only the owner may look into it.
    var folder = Files.createTempDirectory("kafka-");
    var files = new HashMap<String, Path>();
    var owners = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    for (var entry : contents.entrySet()) {
      var file = Files.createFile(folder.resolve("file-" + files.size()), owners).toAbsolutePath();
      Files.write(file, entry.getValue());
      files.put(entry.getKey(), file);
    }
    var found =
        ClientFiles.replace(
            properties, path -> files.containsKey(path) ? files.get(path).toString() : path);
    return new ShippedClient(new KafkaClient(found), files, folder);
  }

  /** Deletes the files. */
  @Override
  public void close() {
    try {
      for (var file : files.values()) {
        Files.deleteIfExists(file);
      }
      if (folder != null) {
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      LOG.warn("Cannot delete a file of Kafka's client; it goes with the container", e);
    }
  }

  /** Each job's own, since the jobs of one process may ask different brokers. */
  private static String secret(Configuration configuration) {
    return "clickmill.kafka." + StagedJob.staging(configuration).getName();
  }
}
