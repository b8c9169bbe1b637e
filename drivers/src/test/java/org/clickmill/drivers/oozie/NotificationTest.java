package org.clickmill.drivers.oozie;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NotificationTest {
  private static final String SUBJECT =
      "Clickmill: daily of 2019-10-01 failed in compact (2: wrong usage, trying again cannot help)";

  @TempDir Path folder;
  private Path shop;
  private OozieActions actions;

  @BeforeEach
  void makeWarehouse() throws IOException {
    shop = Files.createDirectory(folder.resolve("shop"));
    actions = new OozieActions(folder.resolve("launcher"));
  }

  @Test
  void reasonOfTheActionIsTold() throws IOException {
    actions.run("compact", "compact", "--warehouse=" + shop, "--dya=1");
    var ended = tell("--error-code=2", "--error-message=Main Class, exit code [2]");
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    var body =
        """
        job:       daily
        day:       2019-10-01
        workflow:  %s
        action:    compact
        exit code: 2, wrong usage, trying again cannot help
        command:   compact --warehouse=%s --dya=1
        time:      2019-10-02T00:20:00Z
        reason:
          clickmill compact: Unknown option: '--dya=1'
        """
            .formatted(OozieActions.WORKFLOW, shop);
    assertThat(ended.out()).startsWith(SUBJECT + "\n\n" + body);
    assertThat(ended.properties())
        .containsEntry("subject", SUBJECT)
        .hasEntrySatisfying("body", text -> assertThat((String) text).startsWith(body));
    var kept = new ObjectMapper().readTree(OozieActions.file(shop, "notification.json").toFile());
    assertThat(kept.get("subject").asText()).isEqualTo(SUBJECT);
    assertThat(kept.get("errorCode").asText()).isEqualTo("2");
    assertThat(kept.at("/reason/0").asText()).startsWith("clickmill compact: Unknown option");
  }

  @Test
  void withoutAReasonOozieIsQuoted() throws IOException {
    var ended = tell("--error-code=JA009", "--error-message=JA009: Cannot start http://a:b@host");
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out())
        .contains(
            "exit code: JA009, an error of Oozie or of the cluster\n"
                + "reason:\n  JA009: Cannot start http://[hidden]@host\n");
  }

  @Test
  void damagedReasonIsAsGoodAsNone() throws IOException {
    var file = OozieActions.file(shop, "compact.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{\"workflow\" : ");
    var ended = tell("--error-code=1", "--error-message=");
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("exit code: 1, failed\nreason:\n  Oozie gives none;");
  }

  @Test
  void longReasonFitsIntoTheOutput() throws IOException {
    var ended = tell("--error-code=1", "--error-message=" + "\u20ac ".repeat(3000));
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.properties().getProperty("body"))
        .startsWith("job:       daily")
        .endsWith("...");
  }

  @Test
  void missingWarehouseDoesNotKeepItFromTelling() throws IOException {
    Files.delete(shop);
    var ended = tell("--error-code=2");
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).startsWith(SUBJECT);
    assertThat(ended.err()).contains("notification: warning: Cannot read the reason in " + shop);
    assertThat(shop).doesNotExist();
  }

  @Test
  void webhookGetsItAsJson() throws IOException {
    var received = new CopyOnWriteArrayList<String>();
    var server = server(204, received);
    try {
      var ended = tell("--error-code=2", "--webhook=" + address(server));
      assertThat(ended.exitCode()).as(ended.err()).isZero();
    } finally {
      server.stop(0);
    }
    assertThat(received).hasSize(1);
    var posted = new ObjectMapper().readTree(received.get(0));
    assertThat(posted.get("job").asText()).isEqualTo("daily");
    assertThat(posted.get("text").asText()).startsWith(SUBJECT);
    assertThat(Files.readString(OozieActions.file(shop, "notification.json")))
        .doesNotContain("t0ken");
  }

  @Test
  void webhookThatRefusesFailsTheAction() throws IOException {
    var server = server(500, new CopyOnWriteArrayList<>());
    try {
      var ended = tell("--error-code=2", "--webhook=" + address(server));
      assertThat(ended.exitCode()).isEqualTo(1);
      assertThat(ended.err())
          .isEqualTo(
              "notification: Cannot post the notification to 127.0.0.1: it answered with HTTP"
                  + " status 500\n");
    } finally {
      server.stop(0);
    }
    assertThat(OozieActions.file(shop, "notification.json")).exists();
  }

  @Test
  void webhookThatCannotBeReachedFailsTheAction() throws IOException {
    var server = server(204, new CopyOnWriteArrayList<>());
    var address = address(server);
    server.stop(0);
    var ended = tell("--error-code=2", "--webhook=" + address);
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err())
        .startsWith("notification: Cannot post the notification to 127.0.0.1: ConnectException")
        .doesNotContain("t0ken");
  }

  @Test
  void webhookMustBeAnAddress() throws IOException {
    for (var webhook : List.of("t0ken", "ftp://host/t0ken", "http://ho st/t0ken", "https:t0ken")) {
      var ended = tell("--error-code=2", "--webhook=" + webhook);
      assertThat(ended.exitCode()).as(webhook).isEqualTo(2);
      assertThat(ended.err())
          .isEqualTo(
              "notification: Invalid value of --webhook: it is no address of the form"
                  + " https://host/path\n");
    }
  }

  @Test
  void emptyOptionsAreNotSet() throws IOException {
    var ended = tell("--error-code=", "--webhook=", "--error-message=");
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("exit code: unknown, an error of Oozie or of the cluster");
  }

  private OozieActions.Ended tell(String... more) throws IOException {
    var launcher = actions.launcher("notify");
    var out = new StringWriter();
    var err = new StringWriter();
    var arguments =
        Stream.concat(
                Stream.of(
                    "--warehouse=" + shop,
                    "--job=daily",
                    "--workflow=" + OozieActions.WORKFLOW,
                    "--action=compact",
                    "--day=2019-10-01"),
                Stream.of(more))
            .toArray(String[]::new);
    int exitCode =
        new Notification(launcher, new PrintWriter(out), new PrintWriter(err)).run(arguments);
    return new OozieActions.Ended(exitCode, out.toString(), err.toString(), launcher.output());
  }

  private static HttpServer server(int status, List<String> received) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          received.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String address(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/services/t0ken";
  }
}
