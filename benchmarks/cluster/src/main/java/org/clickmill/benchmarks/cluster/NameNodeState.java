package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Pattern;

/** Asks NameNodes which of them is the active one. */
final class NameNodeState {
  private static final Pattern ACTIVE = Pattern.compile("\"State\"\\s*:\\s*\"active\"");
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int ATTEMPTS = 100;
  private static final long PAUSE_MILLIS = 200;

  private NameNodeState() {}

  /**
   * The name of the active one, for which this waits.
   *
   * @throws BigDayException if none is, for twenty seconds
   */
  static String active(HighAvailability availability) throws IOException, InterruptedException {
    var names = availability.nameNodeNames();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      for (int i = 0; i < names.size(); i++) {
        if (isActive(availability.nameNodeHttp(i + 1))) {
          return names.get(i);
        }
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    throw new BigDayException("Cannot go on: no NameNode is active");
  }

  private static boolean isActive(String address) throws InterruptedException {
    var question =
        URI.create("http://" + address + "/jmx?qry=Hadoop:service=NameNode,name=NameNodeStatus");
    try {
      var answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(question).timeout(PATIENCE).build(),
                  BodyHandlers.ofString());
      return ACTIVE.matcher(answer.body()).find();
    } catch (IOException e) {
      return false; // It is down.
    }
  }
}
