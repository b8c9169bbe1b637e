package org.clickmill.oozie;

import java.io.IOException;

/**
 * What runs in the server's process: Oozie's own server, until the process that started it ends,
 * however that ends. Oozie's classes are on this process's class path only.
 */
final class OozieServerProcess {
  private OozieServerProcess() {}

  public static void main(String[] arguments) throws ReflectiveOperationException {
    endWithParent();
    Class.forName("org.apache.oozie.server.EmbeddedOozieServer")
        .getMethod("main", String[].class)
        .invoke(null, (Object) arguments);
  }

  /** The parent holds the other end of standard input, which closes even when it is killed. */
  private static void endWithParent() {
    var watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // Nothing is ever sent.
                }
              } catch (IOException e) {
                // The parent is gone as well.
              }
              Runtime.getRuntime().halt(1);
            },
            "end-with-parent");
    watch.setDaemon(true);
    watch.start();
  }
}
