package org.clickmill.drivers.doctor;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.security.UserGroupInformation.AuthenticationMethod;

/** Who the user is, and for how long. */
final class LoginCheck implements Check {
  private static final String NAME = "login";
  private static final Duration SHORT = Duration.ofHours(1);
  private static final String ADVICE = "Run kinit, or name a keytab with --principal and --keytab.";

  private final LoginSource logins;
  private final TicketSource tickets;
  private final Clock clock;

  LoginCheck(LoginSource logins, TicketSource tickets, Clock clock) {
    this.logins = logins;
    this.tickets = tickets;
    this.clock = clock;
  }

  /** Tells who is logged in. */
  @FunctionalInterface
  interface LoginSource {
    Login current() throws IOException;
  }

  /** Where the ticket of a user who ran {@code kinit} is found. */
  @FunctionalInterface
  interface TicketSource {
    /** The ticket that others are obtained by; empty if there is none. */
    Optional<Ticket> find() throws IOException;
  }

  /**
   * A ticket.
   *
   * @param principal whom it is for
   * @param end when it expires
   * @param renewableUntil until when it can be renewed, or null if it cannot
   */
  record Ticket(String principal, Instant end, Instant renewableUntil) {}

  /**
   * Who is logged in.
   *
   * @param isSecure whether Hadoop's security is on
   * @param user the principal or the name
   * @param method how the user was authenticated
   * @param isFromKeytab whether a keytab is at hand that new tickets are obtained by
   */
  record Login(boolean isSecure, String user, AuthenticationMethod method, boolean isFromKeytab) {
    /** Of this process. */
    static Login ofProcess() throws IOException {
      var user = UserGroupInformation.getCurrentUser();
      return new Login(
          UserGroupInformation.isSecurityEnabled(),
          user.getUserName(),
          user.getAuthenticationMethod(),
          user.isFromKeytab());
    }

    /** Whether delegation tokens can be asked for: not by what came with tokens itself. */
    boolean isByKerberos() {
      return isSecure && method == AuthenticationMethod.KERBEROS;
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String advice() {
    return "Check krb5.conf, and that the KDC is up.";
  }

  @Override
  public List<Finding> run() throws IOException {
    var login = logins.current();
    if (!login.isSecure()) {
      return List.of(
          Finding.ok(NAME, login.user() + ", without Kerberos: names of users are not verified"));
    }
    if (login.isFromKeytab()) {
      return List.of(
          Finding.ok(NAME, login.user() + " by a keytab, which new tickets are obtained by"));
    }
    if (login.method() == AuthenticationMethod.TOKEN) {
      return List.of(Finding.ok(NAME, login.user() + " by the delegation tokens of a job"));
    }
    var ticket = tickets.find();
    return List.of(ticket.isEmpty() ? none(login) : judge(ticket.get()));
  }

  private static Finding none(Login login) {
    return Finding.failed(
        NAME, "the cluster wants Kerberos, and " + login.user() + " has no ticket", ADVICE);
  }

  private Finding judge(Ticket ticket) {
    var now = clock.instant();
    var found =
        "ticket of "
            + ticket.principal()
            + " until "
            + ticket.end()
            + (ticket.renewableUntil() == null
                ? ""
                : ", renewable until " + ticket.renewableUntil());
    if (!ticket.end().isAfter(now)) {
      return Finding.failed(NAME, found + ", which is over", ADVICE);
    }
    return Duration.between(now, ticket.end()).compareTo(SHORT) < 0
        ? Finding.warning(NAME, found, "A run fails when its ticket has expired. " + ADVICE)
        : Finding.ok(NAME, found);
  }
}
