package org.clickmill.drivers.doctor;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.security.token.Token;
import org.apache.hadoop.security.token.delegation.AbstractDelegationTokenIdentifier;
import org.clickmill.drivers.doctor.LoginCheck.LoginSource;
import org.clickmill.formats.warehouse.WarehouseSite;

/**
 * The delegation tokens that tasks reach the warehouse's file system by: whether they can be
 * obtained, and how long they live. Those that are obtained here are cancelled.
 */
final class TokenCheck implements Check {
  private static final String NAME = "delegation tokens";

  /** A token that lives less long may be over before a long run is. */
  private static final Duration SHORT = Duration.ofDays(1);

  private final Path root;
  private final Configuration configuration;
  private final LoginSource logins;
  private final Clock clock;

  TokenCheck(Path root, Configuration configuration, LoginSource logins, Clock clock) {
    this.root = root;
    this.configuration = configuration;
    this.logins = logins;
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String advice() {
    return "Without them no task reaches the warehouse: check that the file system's own log says"
        + " why it gives none.";
  }

  @Override
  public List<Finding> run() throws IOException, InterruptedException {
    if (!logins.current().isByKerberos()) {
      return List.of(
          Finding.skipped(NAME, "only who logged in by Kerberos obtains and needs them"));
    }
    var fs = WarehouseSite.of(root, configuration).fileSystem();
    // Whom they are issued to may renew them, and so learns for how long that is.
    var tokens =
        fs.addDelegationTokens(
            UserGroupInformation.getCurrentUser().getShortUserName(), new Credentials());
    if (tokens == null || tokens.length == 0) {
      return List.of(Finding.ok(NAME, fs.getUri() + " needs none"));
    }
    var findings = new ArrayList<Finding>();
    for (var token : tokens) {
      findings.add(judge(token));
    }
    return findings;
  }

  private Finding judge(Token<?> token) throws IOException, InterruptedException {
    try {
      var now = clock.instant();
      var renewed = Duration.between(now, Instant.ofEpochMilli(token.renew(configuration)));
      var found = token.getKind() + " is to be renewed within " + text(renewed);
      if (!(token.decodeIdentifier() instanceof AbstractDelegationTokenIdentifier identifier)) {
        return Finding.ok(NAME, found);
      }
      var life = Duration.between(now, Instant.ofEpochMilli(identifier.getMaxDate()));
      found += " and lives " + text(life);
      return life.compareTo(SHORT) < 0
          ? Finding.warning(
              NAME,
              found,
              "A job that runs longer fails: raise the maximum lifetime of delegation tokens"
                  + " (dfs.namenode.delegation.token.max-lifetime on HDFS).")
          : Finding.ok(NAME, found);
    } finally {
      token.cancel(configuration);
    }
  }

  /** Rounded, since some milliseconds have passed. */
  private static String text(Duration time) {
    long minutes = time.plusSeconds(30).toMinutes();
    return minutes < 60
        ? minutes + " min"
        : String.format(Locale.ROOT, "%d h %d min", minutes / 60, minutes % 60)
            .replace(" 0 min", "");
  }
}
