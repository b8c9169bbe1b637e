package org.clickmill.formats.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.protocol.DSQuotaExceededException;
import org.apache.hadoop.hdfs.protocol.NSQuotaExceededException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.ipc.StandbyException;
import org.apache.hadoop.net.NetUtils;
import org.junit.jupiter.api.Test;

final class ClusterFailureTest {
  private final Configuration cluster = new Configuration(false);

  ClusterFailureTest() {
    cluster.set("fs.defaultFS", "hdfs://nn.example:8020");
    cluster.set("dfs.namenode.rpc-address.shops.nn2", "nn2.example:9820");
    cluster.set("yarn.resourcemanager.hostname", "rm.example");
    cluster.set("yarn.resourcemanager.address", "${yarn.resourcemanager.hostname}:8032");
    cluster.set("mapreduce.jobhistory.address", "history.example:10020");
  }

  private String told(Throwable failure) {
    var told = ClusterFailure.of(failure, cluster).orElseThrow();
    assertThat(told.failure()).isEqualTo(Failure.FAILED);
    assertThat(told).hasCause(failure);
    return told.getMessage();
  }

  private static IOException refused(String host, int port) {
    return NetUtils.wrapException(
        host, port, "client.example", 0, new ConnectException("Connection refused"));
  }

  @Test
  void serverThatIsAwayIsNamedByTheSettingThatHasItsAddress() {
    assertThat(told(refused("nn.example", 8020)))
        .isEqualTo(
            "Cannot reach the NameNode at nn.example:8020: Connection refused. Run again when it"
                + " answers.");
    assertThat(told(refused("nn2.example", 9820)))
        .startsWith("Cannot reach the NameNode at nn2.example:9820: ");
    assertThat(told(refused("rm.example", 8032)))
        .startsWith("Cannot reach the ResourceManager at rm.example:8032: Connection refused.");
    assertThat(told(refused("history.example", 10020)))
        .startsWith("Cannot reach the history server at history.example:10020: ");
    assertThat(told(refused("other.example", 1)))
        .startsWith("Cannot reach the server at other.example:1: ");
  }

  @Test
  void connectionThatWasCutAndHostThatThereIsNotAreSaidInWords() {
    assertThat(
            told(
                NetUtils.wrapException(
                    "nn.example", 8020, "client.example", 0, new EOFException())))
        .isEqualTo(
            "Cannot reach the NameNode at nn.example:8020: it has closed the connection. Run again"
                + " when it answers.");
    assertThat(
            told(
                NetUtils.wrapException(
                    "nn.example", 8020, "client.example", 0, new UnknownHostException())))
        .startsWith("Cannot reach the NameNode at nn.example:8020: there is no such host.");
    assertThat(
            told(
                NetUtils.wrapException(
                    "rm.example", 8032, "client.example", 0, new IOException("Broken pipe"))))
        .startsWith("Cannot reach the ResourceManager at rm.example:8032: Broken pipe.");
  }

  @Test
  void quotaThatIsReachedIsNamedWithItsFolder() {
    var names = new NSQuotaExceededException(5, 6);
    names.setPathName("/shop/sales");
    assertThat(told(new IOException("Cannot commit", names)))
        .isEqualTo(
            "Cannot write: the name quota of /shop/sales is reached (quota=5 file count=6). Raise"
                + " it (hdfs dfsadmin -setQuota) or make room, and run again.");
    var space = new DSQuotaExceededException(1000, 2000);
    space.setPathName("/shop");
    assertThat(told(space))
        .startsWith("Cannot write: the space quota of /shop is reached (quota = 1000 B = 1000 B")
        .endsWith("Raise it (hdfs dfsadmin -setSpaceQuota) or make room, and run again.");
  }

  @Test
  void fullHdfsIsToldWithTheFileThatWasWritten() {
    var words = "File /shop/_staging/a could only be written to 0 of the 1 minReplication nodes.";
    assertThat(
            told(
                new RemoteException(
                    IOException.class.getName(),
                    words
                        + " There are 2 datanode(s) running and no node(s) are excluded in this"
                        + " operation.\n\tat org.apache.hadoop.hdfs.server")))
        .isEqualTo(
            "Cannot write /shop/_staging/a: no DataNode takes a block of it; known DataNodes: 2."
                + " Is HDFS full, or are they away (hdfs dfsadmin -report)? Make room or start them,"
                + " and run again.");
    assertThat(told(new IOException(words + " There are 0 datanode(s) running and no node(s)")))
        .startsWith("Cannot write /shop/_staging/a: HDFS has no DataNode now ");
  }

  @Test
  void lostDataNodesAndNameNodesThatAreNotActiveAreTold() {
    assertThat(told(new IOException("All datanodes [[a:1,DS-1,DISK]] are bad. Aborting...")))
        .startsWith("Cannot write to HDFS: all DataNodes that took the file have gone ([a:1,DS-1");
    assertThat(told(new IOException("Could not obtain block: BP-1:blk_2_3 file=/shop/part")))
        .startsWith("Cannot read /shop/part: no DataNode that has a block of it answers ");
    assertThat(
            told(
                new RemoteException(
                    StandbyException.class.getName(),
                    "Operation category READ is not supported in state standby. Visit …")))
        .isEqualTo(
            "Cannot reach an active NameNode: the last one that was asked is standby (hdfs haadmin"
                + " -getAllServiceState). Run again when one is active.");
    assertThat(told(new IOException("Cannot delete /a. Name node is in safe mode.\nThe reported")))
        .startsWith("Cannot write to HDFS: the NameNode is in safe mode ");
  }

  @Test
  void reasonIsFoundInWhatATaskHasLogged() {
    var log =
        "Error: org.apache.hadoop.hdfs.protocol.DSQuotaExceededException: The DiskSpace quota of"
            + " /shop is exceeded: quota = 1 B = 1 B but diskspace consumed = 2 B = 2 B\n"
            + "\tat org.apache.hadoop.hdfs.server.namenode\n";
    assertThat(ClusterFailure.of(log, cluster).orElseThrow())
        .hasMessageStartingWith("Cannot write: the space quota of /shop is reached (quota = 1 B");
    assertThat(ClusterFailure.of("Error: Java heap space", cluster)).isEmpty();
  }

  @Test
  void otherFailuresAreLeftAlone() {
    assertThat(ClusterFailure.of(new IOException("Connection refused"), cluster)).isEmpty();
    assertThat(ClusterFailure.of(new IOException((String) null), cluster)).isEmpty();
    var refusal =
        NetUtils.wrapException(
            "nn.example",
            8020,
            "client.example",
            0,
            new IOException("org.apache.hadoop.security.AccessControlException: Client cannot"));
    assertThat(ClusterFailure.of(refusal, cluster)).isEmpty();
  }
}
