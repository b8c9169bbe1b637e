package org.clickmill.drivers.observe;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/** An address that documents are posted to. */
final class HttpTarget {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final int SUCCESS = 2;
  private static final int LONGEST_REASON = 200;

  private final URI address;
  private final Path authorization;
  private HttpClient client;

  /**
   * @param address with a host, and neither user nor query
   * @param authorization file whose first line is sent as the header Authorization; null for none
   */
  HttpTarget(URI address, Path authorization) {
    this.address = address;
    this.authorization = authorization;
  }

  /**
   * Posts a document.
   *
   * @param path what follows the address, from a slash on; may be empty
   * @throws IOException if there is no answer in time, or one that is not a success
   */
  void post(String path, String contentType, byte[] document)
      throws IOException, InterruptedException {
    var base = address.toString();
    var target =
        path.isEmpty()
            ? base
            : (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
    var request =
        HttpRequest.newBuilder(URI.create(target))
            .timeout(ANSWER)
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofByteArray(document));
    if (authorization != null) {
      request.header("Authorization", secret());
    }
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(CONNECT)
              .build();
    }
    var answer = client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    if (answer.statusCode() / 100 != SUCCESS) {
      throw new IOException(
          "it answered with HTTP status " + answer.statusCode() + reason(answer.body()));
    }
  }

  private String secret() throws IOException {
    try (var lines = Files.newBufferedReader(authorization)) {
      var first = lines.readLine();
      // Checked here, since the client would show what it refuses.
      if (first == null || !first.strip().matches("[ -~]+")) {
        throw new IOException("the first line of " + authorization + " is no value of a header");
      }
      return first.strip();
    } catch (NoSuchFileException e) {
      throw new IOException("there is no file " + authorization, e);
    }
  }

  private static String reason(String body) {
    var text = body.strip();
    if (text.isEmpty()) {
      return "";
    }
    var line = text.lines().findFirst().orElse("");
    return ": " + line.substring(0, Math.min(line.length(), LONGEST_REASON));
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
