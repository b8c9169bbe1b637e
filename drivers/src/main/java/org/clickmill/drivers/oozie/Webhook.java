package org.clickmill.drivers.oozie;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.clickmill.formats.failure.ClickmillException;

/**
 * An address that takes notifications by HTTP. Who knows it can write there, so that messages only
 * name its host.
 */
final class Webhook {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int SUCCESS = 2;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI address;

  private Webhook(URI address) {
    this.address = address;
  }

  static Webhook at(String address) {
    URI uri;
    try {
      uri = URI.create(address);
    } catch (IllegalArgumentException e) {
      // Its message would be the address.
      uri = URI.create("");
    }
    var scheme = uri.getScheme();
    if (uri.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw ClickmillException.usage(
          "Invalid value of --webhook: it is no address of the form https://host/path");
    }
    return new Webhook(uri);
  }

  /** Sends a document as JSON; an answer that is not a success is a failure. */
  void post(Object document) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(address)
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(document)))
            .build();
    var client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
    int status;
    try {
      status = client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw ClickmillException.failed(
          "Cannot post the notification to %s: %s", address.getHost(), describe(e), e);
    }
    if (status / 100 != SUCCESS) {
      throw ClickmillException.failed(
          "Cannot post the notification to %s: it answered with HTTP status %d",
          address.getHost(), status);
    }
  }

  /** The client's exceptions often have no message, but names that say it. */
  private static String describe(IOException failure) {
    var name = failure.getClass().getSimpleName();
    return failure.getMessage() == null ? name : name + ", " + failure.getMessage();
  }
}
