package org.clickmill.formats.metastore;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.UserGroupInformation;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.formats.failure.ClickmillException;

/** The settings of a Hive metastore that tables are registered in. */
public final class MetastoreSettings {
  public static final ConfigKey<List<String>> URIS =
      ConfigKey.ofList(
          "clickmill.metastore.uris",
          "none",
          List.of(),
          "Servers of a Hive metastore (4.0 and newer) that tables and partitions are registered in"
              + " as they are published, each as thrift://HOST:PORT; the first that answers is used.");

  public static final ConfigKey<String> DATABASE =
      ConfigKey.ofString(
          "clickmill.metastore.database",
          "clickmill",
          "The database of the metastore that the tables are registered in; created where there is"
              + " none.");

  public static final ConfigKey<String> OWNER =
      ConfigKey.ofString(
          "clickmill.metastore.owner",
          null,
          "The owner of the tables in the metastore (default: the user who registers them).");

  public static final ConfigKey<List<String>> PROPERTIES =
      ConfigKey.ofList(
          "clickmill.metastore.properties",
          "none",
          List.of(),
          "More properties of the tables in the metastore, as KEY=VALUE,KEY=VALUE.");

  public static final ConfigKey<Integer> TIMEOUT_SECONDS =
      ConfigKey.ofInt(
          "clickmill.metastore.timeout-seconds",
          60,
          1,
          3600,
          "How long an answer of the metastore is waited for.");

  public static final ConfigKey<String> PRINCIPAL =
      ConfigKey.ofString(
          "clickmill.metastore.kerberos.principal",
          null,
          "The principal of a metastore under Kerberos, as hive/_HOST@REALM; _HOST stands for the"
              + " server's name (default: the metastore asks for no Kerberos).");

  public static final ConfigKey<String> JAR =
      ConfigKey.ofString(
          "clickmill.metastore.jar",
          null,
          "The jar of the metastore's client (default: clickmill-metastore.jar beside the job jar).");

  private MetastoreSettings() {}

  /** Whether tables are registered at all. */
  public static boolean isSet(Configuration configuration) {
    return !URIS.get(configuration).isEmpty();
  }

  /**
   * The metastore of the settings.
   *
   * @throws ClickmillException of kind usage if a URI is invalid
   */
  public static MetastoreAddress address(Configuration configuration) throws IOException {
    var uris = new ArrayList<URI>();
    for (var text : URIS.get(configuration)) {
      uris.add(uri(text));
    }
    return new MetastoreAddress(
        uris,
        Duration.ofSeconds(TIMEOUT_SECONDS.get(configuration)),
        user(),
        principal(configuration));
  }

  private static String principal(Configuration configuration) {
    var principal = PRINCIPAL.get(configuration);
    if (principal == null || principal.isEmpty()) {
      return null;
    }
    if (!principal.matches("[^/@]+/[^/@]+@[^/@]+")) {
      throw ClickmillException.usage(
          "Invalid value of %s: '%s' (expected SERVICE/HOST@REALM, such as hive/_HOST@EXAMPLE.COM)",
          PRINCIPAL, principal);
    }
    return principal;
  }

  private static URI uri(String text) {
    try {
      var uri = new URI(text);
      if ("thrift".equals(uri.getScheme()) && uri.getHost() != null && uri.getPort() > 0) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    throw ClickmillException.usage(
        "Invalid value of %s: '%s' (expected thrift://HOST:PORT)", URIS, text);
  }

  /** Who owns the tables. */
  public static String owner(Configuration configuration) throws IOException {
    var owner = OWNER.get(configuration);
    return owner == null || owner.isEmpty() ? user() : owner;
  }

  private static String user() throws IOException {
    return UserGroupInformation.getCurrentUser().getShortUserName();
  }

  /**
   * The properties that tables are to have.
   *
   * @throws ClickmillException of kind usage if one is not written as KEY=VALUE
   */
  public static Map<String, String> properties(Configuration configuration) {
    var properties = new TreeMap<String, String>();
    for (var text : PROPERTIES.get(configuration)) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw ClickmillException.usage(
            "Invalid value of %s: '%s' (expected KEY=VALUE)", PROPERTIES, text);
      }
      properties.put(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
    }
    return properties;
  }

  public static List<ConfigKey<?>> all() {
    return List.of(URIS, DATABASE, OWNER, PROPERTIES, TIMEOUT_SECONDS, PRINCIPAL, JAR);
  }
}
