package org.clickmill.drivers.doctor;

import java.io.IOException;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.kerberos.KerberosTicket;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.clickmill.drivers.doctor.LoginCheck.Ticket;
import org.clickmill.drivers.doctor.LoginCheck.TicketSource;

/** The cache that {@code kinit} writes, as Java finds it. Hadoop does not tell of its tickets. */
final class TicketCache implements TicketSource {
  private static final String MODULE = "com.sun.security.auth.module.Krb5LoginModule";
  private static final String OF_TICKETS = "krbtgt/";

  @Override
  public Optional<Ticket> find() throws IOException {
    var subject = new Subject();
    try {
      new LoginContext("clickmill-doctor", subject, null, new CacheOnly()).login();
    } catch (FailedLoginException e) {
      return Optional.empty();
    } catch (LoginException e) {
      // So it says where the cache is empty, or is not there.
      if (String.valueOf(e.getMessage()).contains("Unable to obtain")) {
        return Optional.empty();
      }
      throw new IOException("Cannot read the ticket cache: " + e.getMessage(), e);
    }
    return subject.getPrivateCredentials(KerberosTicket.class).stream()
        .filter(ticket -> ticket.getServer().getName().startsWith(OF_TICKETS))
        .findFirst()
        .map(TicketCache::ticket);
  }

  private static Ticket ticket(KerberosTicket ticket) {
    Date renewable = ticket.getRenewTill();
    return new Ticket(
        ticket.getClient().getName(),
        ticket.getEndTime().toInstant(),
        renewable == null ? null : renewable.toInstant());
  }

  /** A login by the cache alone, which asks nobody for a password. */
  private static final class CacheOnly extends Configuration {
    @Override
    public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
      return new AppConfigurationEntry[] {
        new AppConfigurationEntry(
            MODULE,
            LoginModuleControlFlag.REQUIRED,
            Map.of("useTicketCache", "true", "doNotPrompt", "true"))
      };
    }
  }
}
