package org.clickmill.drivers.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.PrivilegedExceptionAction;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.client.HdfsAdmin;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.security.UserGroupInformation.AuthenticationMethod;
import org.clickmill.drivers.doctor.LoginCheck.Login;
import org.clickmill.drivers.doctor.LoginCheck.LoginSource;
import org.clickmill.formats.warehouse.HdfsExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/** The checks that ask HDFS. */
@ExtendWith(HdfsExtension.class)
final class HdfsChecksIT {
  private static final LoginSource KERBEROS =
      () -> new Login(true, "miller@MILL", AuthenticationMethod.KERBEROS, true);

  private final Configuration configuration;
  private FileSystem fs;
  private Path root;

  HdfsChecksIT(Configuration configuration) {
    this.configuration = configuration;
  }

  @BeforeEach
  void begin(TestInfo test) throws Exception {
    fs = FileSystem.get(configuration);
    root = fs.makeQualified(new Path("/doctor/" + test.getTestMethod().orElseThrow().getName()));
    assertThat(fs.mkdirs(root)).isTrue();
  }

  private static List<String> texts(List<Finding> findings) {
    return findings.stream().map(Finding::text).toList();
  }

  @Test
  void hdfsHoldsAWarehouseAndIsLeftAsItWas() throws Exception {
    assertThat(texts(new FileSystemCheck(new Path(root, "shop"), configuration).run()))
        .containsExactly(
            "ok       warehouse: %1$s/shop is not there yet, and can be created in %1$s; nothing is"
                    .formatted(root)
                + " created or renamed over what exists, folders move as a whole");
    assertThat(texts(new RegionCheck(root, configuration).run()))
        .containsExactly(
            "ok       encryption zone or disk: the whole warehouse is in no encryption zone");
    assertThat(texts(new ClockCheck(root, configuration, Clock.systemUTC()).run()))
        .containsExactly("ok       clock of the file system: it is within 5 s of the client's");
    assertThat(fs.listStatus(root))
        .allSatisfy(
            status -> {
              assertThat(status.getPath().getName()).isEqualTo("_staging");
              assertThat(fs.listStatus(status.getPath())).isEmpty();
            });
  }

  @Test
  void folderWithoutRightsFails() throws Exception {
    var clerk = UserGroupInformation.createUserForTesting("clerk", new String[] {"clerks"});
    PrivilegedExceptionAction<List<Finding>> check =
        () -> new FileSystemCheck(new Path(root, "shop"), configuration).run();
    assertThat(texts(clerk.doAs(check)))
        .singleElement()
        .asString()
        .startsWith("failed   warehouse: Permission denied: user=clerk, access=WRITE_EXECUTE")
        .endsWith(". Give user and group the right to write there and to enter it.");
  }

  @Test
  void quotaThatIsUsedUpFails() throws Exception {
    var admin = new HdfsAdmin(fs.getUri(), configuration);
    assertThat(texts(new SpaceCheck(root, configuration).run()))
        .hasSize(2)
        .satisfies(
            findings -> {
              assertThat(findings.get(0))
                  .matches("(ok|warning) +space: .* of .* free \\(\\d+ %\\) of hdfs://.*");
              assertThat(findings.get(1)).isEqualTo("ok       quota: " + root + " has none");
            });
    admin.setQuota(root, 1);
    assertThat(texts(new SpaceCheck(root, configuration).run()))
        .contains(
            "failed   quota: "
                + root
                + " has 0 of 1 names left. Have an administrator raise it (hdfs dfsadmin -setQuota,"
                + " -setSpaceQuota).");
    admin.clearQuota(root);
  }

  @Test
  void delegationTokensAreObtainedAndTheirLifetimesTold() throws Exception {
    assertThat(texts(tokens(Clock.systemUTC())))
        .containsExactly(
            "ok       delegation tokens: HDFS_DELEGATION_TOKEN is to be renewed within 24 h and"
                + " lives 168 h");
    // As if they lived seven days less six and a half.
    var later = Clock.offset(Clock.systemUTC(), Duration.ofHours(156));
    assertThat(texts(tokens(later)))
        .singleElement()
        .asString()
        .startsWith("warning  delegation tokens: HDFS_DELEGATION_TOKEN is to be renewed within ")
        .contains(" and lives 12 h. A job that runs longer fails: raise ");
  }

  private List<Finding> tokens(Clock clock) throws Exception {
    return new TokenCheck(root, configuration, KERBEROS, clock).run();
  }

  @Test
  void whoDidNotLogInByKerberosNeedsNoTokens() throws Exception {
    assertThat(
            texts(new TokenCheck(root, configuration, Login::ofProcess, Clock.systemUTC()).run()))
        .containsExactly(
            "skipped  delegation tokens: only who logged in by Kerberos obtains and needs them");
  }
}
