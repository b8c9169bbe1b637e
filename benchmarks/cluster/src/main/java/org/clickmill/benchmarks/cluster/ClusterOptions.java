package org.clickmill.benchmarks.cluster;

/**
 * How large the cluster is.
 *
 * @param nodes how many NodeManagers there are
 * @param nodeMegabytes memory for the containers of a node
 * @param containerMegabytes memory of the container of a task or an ApplicationMaster
 * @param heap of tasks, ApplicationMasters and clients, as Java's -Xmx takes it
 */
record ClusterOptions(int nodes, int nodeMegabytes, int containerMegabytes, String heap) {
  ClusterOptions {
    if (nodes < 1 || containerMegabytes < 128 || nodeMegabytes < containerMegabytes) {
      throw new BigDayException(
          "Invalid cluster: %d nodes of %d MB for containers of %d MB",
          nodes, nodeMegabytes, containerMegabytes);
    }
    if (nodes * (nodeMegabytes / containerMegabytes) < 2) {
      throw new BigDayException(
          "Invalid cluster: there must be room for an ApplicationMaster and a task");
    }
  }
}
