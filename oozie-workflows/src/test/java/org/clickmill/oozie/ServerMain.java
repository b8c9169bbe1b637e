package org.clickmill.oozie;

import java.util.Arrays;
import org.clickmill.testdata.process.ChildProcess;

/**
 * What runs in the process of a server whose classes are on that process's class path only: its own
 * main class, until the process that started it ends, however that ends.
 */
final class ServerMain {
  private ServerMain() {}

  /**
   * Runs the server.
   *
   * @param arguments its main class, and the arguments of that
   */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    ChildProcess.endWithParent();
    Class.forName(arguments[0])
        .getMethod("main", String[].class)
        .invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
  }
}
