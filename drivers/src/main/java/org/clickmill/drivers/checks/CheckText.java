package org.clickmill.drivers.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.yaml.YamlText;

/** The text of a file of checks. */
record CheckText(String origin, String yaml) implements YamlText {
  private static final String BUILT_IN = "default.yaml";
  private static final long MOST_BYTES = 1 << 20;

  @Override
  public String what() {
    return "checks";
  }

  /** The checks that are built in. */
  static CheckText builtIn() {
    try (var stream = CheckText.class.getResourceAsStream(BUILT_IN)) {
      return new CheckText(BUILT_IN, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a file.
   *
   * @throws ClickmillException of kind usage if there is none, or it cannot be read
   */
  static CheckText read(String file, Configuration configuration) {
    try {
      var found = OrdersFile.find(file, configuration);
      if (found.isEmpty()) {
        throw ClickmillException.usage(
            "Missing checks: %s (%s: a file, %s or %s)",
            file, CheckSettings.CHECKS, CheckSettings.DEFAULT, CheckSettings.NONE);
      }
      if (found.get().isDirectory() || found.get().getLen() > MOST_BYTES) {
        throw new IOException(found.get().isDirectory() ? "it is a folder" : "it has over 1 MB");
      }
      var path = found.get().getPath();
      try (var in = path.getFileSystem(configuration).open(path)) {
        var bytes = ByteBuffer.wrap(in.readAllBytes());
        return new CheckText(file, StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
      }
    } catch (CharacterCodingException e) {
      throw ClickmillException.usage("Cannot read checks %s: it is not UTF-8 text", file, e);
    } catch (IOException | IllegalArgumentException e) {
      throw ClickmillException.usage("Cannot read checks %s: %s", file, e.getMessage(), e);
    }
  }
}
