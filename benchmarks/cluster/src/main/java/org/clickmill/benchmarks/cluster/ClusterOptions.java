package org.clickmill.benchmarks.cluster;

/**
 * How large the cluster is.
 *
 * @param nodes how many NodeManagers there are
 * @param nodeMegabytes memory for the containers of a node
 * @param containerMegabytes memory of the container of a task or an ApplicationMaster
 * @param heap of tasks, ApplicationMasters and clients, as Java's -Xmx takes it
 * @param isHighlyAvailable whether it outlives the loss of any server; see {@link HighAvailability}
 */
record ClusterOptions(
    int nodes, int nodeMegabytes, int containerMegabytes, String heap, boolean isHighlyAvailable) {
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

  /** Of a cluster with one server of each kind, but for the nodes. */
  ClusterOptions(int nodes, int nodeMegabytes, int containerMegabytes, String heap) {
    this(nodes, nodeMegabytes, containerMegabytes, heap, false);
  }

  /** How many DataNodes there are, and copies of each block. */
  int dataNodes() {
    return isHighlyAvailable ? 2 : 1;
  }
}
