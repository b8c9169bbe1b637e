/**
 * A small Hadoop cluster for tests of what runs on a cluster: HDFS, YARN and MapReduce's history
 * server in one process, on free ports, with the class path of a Hadoop and nothing of Clickmill's.
 * Who starts {@link org.clickmill.oozie.cluster.ClusterProcess} reads the addresses from the site
 * files that it writes, and sends it lines to stop and start the node.
 */
package org.clickmill.oozie.cluster;
