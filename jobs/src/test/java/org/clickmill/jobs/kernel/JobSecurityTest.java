package org.clickmill.jobs.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.security.token.Token;
import org.apache.hadoop.security.token.TokenIdentifier;
import org.junit.jupiter.api.Test;

final class JobSecurityTest {
  private static Token<TokenIdentifier> token(String kind, String service) {
    return new Token<>(new byte[] {1}, new byte[] {2}, new Text(kind), new Text(service));
  }

  /** By them Hadoop looks for a token before it asks for another, which only a ticket gets. */
  @Test
  void tokensThatSomebodyElseHasGotKeepTheirNames() throws IOException {
    var given = new Credentials();
    var ofKms = token("kms-dt", "127.0.0.1:9600");
    given.addToken(new Text("kms://http@kms:9600/kms"), ofKms);
    given.addToken(new Text("master"), token("YARN_AM_RM_TOKEN", "127.0.0.1:8030"));
    var job = Job.getInstance(new Configuration(false));

    JobSecurity.share(given, job);

    assertThat(job.getCredentials().getTokenMap())
        .containsOnlyKeys(new Text("kms://http@kms:9600/kms"))
        .containsValue(ofKms);
    assertThat(job.getConfiguration().getBoolean(MRJobConfig.JOB_CANCEL_DELEGATION_TOKEN, true))
        .isFalse();
  }
}
