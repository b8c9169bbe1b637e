package org.clickmill.testdata.kafka;

import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import org.clickmill.testdata.process.ChildProcess;

/**
 * What runs in the broker's process: formats the folder unless it is, runs Kafka, and ends when the
 * process that started it does, however that ends. Kafka's classes are on this process's class path
 * only, so they are called by name.
 */
final class BrokerProcess {
  private BrokerProcess() {}

  /**
   * Runs the broker.
   *
   * @param arguments the properties file and the cluster's id
   */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    ChildProcess.endWithParent();
    var properties = Path.of(arguments[0]).toString();
    format(properties, arguments[1]);
    Class.forName("kafka.Kafka")
        .getMethod("main", String[].class)
        .invoke(null, (Object) new String[] {properties});
  }

  private static void format(String properties, String clusterId)
      throws ReflectiveOperationException {
    var command = new String[] {"format", "-t", clusterId, "-c", properties, "--ignore-formatted"};
    try {
      Class.forName("kafka.tools.StorageTool")
          .getMethod("execute", String[].class, PrintStream.class)
          .invoke(null, command, System.out);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("Cannot format: " + e.getCause().getMessage(), e.getCause());
    }
  }
}
