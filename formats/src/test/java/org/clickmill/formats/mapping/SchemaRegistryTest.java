package org.clickmill.formats.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.clickmill.formats.mapping.MessageDecoder.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server of the JDK that answers as a registry does. */
class SchemaRegistryTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NOT_FOUND = "{\"error_code\": 40403, \"message\": \"not found\"}";

  private final Map<String, String> answers = new HashMap<>();
  private final List<String> requests = new ArrayList<>();
  private final List<String> authorizations = new ArrayList<>();
  private final List<Integer> failures = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void schemaIsAskedForOnce() throws IOException {
    put("/schemas/ids/7", Map.of("schema", AvroMessagesTest.SCHEMA.toString()));
    var decoder = decoder(Map.of());
    for (int i = 0; i < 3; i++) {
      assertThat(decode(decoder, 7)).isEqualTo("event");
      assertThat(decode(decoder, 8)).isEqualTo("schema 8: the registry does not have it");
    }
    assertThat(requests).containsExactly("/schemas/ids/7", "/schemas/ids/8");
  }

  @Test
  void schemaIsReadWithThoseThatItRefersTo() throws IOException {
    var user = AvroMessagesTest.SCHEMA.getField("user").schema().getTypes().get(1).toString();
    var click = AvroMessagesTest.SCHEMA.toString().replace(user, "\"U\"");
    assertThat(click).contains("[\"null\",\"U\"]");
    put(
        "/schemas/ids/7",
        Map.of(
            "schema",
            click,
            "references",
            List.of(Map.of("name", "U", "subject", "a user/é", "version", 3))));
    put("/subjects/a%20user%2F%C3%A9/versions/3", Map.of("schema", user, "id", 6));
    assertThat(decode(decoder(Map.of()), 7)).isEqualTo("event");
  }

  @Test
  void schemaThatAvroCannotUseMakesRejects() throws IOException {
    put("/schemas/ids/1", Map.of("schema", "syntax = …", "schemaType", "PROTOBUF"));
    put("/schemas/ids/2", Map.of("schema", "{\"type\": \"recor\"}"));
    put("/schemas/ids/3", Map.of("schema", "\"long\""));
    var decoder = decoder(Map.of());
    assertThat(decode(decoder, 1)).isEqualTo("schema 1: it is of type PROTOBUF, not AVRO");
    assertThat(decode(decoder, 2)).isEqualTo("schema 2: not a valid Avro schema");
    assertThat(decode(decoder, 3)).isEqualTo("schema 3: its items are of type long, not records");
  }

  @Test
  void passwordComesFromTheClientPropertiesAndIsShownNowhere() throws IOException {
    put("/schemas/ids/7", Map.of("schema", AvroMessagesTest.SCHEMA.toString()));
    for (var key : List.of("basic.auth.user.info", "schema.registry.basic.auth.user.info")) {
      assertThat(decode(decoder(Map.of(key, "me:sécret")), 7)).isEqualTo("event");
    }
    var expected = "Basic " + Base64.getEncoder().encodeToString("me:sécret".getBytes(UTF_8));
    assertThat(authorizations).containsExactly(expected, expected);
    failures.add(401);
    assertThatThrownBy(() -> decode(decoder(Map.of("basic.auth.user.info", "me:sécret")), 7))
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(Failure.USAGE))
        .hasMessage(
            "Cannot read %s/schemas/ids/7: the registry refuses it (HTTP 401); check"
                + " basic.auth.user.info in the client properties",
            address());
  }

  @Test
  void registryThatIsOutOfOrderForAMomentIsAskedAgain() throws IOException {
    put("/schemas/ids/7", Map.of("schema", AvroMessagesTest.SCHEMA.toString()));
    failures.addAll(List.of(503, 429));
    assertThat(decode(decoder(Map.of()), 7)).isEqualTo("event");
    assertThat(requests).hasSize(3);
  }

  @Test
  void registryThatStaysOutOfOrderEndsTheRunAndRejectsNothing() throws IOException {
    failures.addAll(List.of(500, 500, 500, 500, 500));
    assertThatThrownBy(() -> decode(decoder(Map.of()), 7))
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(Failure.FAILED))
        .hasMessage("Cannot read %s/schemas/ids/7: the registry answers HTTP 500", address());
    int nobody = freePort();
    var decoder =
        MessageDecoder.ofRegistry(
            AvroMessagesTest.MAPPING,
            SchemaSource.registry("http://localhost:" + nobody, Map.of()));
    assertThatThrownBy(() -> decode(decoder, 7))
        .isInstanceOf(ClickmillException.class)
        .hasMessageStartingWith(
            "Cannot read http://localhost:%d/schemas/ids/7: no answer from the registry after 5"
                + " attempts: ",
            nobody);
  }

  @Test
  void serverThatIsNoRegistryIsToldFromASchemaThatIsNotThere() throws IOException {
    answers.put("/schemas/ids/7", "<html>");
    assertThatThrownBy(() -> decode(decoder(Map.of()), 7))
        .hasMessage(
            "Cannot read %s/schemas/ids/7: the answer is not JSON; is there a schema registry?",
            address());
    failures.add(404);
    assertThatThrownBy(() -> decode(decoder(Map.of()), 7))
        .hasMessage(
            "Cannot read %s/schemas/ids/7: there is no schema registry (HTTP 404); check its"
                + " address",
            address());
    failures.add(302);
    assertThatThrownBy(() -> decode(decoder(Map.of()), 7))
        .hasMessage("Cannot read %s/schemas/ids/7: the registry answers HTTP 302", address());
  }

  @Test
  void addressThatIsNoneOrHoldsAPasswordIsRefused() {
    assertThatThrownBy(() -> SchemaSource.registry("localhost:8081", Map.of()))
        .hasMessage(
            "Invalid address of a schema registry: localhost:8081 (expected http://host:port)");
    assertThatThrownBy(() -> SchemaSource.registry("http://me:secret@host", Map.of()))
        .hasMessage(
            "Invalid address of a schema registry: it holds a password, which others could see;"
                + " put basic.auth.user.info into the client properties");
  }

  private MessageDecoder decoder(Map<String, String> properties) {
    // A slash at the end of the address does no harm.
    return MessageDecoder.ofRegistry(
        AvroMessagesTest.MAPPING, SchemaSource.registry(address() + "/", properties));
  }

  private static String decode(MessageDecoder decoder, int id) throws IOException {
    var value = AvroMessagesTest.framed(id, AvroMessagesTest.click());
    return decoder.decode(new Message().reset("shop", 0, 0, 0).value(value)) == Outcome.EVENT
        ? "event"
        : decoder.reject().getReason().toString();
  }

  private String address() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  private void put(String path, Map<String, Object> answer) throws IOException {
    answers.put(path, JSON.writeValueAsString(answer));
  }

  private void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getRawPath();
    requests.add(path);
    var authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (authorization != null) {
      authorizations.add(authorization);
    }
    int status = answers.containsKey(path) ? 200 : 404;
    var body = answers.getOrDefault(path, NOT_FOUND);
    if (!failures.isEmpty()) {
      status = failures.remove(0);
      body = "out of order";
    }
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
