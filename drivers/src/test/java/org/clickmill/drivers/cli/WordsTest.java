package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class WordsTest {
  @Test
  void docsHelpMessagesAndCommentsDoWithoutTheWordsOfTheList() throws Exception {
    var script = Path.of("..", "docs", "check-words").toAbsolutePath().normalize();
    var process = new ProcessBuilder(script.toString()).redirectErrorStream(true).start();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(text).as("words that %s finds", script).isEmpty();
    assertThat(process.waitFor()).isZero();
  }
}
