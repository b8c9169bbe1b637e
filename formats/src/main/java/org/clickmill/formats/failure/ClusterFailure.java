package org.clickmill.formats.failure;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/**
 * Says which part of a cluster does not do its part, and what to do: a server that does not answer,
 * disks that are full, a quota that is reached. Hadoop tells it by addresses and names of classes.
 * It is known by Hadoop's words, since they are all that is left of what failed in another process.
 */
public final class ClusterFailure {
  /** What Hadoop says, and what is to be said of it, with the groups of the pattern. */
  private record Saying(Pattern pattern, String told) {
    private Saying(String pattern, String told) {
      this(Pattern.compile(pattern), told);
    }

    private Optional<String> of(String text) {
      var matcher = pattern.matcher(text);
      return matcher.find() ? Optional.of(fill(told, matcher.toMatchResult())) : Optional.empty();
    }

    private static String fill(String told, MatchResult groups) {
      var filled = told;
      for (int i = 1; i <= groups.groupCount(); i++) {
        filled = filled.replace("{" + i + "}", groups.group(i).strip());
      }
      return filled;
    }
  }

  private static final List<Saying> SAYINGS =
      List.of(
          new Saying(
              "The NameSpace quota(?: \\(directories and files\\))? of (?:directory )?(\\S+) is"
                  + " exceeded: ([^\\r\\n]*)",
              "Cannot write: the name quota of {1} is reached ({2}). Raise it (hdfs dfsadmin"
                  + " -setQuota) or make room, and run again."),
          new Saying(
              "The DiskSpace quota of (\\S+) is exceeded: ([^\\r\\n]*)",
              "Cannot write: the space quota of {1} is reached ({2}; each file that is written"
                  + " takes a whole block with its replicas until it is closed). Raise it (hdfs"
                  + " dfsadmin -setSpaceQuota) or make room, and run again."),
          new Saying(
              "Quota by storage type : (\\S+) on path : (\\S+) is exceeded\\. ([^\\r\\n]*)",
              "Cannot write: the quota of {2} for {1} is reached ({3}). Raise it (hdfs dfsadmin"
                  + " -setSpaceQuota -storageType) or make room, and run again."),
          new Saying(
              "File (\\S+) could only be [^\\r\\n]*There are 0 datanode\\(s\\) running",
              "Cannot write {1}: HDFS has no DataNode now (hdfs dfsadmin -report). Start them, and"
                  + " run again."),
          new Saying(
              "File (\\S+) could only be [^\\r\\n]*There are (\\d+) datanode\\(s\\) running",
              "Cannot write {1}: no DataNode takes a block of it; known DataNodes: {2}. Is HDFS"
                  + " full, or are they away (hdfs dfsadmin -report)? Make room or start them, and"
                  + " run again."),
          new Saying(
              "All datanodes \\[?(.*?)\\]? are bad\\. Aborting",
              "Cannot write to HDFS: all DataNodes that took the file have gone ({1}). Start them,"
                  + " and run again."),
          new Saying(
              "Failed to replace a bad datanode on the existing pipeline",
              "Cannot write to HDFS: a DataNode has gone, and no other can take its place (hdfs"
                  + " dfsadmin -report). Start it, and run again."),
          new Saying(
              "Unable to close file because the last block (?:\\S+ )?does not have enough",
              "Cannot write to HDFS: the DataNodes have not reported the last block of a file in"
                  + " time (hdfs dfsadmin -report). Run again."),
          new Saying(
              "Could not obtain block: [^\\r\\n]*?file=(\\S+)",
              "Cannot read {1}: no DataNode that has a block of it answers (hdfs fsck {1} -files"
                  + " -blocks -locations). Start them, and run again."),
          new Saying(
              "[Nn]ame node is in safe mode",
              "Cannot write to HDFS: the NameNode is in safe mode (hdfs dfsadmin -safemode get). It"
                  + " leaves it when enough DataNodes have reported, but not when its own disk is"
                  + " full. Run again then."),
          new Saying(
              "Operation category \\w+ is not supported in state (standby|observer)",
              "Cannot reach an active NameNode: the last one that was asked is {1} (hdfs haadmin"
                  + " -getAllServiceState). Run again when one is active."),
          new Saying(
              "Could not find any valid local directory for \\S+ with requested size (\\d+)"
                  + " on host (\\S+)",
              "Cannot write to the local disks of {2}: none has room for {1} bytes. Make room"
                  + " (yarn.nodemanager.local-dirs, hadoop.tmp.dir), and run again."));

