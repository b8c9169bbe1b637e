package org.clickmill.formats.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.MiniDFSNNTopology;
import org.apache.hadoop.hdfs.server.namenode.ha.HATestUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another NameNode becomes the active one in the middle of a publish, at each of its calls that
 * changes something: before the call, and when it was carried out and nobody has been told. The
 * client sends it again to the other one, as HDFS's own does; it must do no harm a second time.
 */
class NameNodeFailoverIT {
  private static final Partition FIRST = Partition.ofDay("sales", LocalDate.of(2019, 10, 1));
  private static final Partition SECOND = Partition.ofDay("sales", LocalDate.of(2019, 10, 2));

  @TempDir static java.nio.file.Path folder;
  private static MiniDFSCluster hdfs;
  private static Configuration configuration;
  private int active;

  @BeforeAll
  static void startTwoNameNodes() throws Exception {
    var settings = new HdfsConfiguration();
    settings.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
    hdfs =
        new MiniDFSCluster.Builder(settings)
            .nnTopology(MiniDFSNNTopology.simpleHATopology())
            .numDataNodes(1)
            .build();
    hdfs.waitActive();
    hdfs.transitionToActive(0);
    configuration = new Configuration(hdfs.getConfiguration(0));
    var shops = HATestUtil.getLogicalHostname(hdfs);
    HATestUtil.setFailoverConfigurations(hdfs, configuration, shops, 0, FailoverHook.class);
    FileSystem.setDefaultUri(configuration, "hdfs://" + shops);
    configuration.setInt("dfs.client.failover.sleep.base.millis", 10);
    HdfsDefaults.apply(configuration);
  }

  @AfterAll
  static void stop() {
    hdfs.shutdown(true);
  }

  @AfterEach
  void leaveTheFirstActive() throws Exception {
    FailoverHook.set(null);
    if (active != 0) {
      failOver();
    }
  }

  /** Fails over at one call, and notes all. */
  private final class AtCall implements FailoverHook.Failure {
    private final int number;
    private final boolean isCarriedOut;
    private final Failover failover;
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger failovers = new AtomicInteger();

    private AtCall(int number, boolean isCarriedOut, Failover failover) {
      this.number = number;
      this.isCarriedOut = isCarriedOut;
      this.failover = failover;
    }

    @Override
    public void before(String call) throws IOException {
      calls.add(call);
      if (!isCarriedOut && isNow()) {
        elsewhere();
      }
    }

    @Override
    public boolean after(String call) throws IOException {
      if (!isCarriedOut || !isNow()) {
        return false;
      }
      elsewhere();
      return true;
    }

    private boolean isNow() {
      return failovers.get() == 0 && calls.size() - 1 == number;
    }

    /** Calls are numbered by threads, so what is called on the way must not be this one's. */
    private void elsewhere() throws IOException {
      failovers.incrementAndGet();
      var thread = Executors.newSingleThreadExecutor();
      try {
        thread
            .submit(
                () -> {
                  failover.run();
                  return null;
                })
            .get();
      } catch (ExecutionException e) {
        throw new IOException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("Interrupted");
      } finally {
        thread.shutdownNow();
      }
    }
  }

  /** One NameNode takes over from the other. */
  @FunctionalInterface
  private interface Failover {
    void run() throws Exception;
  }

  private void failOver() throws Exception {
    hdfs.transitionToStandby(active);
    active = 1 - active;
    hdfs.transitionToActive(active);
  }

  private void die() throws Exception {
    hdfs.shutdownNameNode(active);
    active = 1 - active;
    hdfs.transitionToActive(active);
  }

  private Warehouse warehouse(String name) throws IOException {
    return Warehouse.openOrCreate(
        new Path(FileSystem.getDefaultUri(configuration) + "/" + name), configuration);
  }

  /** Publishes one partition in the place of another, and one that is new, with a failover. */
  private AtCall publish(String name, AtCall atCall) throws Exception {
    configuration.setInt(WarehouseSettings.THREADS.name(), 1);
    var warehouse = warehouse(name);
    new Publisher(warehouse, "run-1").publish(new Staging(warehouse, "run-1").stage(FIRST, "old"));
    var staging = new Staging(warehouse, "run-2");
    var staged = List.of(staging.stage(FIRST, "new"), staging.stage(SECOND, "other"));
    var publisher = new Publisher(warehouse, "run-2");

    FailoverHook.set(atCall);
    try {
      publisher.publishAll(staged);
    } finally {
      FailoverHook.set(null);
    }

    var reader = warehouse(name);
    assertThat(reader.stuckCommits()).as(name).isEmpty();
    assertThat(reader.disk().list(reader.layout().intents("sales"))).as(name).isEmpty();
    assertThat(reader.manifests("sales", null, null)).as(name).containsOnlyKeys(FIRST, SECOND);
    assertThat(reader.manifest(FIRST).orElseThrow().revision()).as(name).isEqualTo(2);
    assertThat(reader.manifest(SECOND).orElseThrow().revision()).as(name).isEqualTo(1);
    assertThat(Staging.rows(reader, FIRST)).as(name).containsExactly("new");
    assertThat(Staging.rows(reader, SECOND)).as(name).containsExactly("other");
    assertThat(reader.disk().list(reader.layout().trash(FIRST))).as(name).hasSize(1);
    return atCall;
  }

  private AtCall never() {
    return new AtCall(Integer.MAX_VALUE, false, this::failOver);
  }

  /** By chance, each call is done, and only its answer is lost, or it is not. */
  @Test
  void publishGoesOnWhereverItIsWhenAnotherNameNodeTakesOver() throws Exception {
    var calls = publish("undisturbed", never()).calls;
    assertThat(calls).contains("create", "complete", "rename2");
    long seed = Long.getLong("clickmill.test.seed", new Random().nextLong());
    var random = new Random(seed);
    int failovers = 0;
    boolean hasFailedOver = true;
    for (int call = 0; hasFailedOver; call++) {
      boolean isCarriedOut = random.nextBoolean();
      var name = call + (isCarriedOut ? "-unanswered" : "-not-done") + "-seed" + seed;
      hasFailedOver =
          publish(name, new AtCall(call, isCarriedOut, this::failOver)).failovers.get() > 0;
      failovers += hasFailedOver ? 1 : 0;
    }
    assertThat(failovers).as("seed %d", seed).isBetween(10, 40);
  }

  @Test
  void publishGoesOnWhenTheNameNodeEndsBeforeACommitIsAnswered() throws Exception {
    int commit = publish("measured", never()).calls.indexOf("rename2");
    int dead = active;
    try {
      publish("dead", new AtCall(commit, true, this::die));
      assertThat(active).isNotEqualTo(dead);
    } finally {
      hdfs.restartNameNode(dead, true);
    }
  }
}
