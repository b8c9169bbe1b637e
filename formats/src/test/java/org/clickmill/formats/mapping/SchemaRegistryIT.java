package org.clickmill.formats.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.clickmill.formats.mapping.MessageDecoder.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Against a real registry, Apicurio's, which answers as Confluent's does. */
@TestInstance(Lifecycle.PER_CLASS)
class SchemaRegistryIT {
  private static final Path REGISTRY = Path.of("target", "registry");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As the records were written, but not within itself, which this registry cannot store. */
  private static final String SCHEMA =
      AvroMessagesTest.SCHEMA.toString().replace("\"values\":\"Click\"", "\"values\":\"int\"");

  private final HttpClient http = HttpClient.newHttpClient();
  private Process process;
  private String address;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Files.isDirectory(REGISTRY), "needs " + REGISTRY + ", which -Pregistry fetches");
    int port = freePort();
    address = "http://localhost:" + port + "/apis/ccompat/v7";
    var log = folder.resolve("registry.log").toFile();
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + folder,
                "-Dquarkus.http.host=localhost",
                "-Dquarkus.http.port=" + port,
                "-jar",
                runner().toAbsolutePath().toString())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    while (!answers()) {
      assertThat(process.isAlive()).as("the registry: %s", Files.readString(log.toPath())).isTrue();
      Thread.sleep(100);
    }
  }

  @AfterAll
  void stop() {
    if (process != null) {
      process.destroyForcibly();
      process.onExit().join();
    }
  }

  @Test
  void registeredSchemaDecodesItsValuesAndNoOther() throws IOException, InterruptedException {
    int id = register("click", Map.of("schema", SCHEMA));
    var decoder = decoder();
    assertThat(decode(decoder, id)).isEqualTo("event");
    assertThat(decode(decoder, id + 1000))
        .isEqualTo("schema " + (id + 1000) + ": the registry does not have it");
  }

  @Test
  void schemasThatAreReferredToAreFetched() throws IOException, InterruptedException {
    var user = AvroMessagesTest.SCHEMA.getField("user").schema().getTypes().get(1).toString();
    register("user of the shop", Map.of("schema", user));
    var click = SCHEMA.replace(user, "\"U\"").replace("\"name\":\"junk\"", "\"name\":\"rest\"");
    int id =
        register(
            "parted",
            Map.of(
                "schema",
                click,
                "references",
                List.of(Map.of("name", "U", "subject", "user of the shop", "version", 1))));
    assertThat(decode(decoder(), id)).isEqualTo("event");
  }

  @Test
  void schemaOfAnotherTypeMakesRejects() throws IOException, InterruptedException {
    var schema = "syntax = \"proto3\"; message Click { string kind = 1; }";
    int id = register("proto", Map.of("schema", schema, "schemaType", "PROTOBUF"));
    assertThat(decode(decoder(), id))
        .isEqualTo("schema " + id + ": it is of type PROTOBUF, not AVRO");
  }

  private MessageDecoder decoder() {
    return MessageDecoder.ofRegistry(
        AvroMessagesTest.MAPPING, SchemaSource.registry(address, Map.of()));
  }

  private static String decode(MessageDecoder decoder, int id) throws IOException {
    var value = AvroMessagesTest.framed(id, AvroMessagesTest.click());
    return decoder.decode(new Message().reset("shop", 0, 0, 0).value(value)) == Outcome.EVENT
        ? "event"
        : decoder.reject().getReason().toString();
  }

  private int register(String subject, Map<String, Object> schema)
      throws IOException, InterruptedException {
    var path = "/subjects/" + subject.replace(" ", "%20") + "/versions";
    var request =
        HttpRequest.newBuilder(URI.create(address + path))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(schema)))
            .build();
    var response = http.send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body()).get("id").asInt();
  }

  private boolean answers() throws InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(address + "/subjects")).build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false; // Not yet.
    }
  }

  private static Path runner() throws IOException {
    try (var files = Files.list(REGISTRY)) {
      return files
          .filter(file -> file.toString().endsWith("-runner.jar"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
