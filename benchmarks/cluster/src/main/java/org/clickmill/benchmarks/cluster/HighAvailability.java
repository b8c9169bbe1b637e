package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * What an HDFS has that outlives its NameNode: two of them, three JournalNodes that hold what the
 * active one has done, ZooKeeper, and beside each NameNode a controller that makes it the active
 * one when the other is gone.
 */
final class HighAvailability {
  /** How many ports it needs. */
  static final int PORTS = 13;

  private static final String NAMESERVICE = "shops";
  private static final int JOURNAL_NODES = 3;
  private static final int NAME_NODES = 2;
  private static final String SMALL_HEAP = "128m";

  private final Path folder;
  private final List<String> addresses;

  /**
   * @param folder of the cluster
   * @param addresses that are free, {@link #PORTS} of them
   */
  HighAvailability(Path folder, List<String> addresses) {
    this.folder = folder;
    this.addresses = List.copyOf(addresses);
  }

  static String nameNode(int number) {
    return "namenode-" + number;
  }

  private String zooKeeper() {
    return addresses.get(0);
  }

  private String journalNode(int number) {
    return addresses.get(number);
  }

  private String journalNodeHttp(int number) {
    return addresses.get(JOURNAL_NODES + number);
  }

  private String nameNodeRpc(int number) {
    return addresses.get(2 * JOURNAL_NODES + number);
  }

  /** Where a NameNode tells its state. */
  String nameNodeHttp(int number) {
    return addresses.get(2 * JOURNAL_NODES + NAME_NODES + number);
  }

  private String controller(int number) {
    return addresses.get(2 * JOURNAL_NODES + 2 * NAME_NODES + number);
  }

  private static IntStream nameNodes() {
    return IntStream.rangeClosed(1, NAME_NODES);
  }

  /** The names of the NameNodes. */
  List<String> nameNodeNames() {
    return nameNodes().mapToObj(HighAvailability::nameNode).toList();
  }

  void addToCore(Configuration site) {
    site.set("fs.defaultFS", "hdfs://" + NAMESERVICE);
    site.set("ha.zookeeper.quorum", zooKeeper());
    site.set("ha.zookeeper.session-timeout.ms", "3000");
  }

  void addToHdfs(Configuration site) {
    site.set("dfs.nameservices", NAMESERVICE);
    site.set("dfs.ha.namenodes." + NAMESERVICE, String.join(",", nameNodeNames()));
    nameNodes()
        .forEach(
            number -> {
              var of = "." + NAMESERVICE + "." + nameNode(number);
              site.set("dfs.namenode.rpc-address" + of, nameNodeRpc(number));
              site.set("dfs.namenode.http-address" + of, nameNodeHttp(number));
              site.set("dfs.ha.zkfc.port" + of, port(controller(number)));
            });
    site.set(
        "dfs.client.failover.proxy.provider." + NAMESERVICE,
        "org.apache.hadoop.hdfs.server.namenode.ha.ConfiguredFailoverProxyProvider");
    site.set(
        "dfs.namenode.shared.edits.dir",
        IntStream.rangeClosed(1, JOURNAL_NODES)
            .mapToObj(this::journalNode)
            .collect(Collectors.joining(";", "qjournal://", "/" + NAMESERVICE)));
    site.set("dfs.ha.automatic-failover.enabled", "true");
    // The JournalNodes let one NameNode write at a time, so nothing else need be shut out.
    site.set("dfs.ha.fencing.methods", "shell(/bin/true)");
    // The loss of a DataNode is noticed after some 12 seconds.
    site.set("dfs.heartbeat.interval", "1");
    site.set("dfs.namenode.heartbeat.recheck-interval", "1000");
  }

  private static String port(String address) {
    return address.substring(address.indexOf(':') + 1);
  }

  private Map<String, String> nameNodeSite(int number) {
    var site = new LinkedHashMap<String, String>();
    site.put("dfs.ha.namenode.id", nameNode(number));
    site.put("dfs.namenode.name.dir", nameFolder(number).toUri().toString());
    site.put("dfs.ha.zkfc.port", port(controller(number)));
    return site;
  }

  private Path nameFolder(int number) {
    return folder.resolve("name").resolve(Integer.toString(number));
  }

  /** What has to run before the NameNodes are formatted. */
  List<Server> beneath(SiteFiles sites) throws IOException {
    var servers = new ArrayList<Server>();
    var file = folder.resolve("zookeeper.properties");
    Files.writeString(
        file,
        """
        tickTime=500
        dataDir=%s
        clientPort=%s
        clientPortAddress=localhost
        admin.enableServer=false
        """
            .formatted(folder.resolve("zookeeper"), port(zooKeeper())));
    servers.add(
        new Server(
            "zookeeper",
            "org.apache.zookeeper.server.ZooKeeperServerMain",
            sites.write("zookeeper", Map.of()),
            SMALL_HEAP,
            List.of(file.toString())));
    for (int number = 1; number <= JOURNAL_NODES; number++) {
      var name = "journalnode-" + number;
      var site =
          Map.of(
              "dfs.journalnode.rpc-address", journalNode(number),
              "dfs.journalnode.http-address", journalNodeHttp(number),
              "dfs.journalnode.edits.dir", folder.resolve("journal/" + number).toString());
      servers.add(
          new Server(
              name,
              "org.apache.hadoop.hdfs.qjournal.server.JournalNode",
              sites.write(name, site),
              SMALL_HEAP,
              List.of()));
    }
    return servers;
  }

  /** Where these answer. */
  List<String> addressesBeneath() {
    return addresses.subList(0, 1 + JOURNAL_NODES);
  }

  /** The NameNodes, in their order. */
  List<Server> nameNodes(SiteFiles sites) throws IOException {
    var servers = new ArrayList<Server>();
    for (int number = 1; number <= NAME_NODES; number++) {
      var name = nameNode(number);
      servers.add(
          new Server(name, HadoopCluster.NAME_NODE, sites.write(name, nameNodeSite(number))));
    }
    return servers;
  }

  /** The controllers of the NameNodes, which need the site files of these. */
  List<Server> controllers(List<Server> nameNodes) {
    var servers = new ArrayList<Server>();
    for (var nameNode : nameNodes) {
      servers.add(
          new Server(
              nameNode.name().replace("namenode", "zkfc"),
              HadoopCluster.CONTROLLER,
              nameNode.siteFiles(),
              SMALL_HEAP,
              List.of()));
    }
    return servers;
  }

  /** Gives the second NameNode what formatting has given to the first. */
  void copyFormatted() throws IOException {
    var source = nameFolder(1);
    try (var paths = Files.walk(source)) {
      for (var path : paths.toList()) {
        var target = nameFolder(2).resolve(source.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else if (!path.getFileName().toString().equals("in_use.lock")) {
          Files.copy(path, target);
        }
      }
    }
  }
}
