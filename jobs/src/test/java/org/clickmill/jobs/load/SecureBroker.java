package org.clickmill.jobs.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.clickmill.testdata.kafka.KafkaBroker;

/** A broker that wants TLS and a login by SASL/PLAIN, and what its clients need for it. */
public final class SecureBroker implements AutoCloseable {
  /** Texts that only the client's and the broker's own files may hold. */
  public static final String PASSWORD = "pass-of-shop-8d1f";

  public static final String TRUST_PASSWORD = "pass-of-trust-77c2";

  private static final String KEY_PASSWORD = "pass-of-key-50ab";

  private final KafkaBroker broker;
  private final Path folder;

  private SecureBroker(KafkaBroker broker, Path folder) {
    this.broker = broker;
    this.folder = folder;
  }

  public static SecureBroker start(Path folder) throws IOException, InterruptedException {
    makeCertificate(folder, "stranger");
    var properties = new LinkedHashMap<String, String>();
    properties.put("listener.security.protocol.map", "CLIENT:SASL_SSL,CONTROLLER:PLAINTEXT");
    properties.put("sasl.enabled.mechanisms", "PLAIN");
    properties.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    properties.put(
        "listener.name.client.plain.sasl.jaas.config",
        login("admin", "pass-of-admin").replace(";", " user_admin=\"pass-of-admin\" user_shop=\"")
            + PASSWORD
            + "\";");
    properties.putAll(tlsOfServer(folder));
    return new SecureBroker(TestBroker.start(folder.resolve("kafka"), properties), folder);
  }

  /** What a client needs, all of it right. */
  public Map<String, String> clientProperties() {
    var properties = new LinkedHashMap<String, String>();
    properties.put("bootstrap.servers", broker.bootstrapServers());
    properties.put("security.protocol", "SASL_SSL");
    properties.put("sasl.mechanism", "PLAIN");
    properties.put("sasl.jaas.config", login("shop", PASSWORD));
    properties.putAll(tlsOfClients(folder));
    return properties;
  }

  /** Makes a certificate in a folder, and what a broker needs to use it. */
  public static Map<String, String> tlsOfServer(Path folder)
      throws IOException, InterruptedException {
    makeCertificate(folder, "broker");
    var properties = new LinkedHashMap<>(tlsOfClients(folder));
    properties.put("ssl.keystore.type", "PKCS12");
    properties.put("ssl.keystore.location", folder.resolve("broker.key").toString());
    properties.put("ssl.keystore.password", KEY_PASSWORD);
    properties.put("ssl.key.password", KEY_PASSWORD);
    return properties;
  }

  /** What clients need to trust that broker. */
  public static Map<String, String> tlsOfClients(Path folder) {
    return trust(folder, "broker", TRUST_PASSWORD);
  }

  /** The same in a file. */
  public Path clientPropertiesFile() throws IOException {
    var file = folder.resolve("client.properties");
    var properties = new Properties();
    properties.putAll(clientProperties());
    try (var out = Files.newOutputStream(file)) {
      properties.store(out, null);
    }
    return file;
  }

  @Override
  public void close() {
    broker.close();
  }

  static String login(String user, String password) {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\""
        + user
        + "\" password=\""
        + password
        + "\";";
  }

  /** Trust in the certificate of that name. */
  Map<String, String> trustIn(String name) {
    return trust(folder, name, TRUST_PASSWORD);
  }

  private static Map<String, String> trust(Path folder, String name, String password) {
    return Map.of(
        "ssl.truststore.type",
        "PKCS12",
        "ssl.truststore.location",
        folder.resolve(name + ".trust").toString(),
        "ssl.truststore.password",
        password);
  }

  private static void makeCertificate(Path folder, String name)
      throws IOException, InterruptedException {
    var key = folder.resolve(name + ".key").toString();
    var certificate = folder.resolve(name + ".pem").toString();
    var trust = folder.resolve(name + ".trust").toString();
    keytool(
        "-genkeypair",
        "-alias",
        name,
        "-keyalg",
        "EC",
        "-dname",
        "CN=" + name,
        "-ext",
        "SAN=dns:localhost",
        "-storetype",
        "PKCS12",
        "-keystore",
        key,
        "-storepass",
        KEY_PASSWORD);
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        name,
        "-keystore",
        key,
        "-storepass",
        KEY_PASSWORD,
        "-file",
        certificate);
    keytool(
        "-importcert",
        "-noprompt",
        "-alias",
        name,
        "-file",
        certificate,
        "-storetype",
        "PKCS12",
        "-keystore",
        trust,
        "-storepass",
        TRUST_PASSWORD);
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool: " + said);
    }
  }
}
