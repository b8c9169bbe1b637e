package org.clickmill.drivers.kerberos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.security.auth.kerberos.KerberosPrincipal;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonConfigurationKeysPublic;
import org.apache.hadoop.security.SecurityUtil;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.security.UserGroupInformation.AuthenticationMethod;
import org.apache.hadoop.security.authentication.util.KerberosUtil;
import org.clickmill.formats.failure.ClickmillException;

/**
 * The login of a command on a cluster that uses Kerberos, for the whole process.
 *
 * <p>Hadoop itself logs in again by the keytab before a ticket ends, in a thread of its own: that
 * serves commands that go round and round and those that wait for one long job alike, and also what
 * asks for a ticket beside Hadoop's own calls, which would not log in again.
 */
public final class KerberosLogin {
  /** Hadoop reads it once, when it is given the configuration. */
  private static final String RENEWAL =
      CommonConfigurationKeysPublic.HADOOP_KERBEROS_KEYTAB_LOGIN_AUTORENEWAL_ENABLED;

  /** Hadoop puts the name of this machine in its place. */
  private static final String THIS_HOST = "0.0.0.0";

  private static final Pattern ANY = Pattern.compile(".*");
  private static final int MOST_NAMED = 10;

  private KerberosLogin() {}

  /**
   * Logs in by the settings' keytab; without one, sees that there is a ticket, or tokens that
   * somebody else has got for this process. Does nothing where Hadoop uses no Kerberos.
   *
   * @param isRemote whether the command talks to a cluster for certain
   * @throws ClickmillException if the settings are wrong, the login is refused or there is no
   *     ticket
   */
  public static void ensure(Configuration configuration, boolean isRemote) throws IOException {
    var principal = KerberosSettings.PRINCIPAL.get(configuration);
    var keytab = KerberosSettings.KEYTAB.get(configuration);
    requireBoth(principal, keytab);
    var method = SecurityUtil.getAuthenticationMethod(configuration);
    if (method != AuthenticationMethod.KERBEROS) {
      if (principal != null) {
        throw ClickmillException.usage(
            "Cannot log in as %s: %s is %s here, not kerberos. Run where the cluster's"
                + " core-site.xml is on the class path (HADOOP_CONF_DIR), or leave out --principal"
                + " and --keytab.",
            principal,
            CommonConfigurationKeysPublic.HADOOP_SECURITY_AUTHENTICATION,
            method.name().toLowerCase(Locale.ROOT));
      }
      return;
    }
    // What a user or a site file says stays.
    if (configuration.getPropertySources(RENEWAL) == null
        || Arrays.stream(configuration.getPropertySources(RENEWAL))
            .allMatch(source -> source.endsWith("-default.xml"))) {
      configuration.setBoolean(RENEWAL, true);
    }
    tellHadoop(configuration);
    if (principal != null) {
      login(principal, keytab);
    } else if (isRemote) {
      requireTicket();
    }
  }

  private static void requireBoth(String principal, String keytab) {
    if (principal != null && keytab == null) {
      throw ClickmillException.usage(
          "Missing keytab: %s cannot log in without its key. Name the file with --keytab or %s, or"
              + " run kinit and leave out --principal.",
          principal, KerberosSettings.KEYTAB);
    }
    if (principal == null && keytab != null) {
      throw ClickmillException.usage(
          "Missing principal: whose key of %s is to be used? Name it with --principal or %s.",
          keytab, KerberosSettings.PRINCIPAL);
    }
  }

  private static void tellHadoop(Configuration configuration) {
    try {
      UserGroupInformation.setConfiguration(configuration);
    } catch (IllegalArgumentException e) {
      throw ClickmillException.usage(
          "Cannot use Kerberos: %s. Does krb5.conf name the realm (default_realm), and is it the"
              + " one of /etc/krb5.conf or of the Java option -Djava.security.krb5.conf?",
          message(e), e);
    }
  }

  private static void login(String template, String keytab) throws IOException {
    var file = file(keytab);
    var principal = principal(template);
    requireKey(principal, keytab, file);
    try {
      UserGroupInformation.loginUserFromKeytab(principal, file.toString());
    } catch (IOException e) {
      throw refused(principal, keytab, e);
    }
  }

  private static Path file(String keytab) {
    Path file;
    try {
      file = Path.of(keytab).toAbsolutePath();
    } catch (InvalidPathException e) {
      throw ClickmillException.usage("Invalid path of a keytab: '%s'", keytab, e);
    }
    if (!Files.exists(file)) {
      throw ClickmillException.usage(
          "Missing keytab: %s (a file on this machine's disk; make it with ktutil or kadmin's"
              + " ktadd)",
          file);
    }
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw ClickmillException.usage(
          "Cannot read keytab: %s (user %s needs the right to read it, and nobody else should"
              + " have it)",
          file, System.getProperty("user.name"));
    }
    return file;
  }

  /** With the name of this machine and the realm. */
  private static String principal(String template) throws IOException {
    try {
      return new KerberosPrincipal(SecurityUtil.getServerPrincipal(template, THIS_HOST)).getName();
    } catch (IllegalArgumentException e) {
      throw ClickmillException.usage(
          "Invalid principal: %s (%s; expected one like shop@EXAMPLE.COM)",
          template, message(e), e);
    }
  }

  private static void requireKey(String principal, String keytab, Path file) {
    List<String> names;
    try {
      names = List.of(KerberosUtil.getPrincipalNames(file.toString(), ANY));
    } catch (IOException | RuntimeException e) {
      throw ClickmillException.usage(
          "Cannot read keytab: %s is none, or damaged (%s)", keytab, message(e), e);
    }
    if (!names.contains(principal)) {
      var known = names.stream().distinct().sorted().limit(MOST_NAMED).toList();
      throw ClickmillException.usage(
          "Invalid principal: keytab %s has no key of %s, but of %s",
          keytab, principal, known.isEmpty() ? "nobody" : String.join(", ", known));
    }
  }

  private static ClickmillException refused(String principal, String keytab, IOException failure) {
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      var message = message(cause);
      if (cause instanceof IOException || message.contains("Cannot locate KDC")) {
        return ClickmillException.notReady(
            "Cannot reach the KDC of %s: %s. Does it run, and is it the one that krb5.conf names"
                + " (/etc/krb5.conf, or -Djava.security.krb5.conf)?",
            principal, message, failure);
      }
      if (message.contains("Client not found in Kerberos database")) {
        return ClickmillException.usage(
            "Cannot log in as %s: the KDC does not know this principal", principal, failure);
      }
      if (message.contains("Clock skew")) {
        return ClickmillException.failed(
            "Cannot log in as %s: the clocks of this machine and of the KDC differ by more than"
                + " Kerberos allows. Set them by NTP.",
            principal, failure);
      }
    }
    var root = root(failure);
    return ClickmillException.usage(
        "Cannot log in as %s by keytab %s: %s. Was the principal's password or key changed since"
            + " the keytab was made? Then make it again.",
        principal, keytab, message(root), failure);
  }

  private static void requireTicket() throws IOException {
    var user = UserGroupInformation.getLoginUser();
    if (!user.hasKerberosCredentials() && user.getCredentials().numberOfTokens() == 0) {
      throw SecurityFailure.noTicket();
    }
  }

  private static Throwable root(Throwable failure) {
    var root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String message(Throwable failure) {
    return failure.getMessage() == null
        ? failure.getClass().getSimpleName()
        : failure.getMessage().lines().findFirst().orElse("").strip();
  }
}
