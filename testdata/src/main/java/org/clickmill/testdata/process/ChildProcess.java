package org.clickmill.testdata.process;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** What a process and the one that started it have to do with each other. */
public final class ChildProcess {
  private ChildProcess() {}

  /**
   * Ends this process when the one that started it does, however that ends: the parent holds the
   * other end of standard input, which closes even when it is killed.
   */
  public static void endWithParent() {
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

  /** The folder or jar that a class lies in, for the class path of a child. */
  public static String placeOf(Class<?> type) {
    try {
      var source = type.getProtectionDomain().getCodeSource();
      return Path.of(source.getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
