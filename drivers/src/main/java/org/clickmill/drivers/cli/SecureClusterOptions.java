package org.clickmill.drivers.cli;

import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.kerberos.KerberosSettings;
import picocli.CommandLine.Option;

/** Who a command is on a cluster that uses Kerberos. */
final class SecureClusterOptions {
  @Option(
      names = "--principal",
      paramLabel = "NAME",
      description =
          "Log in as this principal; _HOST in it is this machine (default: the ticket of kinit).")
  private String principal;

  @Option(
      names = "--keytab",
      paramLabel = "FILE",
      description = "The keytab with the principal's key.")
  private String keytab;

  /** Takes the options into the settings. */
  void set(Configuration configuration) {
    if (principal != null) {
      KerberosSettings.PRINCIPAL.set(configuration, principal);
    }
    if (keytab != null) {
      KerberosSettings.KEYTAB.set(configuration, keytab);
    }
  }
}
