package org.clickmill.testdata.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The properties of a broker that is broker and controller in one, small and quick to be back. */
final class ServerProperties {
  private final Map<String, String> properties = new TreeMap<>();

  private ServerProperties() {}

  static ServerProperties of(
      int clientPort, int controllerPort, Path data, Map<String, String> others) {
    var all = new ServerProperties();
    all.addNode(clientPort, controllerPort, data);
    all.addSizes();
    all.properties.putAll(others);
    return all;
  }

  /** Writes them to a file that only its owner may read: they may hold passwords. */
  void write(Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(file);
    var view = file.toFile();
    if (!view.setReadable(false, false) || !view.setReadable(true, true)) {
      throw new IOException("Cannot restrict who reads " + file);
    }
    var written = new Properties();
    written.putAll(properties);
    try (var out = Files.newOutputStream(file)) {
      written.store(out, null);
    }
  }

  private void addNode(int clientPort, int controllerPort, Path data) {
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", "1");
    properties.put("controller.quorum.voters", "1@localhost:" + controllerPort);
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put("inter.broker.listener.name", "CLIENT");
    properties.put(
        "listeners",
        "CLIENT://localhost:" + clientPort + ",CONTROLLER://localhost:" + controllerPort);
    properties.put("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("log.dirs", data.toString());
    properties.put("auto.create.topics.enable", "false");
    properties.put("log.retention.ms", "-1");
    // A broker that was killed may join again when its session has ended, by default 9 seconds.
    properties.put("broker.session.timeout.ms", "2000");
    properties.put("broker.heartbeat.interval.ms", "250");
  }

  /** One node, few threads and little memory. */
  private void addSizes() {
    properties.put("offsets.topic.num.partitions", "1");
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("transaction.state.log.num.partitions", "1");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("share.coordinator.state.topic.num.partitions", "1");
    properties.put("share.coordinator.state.topic.replication.factor", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("num.network.threads", "2");
    properties.put("num.io.threads", "2");
    properties.put("background.threads", "2");
    properties.put("log.cleaner.dedupe.buffer.size", "4194304");
  }
}
