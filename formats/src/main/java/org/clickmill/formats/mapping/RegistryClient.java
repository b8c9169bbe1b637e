package org.clickmill.formats.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.clickmill.formats.failure.ClickmillException;

/** Asks a schema registry over HTTP, several times if it is out of order for a moment. */
final class RegistryClient {
  static final String USER_INFO = "basic.auth.user.info";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 5;
  private static final long FIRST_PAUSE_MILLIS = 200;

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(TIMEOUT)
          // The password is for this address only.
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final ObjectMapper json = new ObjectMapper();
  private final String address;
  private final String authorization;

  /**
   * Names the registry.
   *
   * @throws ClickmillException of kind usage if the address is none, or holds a password
   */
  RegistryClient(String address, Map<String, String> clientProperties) {
    var text = RegistryAddress.parse(address).toString();
    this.address = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    this.authorization = authorization(clientProperties);
  }

  /**
   * What the registry has under a path.
   *
   * @throws BadValueException if it says that it has nothing there
   * @throws ClickmillException if it gives no answer that can be used
   */
  JsonNode get(String path) throws BadValueException {
    var response = send("read", request(path));
    return switch (response.statusCode()) {
      case 200 -> tree("read", path, response.body());
      case 401, 403 -> throw unauthorized("read", path, response.statusCode());
      case 404 -> throw notFound(path, response.body());
      default ->
          throw ClickmillException.failed(
              "Cannot read %s%s: the registry answers HTTP %d",
              address, path, response.statusCode());
    };
  }

  /**
   * Sends an object to a path, and returns the answer.
   *
   * @throws ClickmillException if the registry refuses it, with what it says, or gives no answer
   *     that can be used
   */
  JsonNode post(String path, JsonNode content) {
    var request = request(path);
    request.header("Content-Type", "application/vnd.schemaregistry.v1+json");
    request.POST(HttpRequest.BodyPublishers.ofString(content.toString(), StandardCharsets.UTF_8));
    var response = send("write", request);
    return switch (response.statusCode()) {
      case 200 -> tree("write", path, response.body());
      case 401, 403 -> throw unauthorized("write", path, response.statusCode());
      default ->
          throw ClickmillException.failed(
              "Cannot write %s%s: the registry refuses it (HTTP %d)%s",
              address, path, response.statusCode(), reason(response.body()));
    };
  }

  private HttpRequest.Builder request(String path) {
    var request = HttpRequest.newBuilder(URI.create(address + path)).timeout(TIMEOUT);
    request.header("Accept", "application/vnd.schemaregistry.v1+json, application/json");
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return request;
  }

  private ClickmillException unauthorized(String verb, String path, int status) {
    return ClickmillException.usage(
        "Cannot %s %s%s: the registry refuses it (HTTP %d); check %s in the client properties",
        verb, address, path, status, USER_INFO);
  }

  /** What the registry says of a refusal. */
  private String reason(String body) {
    try {
      var message = json.readTree(body).path("message").asText();
      return message.isEmpty() ? "" : ": " + message;
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  private HttpResponse<String> send(String verb, HttpRequest.Builder request) {
    var built = request.build();
    try {
      long pause = FIRST_PAUSE_MILLIS;
      for (int attempt = 1; ; attempt++) {
        try {
          var response =
              http.send(built, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
          if (attempt == ATTEMPTS || !isPassing(response.statusCode())) {
            return response;
          }
        } catch (IOException e) {
          if (attempt == ATTEMPTS) {
            throw ClickmillException.failed(
                "Cannot %s %s: no answer from the registry after %d attempts: %s",
                verb, built.uri(), ATTEMPTS, e.getMessage() == null ? e : e.getMessage(), e);
          }
        }
        Thread.sleep(pause);
        pause *= 2;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ClickmillException.failed("Cannot %s %s: interrupted", verb, built.uri(), e);
    }
  }

  private static boolean isPassing(int status) {
    return status >= 500 || status == 429;
  }

  /** A registry says what it lacks by an error code of its own; any web server says 404. */
  private RuntimeException notFound(String path, String body) throws BadValueException {
    int code = 0;
    try {
      code = json.readTree(body).path("error_code").asInt();
    } catch (JsonProcessingException e) {
      // It is no registry that answers.
    }
    if (code / 100 == 404) {
      throw new BadValueException("the registry does not have it");
    }
    return ClickmillException.failed(
        "Cannot read %s%s: there is no schema registry (HTTP 404); check its address",
        address, path);
  }

  private JsonNode tree(String verb, String path, String body) {
    try {
      return json.readTree(body);
    } catch (JsonProcessingException e) {
      throw ClickmillException.failed(
          "Cannot %s %s%s: the answer is not JSON; is there a schema registry?",
          verb, address, path, e);
    }
  }

  private static String authorization(Map<String, String> clientProperties) {
    var user =
        clientProperties.getOrDefault(
            "schema.registry." + USER_INFO, clientProperties.get(USER_INFO));
    return user == null
        ? null
        : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
  }
}
