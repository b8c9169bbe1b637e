package org.clickmill.drivers.kerberos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.kafka.common.config.SaslConfigs;
import org.clickmill.jobs.load.KafkaClient;

/** Kafka's clients log in by Kerberos as the command does, unless their properties say how. */
public final class KafkaLogin {
  private static final String MODULE = "com.sun.security.auth.module.Krb5LoginModule required ";

  private KafkaLogin() {}

  /** The client with a login where its properties ask for one by Kerberos and have none. */
  public static KafkaClient complete(KafkaClient client, Configuration configuration) {
    // A JAAS file of the Java options is the other way to say it.
    if (!client.usesKerberos() || System.getProperty("java.security.auth.login.config") != null) {
      return client;
    }
    var keytab = KerberosSettings.KEYTAB.get(configuration);
    if (keytab == null && !UserGroupInformation.isSecurityEnabled()) {
      return client;
    }
    var login =
        keytab == null
            ? "useTicketCache=true renewTGT=true doNotPrompt=true;"
            : "useKeyTab=true storeKey=true keyTab="
                + quoted(Path.of(keytab).toAbsolutePath().toString())
                + " principal="
                + quoted(principal())
                + ";";
    return client.withDefaults(Map.of(SaslConfigs.SASL_JAAS_CONFIG, MODULE + login));
  }

  /** As which the command has logged in by the keytab. */
  private static String principal() {
    try {
      return UserGroupInformation.getLoginUser().getUserName();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot tell who is logged in", e);
    }
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
