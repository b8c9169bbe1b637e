package org.clickmill.drivers.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.UserGroupInformation.AuthenticationMethod;
import org.clickmill.drivers.doctor.LoginCheck.Login;
import org.clickmill.drivers.doctor.LoginCheck.LoginSource;
import org.clickmill.drivers.doctor.LoginCheck.Ticket;
import org.clickmill.drivers.doctor.LoginCheck.TicketSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is looked at without asking anybody else. */
final class ClientChecksTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final LoginSource SIMPLE =
      () -> new Login(false, "miller", AuthenticationMethod.SIMPLE, false);

  @TempDir Path folder;

  private static List<String> texts(List<Finding> findings) {
    return findings.stream().map(Finding::text).toList();
  }

  private static LoginSource kerberos(boolean isFromKeytab) {
    return () -> new Login(true, "miller@MILL", AuthenticationMethod.KERBEROS, isFromKeytab);
  }

  private static String login(LoginSource login, TicketSource tickets) throws IOException {
    var findings = new LoginCheck(login, tickets, Clock.fixed(NOW, ZoneOffset.UTC)).run();
    return texts(findings).get(0);
  }

  private static TicketSource ticket(Duration left) {
    return () ->
        Optional.of(new Ticket("miller@MILL", NOW.plus(left), NOW.plus(Duration.ofDays(7))));
  }

  @Test
  void versionsThatAreTestedAreOk() {
    assertThat(texts(new ClientCheck("17.0.13", "/jdk", "3.5.0").run()))
        .containsExactly(
            "ok       Java of the client: 17.0.13 in /jdk", "ok       Hadoop of the client: 3.5.0");
    assertThat(texts(new ClientCheck("25", "/jdk", "3.3.6.1-vendor").run()))
        .containsExactly(
            "ok       Java of the client: 25 in /jdk",
            "ok       Hadoop of the client: 3.3.6.1-vendor");
  }

  @Test
  void versionsThatAreTooOldFail() {
    assertThat(texts(new ClientCheck("1.8.0_402", "/jdk", "3.3.4").run()))
        .containsExactly(
            "failed   Java of the client: 1.8.0_402 in /jdk, and 17 is the oldest. Set JAVA_HOME to"
                + " one that is supported.",
            "failed   Hadoop of the client: 3.3.4, and 3.3.6 is the oldest. Set HADOOP_HOME to one"
                + " that is supported.");
  }

  @Test
  void versionsThatAreNotTestedAreWarnedOf() {
    assertThat(texts(new ClientCheck("26-ea", "/jdk", "3.6.0-SNAPSHOT").run()))
        .containsExactly(
            "warning  Java of the client: 26-ea in /jdk, and 25 is the newest that is tested. Set"
                + " JAVA_HOME to one that is supported.",
            "warning  Hadoop of the client: 3.6.0-SNAPSHOT, and 3.5 is the newest that is tested."
                + " Set HADOOP_HOME to one that is supported.");
  }

  @Test
  void nativeLibraryIsOnlyNeededWithKerberosAndWithoutACluster() throws IOException {
    assertThat(texts(new NativeLibraryCheck(SIMPLE, true, () -> false).run()))
        .containsExactly(
            "skipped  native library of the client: only a cluster with Kerberos needs it");
    assertThat(texts(new NativeLibraryCheck(kerberos(true), false, () -> false).run()))
        .containsExactly(
            "skipped  native library of the client: jobs run in the cluster's containers");
    assertThat(texts(new NativeLibraryCheck(kerberos(true), true, () -> true).run()))
        .containsExactly("ok       native library of the client: loaded");
    assertThat(texts(new NativeLibraryCheck(kerberos(true), true, () -> false).run()))
        .singleElement()
        .asString()
        .startsWith(
            "failed   native library of the client: it is not there, and with Kerberos no reduce"
                + " task runs without it. Install Hadoop with its native library");
  }

  @Test
  void loginWithoutKerberosIsTold() throws IOException {
    assertThat(login(SIMPLE, Optional::empty))
        .isEqualTo("ok       login: miller, without Kerberos: names of users are not verified");
    assertThat(new LoginCheck(Login::ofProcess, new TicketCache(), Clock.systemUTC()).run())
        .extracting(Finding::state)
        .containsExactly(State.OK);
  }

  @Test
  void keytabNeedsNoTicketAndATokenHasNone() throws IOException {
    assertThat(login(kerberos(true), Optional::empty))
        .isEqualTo("ok       login: miller@MILL by a keytab, which new tickets are obtained by");
    assertThat(
            login(
                () -> new Login(true, "miller", AuthenticationMethod.TOKEN, false),
                Optional::empty))
        .isEqualTo("ok       login: miller by the delegation tokens of a job");
  }

  @Test
  void ticketIsJudgedByTheTimeThatItHasLeft() throws IOException {
    assertThat(login(kerberos(false), Optional::empty))
        .isEqualTo(
            "failed   login: the cluster wants Kerberos, and miller@MILL has no ticket. Run"
                + " kinit, or name a keytab with --principal and --keytab.");
    assertThat(login(kerberos(false), ticket(Duration.ofSeconds(-1))))
        .isEqualTo(
            "failed   login: ticket of miller@MILL until 2026-03-01T11:59:59Z, renewable until"
                + " 2026-03-08T12:00:00Z, which is over. Run kinit, or name a keytab with"
                + " --principal and --keytab.");
    assertThat(login(kerberos(false), ticket(Duration.ofMinutes(59))))
        .isEqualTo(
            "warning  login: ticket of miller@MILL until 2026-03-01T12:59:00Z, renewable until"
                + " 2026-03-08T12:00:00Z. A run fails when its ticket has expired. Run kinit,"
                + " or name a keytab with --principal and --keytab.");
    assertThat(login(kerberos(false), ticket(Duration.ofHours(8))))
        .isEqualTo(
            "ok       login: ticket of miller@MILL until 2026-03-01T20:00:00Z, renewable until"
                + " 2026-03-08T12:00:00Z");
  }

  @Test
  void scratchFolderThatCannotBeWrittenToFails() throws IOException {
    var file = Files.createFile(folder.resolve("file"));
    var configuration = new Configuration();
    configuration.set("hadoop.tmp.dir", file + "/below");
    assertThat(texts(new LocalScratchCheck(configuration).run()))
        .singleElement()
        .asString()
        .startsWith(
            "failed   local scratch folder: cannot write to " + file + "/below/mapred/local (")
        .endsWith("Name a folder on a disk with space by -D hadoop.tmp.dir=FOLDER.");

    configuration.set("hadoop.tmp.dir", folder + "/none");
    assertThat(texts(new LocalScratchCheck(configuration).run()))
        .singleElement()
        .asString()
        .contains(" free (", " %) for " + folder + "/none/mapred/local");
    assertThat(folder).isDirectoryNotContaining("glob:**clickmill-doctor*");
    configuration.set("mapreduce.framework.name", "yarn");
    assertThat(texts(new LocalScratchCheck(configuration).run()))
        .singleElement()
        .asString()
        .contains(" for " + folder + "/none");
  }

  @Test
  void littleRoomIsWarnedOfAndNoneFails() {
    assertThat(Room.judge("space", "there", 200, 1000, "Add.").text())
        .isEqualTo("ok       space: 200 B of 1000 B free (20 %) there");
    assertThat(Room.judge("space", "there", 99L << 30, 1000L << 30, "Add.").text())
        .isEqualTo("warning  space: 99 GB of 1000 GB free (10 %) there. Add.");
    assertThat(Room.judge("space", "there", 0, 1L << 50, "Add.").text())
        .isEqualTo("failed   space: 0 B of 1 PB free (0 %) there. Add.");
    assertThat(Room.judge("space", "there", 1, Long.MAX_VALUE, "Add.").text())
        .isEqualTo("skipped  space: unknown there");
  }
}
