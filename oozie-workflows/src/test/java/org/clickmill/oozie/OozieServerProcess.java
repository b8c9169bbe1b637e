package org.clickmill.oozie;

import org.clickmill.testdata.process.ChildProcess;

/**
 * What runs in the server's process: Oozie's own server, until the process that started it ends,
 * however that ends. Oozie's classes are on this process's class path only.
 */
final class OozieServerProcess {
  private OozieServerProcess() {}

  public static void main(String[] arguments) throws ReflectiveOperationException {
    ChildProcess.endWithParent();
    Class.forName("org.apache.oozie.server.EmbeddedOozieServer")
        .getMethod("main", String[].class)
        .invoke(null, (Object) arguments);
  }
}
