package org.clickmill.drivers.kerberos;

import java.util.List;
import org.clickmill.formats.config.ConfigKey;

/** Who commands are on a cluster that uses Kerberos. */
public final class KerberosSettings {
  public static final ConfigKey<String> PRINCIPAL =
      ConfigKey.ofString(
          "clickmill.kerberos.principal",
          null,
          "The principal that commands log in as on a cluster that uses Kerberos, such as"
              + " shop@EXAMPLE.COM; _HOST in shop/_HOST@EXAMPLE.COM is replaced by the name of this"
              + " machine. Its key is in clickmill.kerberos.keytab. Without both, the ticket of"
              + " kinit is used. The option --principal goes before it.");

  public static final ConfigKey<String> KEYTAB =
      ConfigKey.ofString(
          "clickmill.kerberos.keytab",
          null,
          "The keytab on the local disk with the key of clickmill.kerberos.principal. The option"
              + " --keytab goes before it.");

  private KerberosSettings() {}

  public static List<ConfigKey<?>> all() {
    return List.of(PRINCIPAL, KEYTAB);
  }
}
