package org.clickmill.drivers.oozie;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutputPropertiesTest {
  @TempDir Path folder;

  @Test
  void valuesAreReadAsTheyWereWritten() throws IOException {
    var output = new OutputProperties();
    output.add("a b", "one\ntwo = three \u20ac");
    output.add("note", "#5");
    assertThat(written(output))
        .containsOnly(Map.entry("a b", "one\ntwo = three \u20ac"), Map.entry("note", "#5"));
  }

  @Test
  void whatDoesNotFitIsLeftOutAndCounted() throws IOException {
    var output = new OutputProperties();
    for (int i = 0; i < 1000; i++) {
      output.add("figure" + i, "1234567");
    }
    var properties = written(output);
    assertThat(properties).containsEntry("omitted", Integer.toString(output.omitted()));
    assertThat(properties.size() - 1 + output.omitted()).isEqualTo(1000);
  }

  @Test
  void longTextIsCut() throws IOException {
    var output = new OutputProperties();
    output.addBeginning("body", "\u20ac".repeat(5000));
    assertThat(written(output).getProperty("body")).matches("\u20ac{100,} \\.\\.\\.");
    assertThat(output.omitted()).isZero();
  }

  private Properties written(OutputProperties output) throws IOException {
    var file = folder.resolve("output.properties");
    output.write(file);
    assertThat(Files.size(file)).isLessThanOrEqualTo(OutputProperties.LIMIT);
    var properties = new Properties();
    try (var in = Files.newInputStream(file)) {
      properties.load(in);
    }
    return properties;
  }
}
