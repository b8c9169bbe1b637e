package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.nativeio.NativeIO;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.mapreduce.security.TokenCache;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.security.UserGroupInformation;
import org.clickmill.formats.failure.ClickmillException;

/**
 * What a job needs on a cluster that uses Kerberos. Its tasks have no ticket: they get delegation
 * tokens of the file systems that they read and write, new ones for each job, which YARN renews
 * while the job runs and cancels afterwards. Where there is no Kerberos, nothing happens.
 */
public final class JobSecurity {
  /** What the driver is to its own master, where it is an action of Oozie's, say. */
  private static final Text MASTERS_TOKEN = new Text("YARN_AM_RM_TOKEN");

  private static final String RENEWER = "yarn.resourcemanager.principal";

  private JobSecurity() {}

  /**
   * Gets the tokens, or sees that a job in this process can do without.
   *
   * @param paths of all file systems that tasks touch
   * @throws ClickmillException if Hadoop could not sort or merge in this process
   */
  static void prepare(Job job, Collection<Path> paths) throws IOException {
    if (!UserGroupInformation.isSecurityEnabled()) {
      return;
    }
    var configuration = job.getConfiguration();
    var user = UserGroupInformation.getCurrentUser();
    if (Slots.isLocal(configuration)) {
      requireNativeLibrary(job);
      // Hadoop wants a name for the renewer of tokens, also where there will be none.
      configuration.setIfUnset(RENEWER, user.getUserName());
      return;
    }
    if (!user.hasKerberosCredentials()) {
      share(user.getCredentials(), job);
    }
    TokenCache.obtainTokensForNamenodes(
        job.getCredentials(), ofEachFileSystem(paths), configuration);
  }

  /** Somebody else has got tokens for this process, and all its jobs live on them. */
  static void share(Credentials given, Job job) {
    // By the names they have: that of a KMS's token is not its service.
    given
        .getTokenMap()
        .forEach(
            (name, token) -> {
              if (!token.getKind().equals(MASTERS_TOKEN)) {
                job.getCredentials().addToken(name, token);
              }
            });
    // Or the end of one job would take them from the next.
    job.getConfiguration().setBoolean(MRJobConfig.JOB_CANCEL_DELEGATION_TOKEN, false);
  }

  private static Path[] ofEachFileSystem(Collection<Path> paths) {
    var first = new LinkedHashMap<String, Path>();
    for (var path : paths) {
      var uri = path.toUri();
      first.putIfAbsent(
          Objects.toString(uri.getScheme()) + "://" + Objects.toString(uri.getAuthority()), path);
    }
    return first.values().toArray(Path[]::new);
  }

  private static void requireNativeLibrary(Job job) {
    if (isMissingNativeLibrary(job.getConfiguration())) {
      throw ClickmillException.usage(
          "Cannot run the job %s in this process: Kerberos is on, and then Hadoop merges only with"
              + " its native library, which is not on java.library.path (%s). Run it on the cluster"
              + " (-D mapreduce.framework.name=yarn), or name the folder with libhadoop.so"
              + " (JAVA_LIBRARY_PATH, or -Djava.library.path).",
          job.getJobName(), System.getProperty("java.library.path", ""));
    }
  }

  /**
   * Whether a job with reducers would fail in this process: with Kerberos, Hadoop checks the owner
   * of what mappers left, by native code.
   */
  public static boolean isMissingNativeLibrary(Configuration job) {
    return job.getInt(MRJobConfig.NUM_REDUCES, 1) > 0
        && UserGroupInformation.isSecurityEnabled()
        && !NativeIO.isAvailable();
  }
}
