package org.clickmill.drivers.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Damage;

/** A file with an id on each line, or standard input. */
final class IdFile {
  private static final String STANDARD_INPUT = "-";
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private IdFile() {}

  /**
   * The ids of a file, each once.
   *
   * @param option that names the file, for messages
   * @param file its name, - for standard input; null for none
   * @throws ClickmillException of kind usage if there is no such file, it is not text in UTF-8, or
   *     holds no id
   */
  static Set<String> read(String option, String file) throws IOException {
    if (file == null) {
      return Set.of();
    }
    var ids = new TreeSet<String>();
    text(option, file).lines().filter(line -> !line.isBlank()).forEach(ids::add);
    if (ids.isEmpty()) {
      throw ClickmillException.usage("Invalid value of %s: %s has no ids", option, file);
    }
    return ids;
  }

  private static String text(String option, String file) throws IOException {
    byte[] bytes;
    try {
      bytes =
          file.equals(STANDARD_INPUT)
              ? System.in.readAllBytes()
              : Files.readAllBytes(Path.of(file));
    } catch (IOException e) {
      throw ClickmillException.usage(
          "Invalid value of %s: cannot read %s: %s", option, file, Damage.describe(e), e);
    }
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw ClickmillException.usage(
          "Invalid value of %s: %s is not text in UTF-8", option, file, e);
    }
  }
}
