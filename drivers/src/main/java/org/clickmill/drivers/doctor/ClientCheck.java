package org.clickmill.drivers.doctor;

import java.util.List;

/** The Java and the Hadoop of this process. */
final class ClientCheck implements Check {
  private static final String JAVA = "Java of the client";
  private static final String HADOOP = "Hadoop of the client";

  private final String java;
  private final String home;
  private final String hadoop;

  /**
   * @param java its version
   * @param home where it lies
   * @param hadoop the version of the libraries
   */
  ClientCheck(String java, String home, String hadoop) {
    this.java = java;
    this.home = home;
    this.hadoop = hadoop;
  }

  @Override
  public String name() {
    return JAVA;
  }

  @Override
  public String advice() {
    return "Set JAVA_HOME to one that is supported.";
  }

  @Override
  public List<Finding> run() {
    return List.of(
        Versions.ofJava(JAVA, java, java + " in " + home, advice()),
        Versions.ofHadoop(HADOOP, hadoop, hadoop, "Set HADOOP_HOME to one that is supported."));
  }
}
