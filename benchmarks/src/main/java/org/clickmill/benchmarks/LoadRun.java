package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the table of the loader: a topic loaded from its beginning, beside others, and loaded again
 * when nothing is new.
 *
 * @param folder where the topic is kept and the sides work
 * @param events how many, spread over the days
 * @param compression of the topic
 * @param peers who is asked beside Clickmill
 */
record LoadRun(
    ClickmillCommand command,
    Path folder,
    Machine machine,
    long events,
    int days,
    TopicCompression compression,
    Set<Peer> peers,
    Rounds rounds) {

  private static final Question CATCH_UP =
      new Question(
          "load",
          "catch up",
          List.of("load", "--mapping", "clickmill"),
          List.of(),
          List.of(RecordCounts.TABLE));

  List<Result> results() throws IOException, InterruptedException, SQLException {
    var discarded = new Discarded(folder.resolve("discarded"));
    var warehouse = folder.resolve("loaded");
    var catchUp =
        CATCH_UP.as(CATCH_UP.table(), "catch up, " + compression.brokerSetting() + " topic");
    try (var topic = PublishedTopic.open(command, folder, events, days, compression)) {
      var first = new LoadSide("Clickmill", command, topic, warehouse, discarded);
      var again = new LoadSide("Clickmill", command, topic, warehouse, null);
      return List.of(
          rounds.time(catchUp, first, sides(topic, discarded)).ofRecords(topic.records()),
          rounds.timeAlone(CATCH_UP.as("load", "nothing new"), List.of(again)));
    } finally {
      discarded.take(warehouse);
      discarded.take(sparkFolder());
      discarded.delete();
    }
  }

  /** The versions of all that is asked. */
  Map<String, String> versions() throws IOException, InterruptedException {
    var versions = new LinkedHashMap<String, String>();
    versions.putAll(new LoadSide("Clickmill", command, null, folder, null).versions());
    for (var side : sides(null, null)) {
      versions.putAll(side.versions());
    }
    return versions;
  }

  private List<Side> sides(PublishedTopic topic, Discarded discarded) {
    var sides = new ArrayList<Side>();
    if (peers.contains(Peer.CONSUMER)) {
      sides.add(new ConsumerSide(topic, command.kafka(), folder.resolve("consumer"), machine));
    }
    if (peers.contains(Peer.SPARK)) {
      var spark = new Spark(command.benchmarks().resolve("spark"), machine);
      sides.add(new SparkLoadSide(topic, spark, sparkFolder(), discarded));
    }
    return sides;
  }

  private Path sparkFolder() {
    return folder.resolve("load-spark");
  }
}
