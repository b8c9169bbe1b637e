package org.clickmill.drivers.oozie;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** Runs main classes of java actions in this process, as a launcher does in its own. */
final class OozieActions {
  static final String WORKFLOW = "0000007-191001000000000-oozie-mill-W";
  static final Instant NOW = Instant.parse("2019-10-02T00:20:00Z");

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();

  OozieActions(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    configure(Map.of());
  }

  /** What an action has come to. */
  record Ended(int exitCode, String out, String err, Path output) {
    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(out);
    }

    Properties properties() throws IOException {
      assertThat(Files.size(output)).isLessThanOrEqualTo(2048);
      var properties = new Properties();
      try (var in = Files.newInputStream(output)) {
        properties.load(in);
      }
      return properties;
    }
  }

  /** Writes the action configuration. */
  void configure(Map<String, String> properties) throws IOException {
    var xml = new StringBuilder("<configuration>");
    properties.forEach(
        (name, value) ->
            xml.append("<property><name>")
                .append(name)
                .append("</name><value>")
                .append(value)
                .append("</value></property>"));
    Files.writeString(folder.resolve("action.xml"), xml + "</configuration>");
  }

  void setVariable(String name, String value) {
    environment.put(name, value);
  }

  Ended run(String action, String... arguments) throws IOException {
    return run(NOW, action, arguments);
  }

  Ended run(Instant now, String action, String... arguments) throws IOException {
    var launcher = launcher(action);
    var out = new StringWriter();
    var err = new StringWriter();
    int exitCode =
        new OozieAction(
                launcher,
                Clock.fixed(now, ZoneOffset.UTC),
                new PrintWriter(out),
                new PrintWriter(err))
            .run(arguments);
    return new Ended(exitCode, out.toString(), err.toString(), launcher.output());
  }

  Launcher launcher(String action) throws IOException {
    var output = folder.resolve(action + ".properties");
    Files.deleteIfExists(output);
    var properties =
        Map.of(
            "oozie.job.id",
            WORKFLOW,
            "oozie.action.id",
            WORKFLOW + "@" + action,
            "oozie.action.conf.xml",
            folder.resolve("action.xml").toString(),
            "oozie.action.output.properties",
            output.toString());
    return Launcher.of(properties::get, environment);
  }

  /** The file of a workflow in the folder of a warehouse. */
  static Path file(Path warehouse, String name) {
    return warehouse.resolve("_oozie").resolve(WORKFLOW).resolve(name);
  }

  /** A warehouse with a day of one view in one hour, which is imported by an action. */
  static Path warehouse(Path folder) throws IOException {
    var input =
        Files.writeString(
            folder.resolve("2019-10-01.csv"),
            "event_time,event_type,product_id,category_id,category_code,brand,price,user_id,"
                + "user_session\n"
                + "2019-10-01 07:30:00 UTC,view,7,,,,1.50,anna,visit\n",
            StandardCharsets.UTF_8);
    var warehouse = folder.resolve("warehouse");
    var ended =
        new OozieActions(folder.resolve("import"))
            .run(
                "import",
                "import",
                "--mapping=rees46",
                "--input",
                input.toString(),
                "--warehouse",
                warehouse.toString());
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    return warehouse;
  }

  /** The files of an hour that is there no more, as they were. */
  static Map<Path, byte[]> takeHour(Path warehouse, String hour) throws IOException {
    var taken = new HashMap<Path, byte[]>();
    var path = warehouse.resolve("events/dt=2019-10-01/hr=" + hour);
    try (var files = Files.list(path)) {
      for (var file : files.toList()) {
        taken.put(file, Files.readAllBytes(file));
        Files.delete(file);
      }
    }
    Files.delete(path);
    return taken;
  }

  static void putBack(Map<Path, byte[]> files) throws IOException {
    for (var file : files.entrySet()) {
      Files.createDirectories(file.getKey().getParent());
      Files.write(file.getKey(), file.getValue());
    }
  }
}
