package org.clickmill.drivers.kerberos;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.token.SecretManager.InvalidToken;
import org.clickmill.formats.failure.ClickmillException;

/** Says what a cluster refuses to whom, and what to do. */
public final class SecurityFailure {
  private static final String NO_TICKET =
      "Missing Kerberos ticket: run kinit or give --principal and --keytab";

  /** As the NameNode words it. */
  private static final Pattern DENIED =
      Pattern.compile(
          "user=(?<user>[^,]+), access=(?<access>[A-Z_]+),"
              + " inode=\"(?<path>[^\"]*)\":(?<owner>[^:]+):(?<group>[^:]+):(?<mode>\\S+)");

  private SecurityFailure() {}

  /** The failure of a command that nobody has logged in for. */
  public static ClickmillException noTicket() {
    return ClickmillException.usage(NO_TICKET);
  }

  /**
   * What is to be said of a failure, or empty if it is none of security.
   *
   * @param failure as Hadoop threw it
   */
  public static Optional<ClickmillException> of(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      var told = told(cause, firstLine(cause), failure);
      if (told.isPresent()) {
        return told;
      }
    }
    return Optional.empty();
  }

  private static Optional<ClickmillException> told(
      Throwable cause, String message, Throwable failure) {
    // Whoever cannot be told from nobody is refused with the same exception as who lacks a right.
    if (message.contains("Client cannot authenticate via:[")
        || message.contains("Failed to find any Kerberos tgt")) {
      return Optional.of(ClickmillException.usage(NO_TICKET, failure));
    }
    if (message.contains("SIMPLE authentication is not enabled")) {
      return Optional.of(
          ClickmillException.usage(
              "Cannot log in: the cluster asks for Kerberos, but hadoop.security.authentication is"
                  + " simple here. Run with the cluster's own core-site.xml (HADOOP_CONF_DIR).",
              failure));
    }
    if (message.contains("GSS initiate failed")) {
      return Optional.of(
          ClickmillException.failed(
              "Cannot log in to the cluster: %s. Has the ticket expired (klist), are the clocks"
                  + " alike, and are the principals in the site files the servers'?",
              message, failure));
    }
    if (cause instanceof InvalidToken || message.contains("$InvalidToken")) {
      return Optional.of(
          ClickmillException.failed(
              "Cannot go on: a delegation token is not valid any more (%s). Run again.",
              message, failure));
    }
    boolean isDenied =
        cause instanceof AccessControlException || message.contains("AccessControlException: ");
    return isDenied ? Optional.of(denied(message, failure)) : Optional.empty();
  }

  private static ClickmillException denied(String message, Throwable failure) {
    var denied = DENIED.matcher(message);
    if (!denied.find()) {
      return ClickmillException.usage(
          "Missing right: %s. Ask for it, or run as another user (kinit, or --principal and"
              + " --keytab).",
          message.replaceFirst("^.*AccessControlException: ", "").replaceFirst("\\.$", ""),
          failure);
    }
    return ClickmillException.usage(
        "Missing right: user %s may not %s %s (%s, of user %s and group %s). Ask its owner for the"
            + " right, or run as another user (kinit, or --principal and --keytab).",
        denied.group("user"),
        verbs(denied.group("access")),
        denied.group("path"),
        denied.group("mode"),
        denied.group("owner"),
        denied.group("group"),
        failure);
  }

  /** Such as "read or search", of READ_EXECUTE. */
  private static String verbs(String access) {
    return access.toLowerCase(Locale.ROOT).replace("execute", "search").replace("_", " or ");
  }

  private static String firstLine(Throwable failure) {
    var message = failure.getMessage();
    return message == null ? "" : message.lines().findFirst().orElse("");
  }
}