  /** As Hadoop's client for its servers words it, which has four ways to name an address. */
  private static final Pattern UNREACHABLE =
      Pattern.compile(
          "(?:Call From \\S+ to |No Route to Host from\\s+\\S+ to |DestHost:destPort )"
              + "(?<address>[^\\s:]+:\\d+)[^\\r\\n]*?[Ff]ailed(?: on [a-z ]*exception)?: (?<reason>[^;\\r\\n]*)"
              + "|destination host is: \"(?<host>[^\"]+)\":(?<port>\\d+);[\\s:]*(?<other>[^;\\r\\n]*)");

  private static final Pattern CLASS = Pattern.compile("^(?:[\\w.$]+\\.)?(\\w+)(?:: (.*))?$");

  /** Settings, or beginnings of their names, that hold addresses, and the server at such one. */
  private static final Map<String, String> SERVERS =
      Map.of(
          "dfs.namenode.rpc-address", "NameNode",
          "fs.defaultFS", "NameNode",
          "clickmill.warehouse", "NameNode",
          "yarn.resourcemanager.", "ResourceManager",
          "mapreduce.jobhistory.address", "history server");

  private ClusterFailure() {}

  /**
   * What is to be said of a failure, or empty if it is none of these.
   *
   * @param failure as Hadoop threw it
   * @param configuration that says which server has which address
   */
  public static Optional<ClickmillException> of(Throwable failure, Configuration configuration) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      var told = told(cause.toString(), configuration);
      if (told.isPresent()) {
        return Optional.of(ClickmillException.failed("%s", told.get(), failure));
      }
    }
    return Optional.empty();
  }

  /**
   * The same of what was logged elsewhere.
   *
   * @param text with stack traces and all
   */
  public static Optional<ClickmillException> of(String text, Configuration configuration) {
    return told(text, configuration).map(told -> ClickmillException.failed("%s", told));
  }

  private static Optional<String> told(String text, Configuration configuration) {
    for (var saying : SAYINGS) {
      var told = saying.of(text);
      if (told.isPresent()) {
        return told;
      }
    }
    return unreachable(text, configuration);
  }

  private static Optional<String> unreachable(String text, Configuration configuration) {
    var matcher = UNREACHABLE.matcher(text);
    // A server that refuses somebody has been reached.
    if (!matcher.find() || text.contains("org.apache.hadoop.security.")) {
      return Optional.empty();
    }
    boolean isCall = matcher.group("address") != null;
    var address =
        isCall ? matcher.group("address") : matcher.group("host") + ":" + matcher.group("port");
    var reason = reason(matcher.group(isCall ? "reason" : "other"));
    return Optional.of(
        String.format(
            Locale.ROOT,
            "Cannot reach the %s at %s: %s. Run again when it answers.",
            server(address, configuration),
            address,
            reason));
  }

  /** Without the name of the exception's class, unless that is all there is. */
  private static String reason(String exception) {
    var named = CLASS.matcher(exception.strip());
    if (!named.find()) {
      return exception.strip();
    }
    var words = named.group(2);
    if (words != null && !words.isBlank()) {
      return words.strip();
    }
    return switch (named.group(1)) {
      case "EOFException" -> "it has closed the connection";
      case "UnknownHostException" -> "there is no such host";
      default -> named.group(1);
    };
  }

  /** By its port: a host has several names, and one port is of one kind of server. */
  private static String server(String address, Configuration configuration) {
    var port = address.substring(address.indexOf(':'));
    for (var setting : SERVERS.entrySet()) {
      for (var value : configuration.getPropsWithPrefix(setting.getKey()).values()) {
        if (value != null && value.matches(".*" + port + "(/.*)?")) {
          return setting.getValue();
        }
      }
    }
    // An address without a port is that of a NameNode.
    return port.equals(":8020") ? "NameNode" : "server";
  }
}
