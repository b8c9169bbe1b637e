package org.clickmill.drivers.doctor;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.clickmill.drivers.doctor.ContainerProbe.Answer;
import org.clickmill.drivers.doctor.LoginCheck.LoginSource;
import org.clickmill.formats.failure.ClickmillException;

/** The containers of the cluster, by a job that runs in one. */
final class ContainerCheck implements Check {
  private static final String JAVA = "containers";
  private static final String HADOOP = "Hadoop of the containers";
  private static final String NATIVE = "native library of the containers";
  private static final String CLOCK = "clock of the containers";
  private static final String ADVICE_JAVA =
      "Name the folder of a Java 17 or newer that all nodes have by -D clickmill.java-home=FOLDER.";

  private final boolean isLocal;
  private final LoginSource logins;
  private final Prober prober;

  /** Asks a container. */
  @FunctionalInterface
  interface Prober {
    Answer ask() throws IOException, InterruptedException;
  }

  /**
   * @param isLocal whether jobs run in this process, so that there are no containers
   */
  ContainerCheck(boolean isLocal, LoginSource logins, Prober prober) {
    this.isLocal = isLocal;
    this.logins = logins;
    this.prober = prober;
  }

  @Override
  public String name() {
    return JAVA;
  }

  @Override
  public String advice() {
    return "Look for 'clickmill doctor' on the ResourceManager's page: it may wait for room in its"
        + " queue, for which --timeout gives it more time, or its log says why it failed.";
  }

  @Override
  public List<Finding> run() throws IOException, InterruptedException {
    if (isLocal) {
      return List.of(Finding.skipped(JAVA, "jobs run in this process, without a cluster"));
    }
    try {
      return judge(prober.ask());
    } catch (ClickmillException e) {
      var reason = Reasons.describe(e);
      boolean isJava =
          reason.contains("UnsupportedClassVersionError") || reason.contains("bin/java");
      return List.of(Finding.failed(JAVA, reason, isJava ? ADVICE_JAVA : advice()));
    }
  }

  private List<Finding> judge(Answer answer) throws IOException {
    var report = answer.report();
    var found =
        String.format(
            Locale.ROOT,
            "Java %s in %s, as user %s%s, with a heap of %,d MB",
            report.java(),
            report.javaHome(),
            report.user(),
            report.host().isEmpty() ? "" : " on " + report.host(),
            report.heapMb());
    return List.of(
        Versions.ofJava(JAVA, report.java(), found, ADVICE_JAVA),
        Versions.ofHadoop(
            HADOOP,
            report.hadoop(),
            report.hadoop(),
            "Ask the cluster's administrator for one that is supported."),
        nativeLibrary(report),
        Skew.judge(CLOCK, "it is", answer.aheadMillis()));
  }

  private Finding nativeLibrary(ContainerReport report) throws IOException {
    if (report.hasNativeLibrary()) {
      return Finding.ok(NATIVE, "loaded");
    }
    return logins.current().isSecure()
        ? Finding.failed(
            NATIVE,
            "it is not there, and with Kerberos no reduce task runs without it",
            "Install Hadoop's native library on all nodes, and name its folder by -D"
                + " mapreduce.admin.user.env=LD_LIBRARY_PATH=$HADOOP_COMMON_HOME/lib/native.")
        : Finding.ok(NATIVE, "not there, and only needed with Kerberos");
  }
}
