package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo through Kafka, by the launcher, as a stranger runs it. */
final class KafkaDemoIT {
  private static final Path LAUNCHER = Path.of("..", "clickmill").toAbsolutePath().normalize();

  @TempDir Path folder;

  @Test
  void tablesAreThoseOfTheDemoByFilesAndASecondRunDoesNothing()
      throws IOException, InterruptedException {
    demo("files");
    var first = demo("kafka", "--kafka");
    assertThat(first).contains("publish", "to topic shop", "load");
    var published = fingerprints("kafka");
    assertThat(published).isNotEmpty().isEqualTo(fingerprints("files"));
    assertThat(folder.resolve("kafka/report.html")).content().contains("Sales by day");
    var second = demo("kafka", "--kafka");
    assertThat(second).contains("published before", "loaded before");
    assertThat(fingerprints("kafka")).isEqualTo(published);
  }

  @Test
  void publishingThatWasCutOffBeginsAgain() throws IOException, InterruptedException {
    // A broker's folder without the mark that all was published.
    var left = Files.createDirectories(folder.resolve("shop/kafka/data"));
    Files.writeString(left.resolve("meta.properties"), "of a broker that was killed");
    assertThat(demo("shop", "--kafka")).contains("to topic shop");
  }

  private String demo(String output, String... options) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.addAll(
        List.of(LAUNCHER.toString(), "demo", "--output=" + output, "--events=20000", "--days=2"));
    command.addAll(List.of(options));
    var out = folder.resolve("out");
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("CLICKMILL_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("CLICKMILL_EMBEDDED", "1");
    int exitCode = builder.start().waitFor();
    var said = Files.readString(out, StandardCharsets.UTF_8);
    assertThat(exitCode).as(said).isZero();
    return said;
  }

  /** What the rows of every published partition are; where they came from is not in it. */
  private Map<String, String> fingerprints(String output) throws IOException {
    var warehouse = folder.resolve(output).resolve("warehouse");
    var fingerprints = new TreeMap<String, String>();
    try (var files = Files.walk(warehouse)) {
      for (var file : files.filter(path -> path.endsWith("_MANIFEST.json")).toList()) {
        var partition = warehouse.relativize(file.getParent()).toString();
        if (!partition.startsWith("_")) {
          var manifest = new ObjectMapper().readTree(file.toFile());
          fingerprints.put(partition, manifest.get("fingerprint").toString());
        }
      }
    }
    return fingerprints;
  }
}
