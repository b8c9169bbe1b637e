package org.clickmill.jobs.load;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;

/** The files that properties of Kafka's clients name: trust stores, key stores and keytabs. */
final class ClientFiles {
  private static final List<String> STORES =
      List.of(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG);

  /** In the options of a login module, quoted or not. */
  private static final Pattern KEYTAB =
      Pattern.compile("(\\bkeyTab\\s*=\\s*)(?:\"([^\"]*)\"|([^\\s\";]+))");

  private ClientFiles() {}

  /**
   * The properties with other files.
   *
   * @param place is given the path of each file, and returns the one to put there
   */
  static Map<String, String> replace(Map<String, String> properties, UnaryOperator<String> place) {
    var all = new HashMap<>(properties);
    STORES.forEach(name -> all.computeIfPresent(name, (any, path) -> place.apply(path)));
    all.computeIfPresent(SaslConfigs.SASL_JAAS_CONFIG, (any, login) -> replaceKeytab(login, place));
    return all;
  }

  private static String replaceKeytab(String login, UnaryOperator<String> place) {
    return KEYTAB
        .matcher(login)
        .replaceAll(
            found -> {
              var quoted = found.group(2);
              var path = quoted == null ? found.group(3) : quoted;
              return Matcher.quoteReplacement(found.group(1) + '"' + place.apply(path) + '"');
            });
  }

  /** Whether a login module has a keytab. */
  static boolean hasKeytab(Map<String, String> properties) {
    return KEYTAB.matcher(properties.getOrDefault(SaslConfigs.SASL_JAAS_CONFIG, "")).find();
  }
}
