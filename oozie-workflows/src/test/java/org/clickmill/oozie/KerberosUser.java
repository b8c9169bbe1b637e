package org.clickmill.oozie;

import java.io.IOException;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.security.authentication.util.KerberosName;

/** This whole Java as the user of a cluster that uses Kerberos, until it is closed. */
final class KerberosUser implements AutoCloseable {
  private static final String KRB5 = "java.security.krb5.conf";

  private KerberosUser() {}

  /** Logs in by the user's keytab, and switches Hadoop's security on. */
  static KerberosUser login(MiniCluster cluster) throws IOException, LoginException {
    var user = new KerberosUser();
    System.setProperty(KRB5, cluster.kerberos("krb5.conf").toString());
    var subject = new Subject();
    new LoginContext("user", subject, null, new Keytab(cluster)).login();
    KerberosName.resetDefaultRealm();
    UserGroupInformation.setConfiguration(cluster.configuration());
    UserGroupInformation.loginUserFromSubject(subject);
    return user;
  }

  @Override
  public void close() {
    System.clearProperty(KRB5);
    UserGroupInformation.reset();
  }

  private static final class Keytab extends javax.security.auth.login.Configuration {
    private final MiniCluster cluster;

    Keytab(MiniCluster cluster) {
      this.cluster = cluster;
    }

    @Override
    public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
      var options =
          Map.of(
              // What an earlier test has made Java read of another file, or of none.
              "refreshKrb5Config",
              "true",
              "doNotPrompt",
              "true",
              "useKeyTab",
              "true",
              "storeKey",
              "true",
              "keyTab",
              cluster.kerberos("user.keytab").toString(),
              "principal",
              System.getProperty("user.name") + "@EXAMPLE.COM");
      return new AppConfigurationEntry[] {
        new AppConfigurationEntry(
            "com.sun.security.auth.module.Krb5LoginModule",
            LoginModuleControlFlag.REQUIRED,
            options)
      };
    }
  }
}
