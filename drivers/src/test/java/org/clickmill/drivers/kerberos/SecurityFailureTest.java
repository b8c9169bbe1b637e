package org.clickmill.drivers.kerberos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.token.SecretManager.InvalidToken;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.junit.jupiter.api.Test;

final class SecurityFailureTest {
  private static final String DENIED =
      "Permission denied: user=ann, access=READ_EXECUTE,"
          + " inode=\"/shops/a\":shop:staff:drwx------\n\tat org.apache.hadoop.hdfs.server";

  @Test
  void rightThatIsMissingIsToldWithUserPathAndWhatToDo() {
    var told = SecurityFailure.of(new AccessControlException(DENIED)).orElseThrow();
    assertThat(told)
        .hasMessage(
            "Missing right: user ann may not read or search /shops/a (drwx------, of user shop and"
                + " group staff). Ask its owner for the right, or run as another user (kinit, or"
                + " --principal and --keytab).");
    assertThat(told.failure()).isEqualTo(Failure.USAGE);
  }

  @Test
  void rightIsFoundWithinAnotherFailure() {
    var wrapped =
        new IOException(
            "Failed to submit application",
            new IOException(
                "org.apache.hadoop.security.AccessControlException: User ann cannot submit to queue"
                    + " nightly."));
    assertThat(SecurityFailure.of(wrapped).orElseThrow())
        .hasMessageStartingWith(
            "Missing right: User ann cannot submit to queue nightly. Ask for it");
  }

  @Test
  void nobodyIsToldToLogIn() {
    var nobody =
        new IOException(
            "DestHost:destPort a:1 , LocalHost:localPort b:0. Failed on local exception:"
                + " java.io.IOException: org.apache.hadoop.security.AccessControlException: Client"
                + " cannot authenticate via:[TOKEN, KERBEROS]");
    assertThat(SecurityFailure.of(nobody).orElseThrow())
        .hasMessage("Missing Kerberos ticket: run kinit or give --principal and --keytab");
  }

  @Test
  void clientOfAnotherKindOfClusterIsToldSo() {
    var simple =
        new AccessControlException(
            "SIMPLE authentication is not enabled.  Available:[TOKEN, KERBEROS]");
    assertThat(SecurityFailure.of(simple).orElseThrow())
        .hasMessageStartingWith("Cannot log in: the cluster asks for Kerberos, but ");
  }

  @Test
  void tokenThatIsNotValidAnyMoreIsNamed() {
    var told = SecurityFailure.of(new InvalidToken("token is expired")).orElseThrow();
    assertThat(told)
        .hasMessage(
            "Cannot go on: a delegation token is not valid any more (token is expired). Run"
                + " again.");
    assertThat(told.failure()).isEqualTo(Failure.FAILED);
  }

  @Test
  void otherFailuresAreLeftAlone() {
    assertThat(SecurityFailure.of(new IOException("Connection refused"))).isEmpty();
    assertThat(SecurityFailure.of(new ClickmillException(Failure.FAILED, "Cannot go on")))
        .isEmpty();
  }
}
