package org.clickmill.metastore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.hive.metastore.api.Partition;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore;
import org.apache.thrift.server.TServer;
import org.apache.thrift.server.TSimpleServer;
import org.apache.thrift.transport.TServerSocket;
import org.apache.thrift.transport.TTransportException;
import org.clickmill.formats.metastore.BrokenConnectionException;
import org.clickmill.formats.metastore.MetastoreAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections to servers that speak Thrift, or stop speaking. */
final class ThriftConnectorTest {
  private static final Duration TIMEOUT = Duration.ofMillis(300);

  private final CountDownLatch end = new CountDownLatch(1);
  private final List<String> calls = new ArrayList<>();
  private TServer server;
  private Thread thread;

  @AfterEach
  void stop() throws InterruptedException {
    end.countDown();
    if (server != null) {
      server.stop();
      thread.join();
    }
  }

  private static URI uri(int port) {
    return URI.create("thrift://localhost:" + port);
  }

  private static MetastoreAddress address(URI... uris) {
    return new MetastoreAddress(List.of(uris), TIMEOUT, "miller", null);
  }

  /** Starts a metastore with partitions, which never answers when one table is asked for. */
  private URI start() throws TTransportException {
    var socket = new TServerSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    var type = ThriftHiveMetastore.Iface.class;
    var calls = this.calls;
    var metastore =
        (ThriftHiveMetastore.Iface)
            Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> {
                  calls.add(
                      method.getName() + (arguments == null ? List.of() : List.of(arguments)));
                  return switch (method.getName()) {
                    case "set_ugi" -> List.of("miller");
                    case "getVersion" -> "4.0.1";
                    case "get_partition_names" -> List.of("dt=2019-10-01/hr=00");
                    case "get_partitions_by_filter" -> List.of(partition("2019-10-01", "01"));
                    default -> {
                      end.await();
                      yield null;
                    }
                  };
                });
    server =
        new TSimpleServer(
            new TServer.Args(socket).processor(new ThriftHiveMetastore.Processor<>(metastore)));
    thread = new Thread(server::serve);
    thread.start();
    return uri(socket.getServerSocket().getLocalPort());
  }

  private static Partition partition(String... values) {
    var partition = new Partition();
    partition.setValues(List.of(values));
    return partition;
  }

  @Test
  void serverThatNeverAnswersIsGivenUp() throws IOException {
    // Its connections are accepted by the system, and nobody reads from them.
    try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var uri = uri(silent.getLocalPort());
      long begin = System.nanoTime();
      assertThatThrownBy(() -> new ThriftConnector().connect(address(uri)))
          .isInstanceOf(IOException.class)
          .hasMessage("no server answers (" + uri + ": Read timed out)");
      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .isBetween(TIMEOUT, TIMEOUT.plusSeconds(30));
    }
  }

  @Test
  void nextServerIsAskedWhereOneNeverAnswers() throws Exception {
    try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        var metastore =
            new ThriftConnector().connect(address(uri(silent.getLocalPort()), start()))) {
      assertThat(metastore.partitionNames("mill", "events", null, 500))
          .containsExactly("dt=2019-10-01/hr=00");
    }
    assertThat(calls)
        .containsExactly("set_ugi[miller, []]", "get_partition_names[mill, events, 500]");
  }

  @Test
  void serverTellsItsVersion() throws Exception {
    try (var metastore = new ThriftConnector().connect(address(start()))) {
      assertThat(metastore.version()).isEqualTo("4.0.1");
    }
  }

  @Test
  void answerThatIsLateBreaksTheConnection() throws Exception {
    try (var metastore = new ThriftConnector().connect(address(start()))) {
      assertThatThrownBy(() -> metastore.table("mill", "sales"))
          .isInstanceOf(BrokenConnectionException.class)
          .hasMessage("Read timed out");
    }
  }

  @Test
  void nextPageFollowsTheLastName() throws Exception {
    try (var metastore = new ThriftConnector().connect(address(start()))) {
      assertThat(metastore.partitionNames("mill", "events", "dt=2019-10-01/hr=00", 100_000))
          .containsExactly("dt=2019-10-01/hr=01");
    }
    assertThat(calls)
        .last()
        .isEqualTo(
            "get_partitions_by_filter[mill, events, "
                + "(dt > '2019-10-01') or (dt = '2019-10-01' and hr > '00'), 32767]");
  }
}
