package org.clickmill.drivers.doctor;

import org.apache.hadoop.io.nativeio.NativeIO;
import org.apache.hadoop.util.VersionInfo;

/**
 * What a container tells of itself.
 *
 * @param java the version of its Java
 * @param javaHome where that lies
 * @param hadoop the version of its Hadoop
 * @param user the user of the operating system that it runs as
 * @param host where it runs, or an empty text
 * @param heapMb how large its heap may grow
 * @param hasNativeLibrary whether Hadoop's native library is there, and has what tasks need
 * @param clock what its clock showed when it wrote this, in milliseconds
 */
record ContainerReport(
    String java,
    String javaHome,
    String hadoop,
    String user,
    String host,
    long heapMb,
    boolean hasNativeLibrary,
    long clock) {
  /** Of this process. */
  static ContainerReport ofProcess() {
    var host = System.getenv("NM_HOST");
    return new ContainerReport(
        System.getProperty("java.version"),
        System.getProperty("java.home"),
        VersionInfo.getVersion(),
        System.getProperty("user.name"),
        host == null ? "" : host,
        Runtime.getRuntime().maxMemory() >> 20,
        NativeIO.isAvailable(),
        System.currentTimeMillis());
  }
}
