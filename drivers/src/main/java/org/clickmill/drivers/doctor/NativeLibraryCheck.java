package org.clickmill.drivers.doctor;

import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.clickmill.drivers.doctor.LoginCheck.LoginSource;

/**
 * Hadoop's native library in this process. With security on no reduce task runs without it, and
 * without a cluster tasks run here.
 */
final class NativeLibraryCheck implements Check {
  private static final String NAME = "native library of the client";

  private final LoginSource logins;
  private final boolean isLocal;
  private final BooleanSupplier isLoaded;

  /**
   * @param isLocal whether jobs run in this process
   * @param isLoaded whether the library is there, and has what tasks need
   */
  NativeLibraryCheck(LoginSource logins, boolean isLocal, BooleanSupplier isLoaded) {
    this.logins = logins;
    this.isLocal = isLocal;
    this.isLoaded = isLoaded;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String advice() {
    return "Install Hadoop with its native library, and name its folder by"
        + " -Djava.library.path=$HADOOP_HOME/lib/native in CLICKMILL_JAVA_OPTS; or run jobs on the"
        + " cluster.";
  }

  @Override
  public List<Finding> run() throws IOException {
    if (!isLocal) {
      return List.of(Finding.skipped(NAME, "jobs run in the cluster's containers"));
    }
    if (!logins.current().isSecure()) {
      return List.of(Finding.skipped(NAME, "only a cluster with Kerberos needs it"));
    }
    return List.of(
        isLoaded.getAsBoolean()
            ? Finding.ok(NAME, "loaded")
            : Finding.failed(
                NAME,
                "it is not there, and with Kerberos no reduce task runs without it",
                advice()));
  }
}
