package org.clickmill.drivers.oozie;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The properties that an action returns to Oozie, which takes no more than {@link #LIMIT}
 * characters of them and fails the action otherwise. What does not fit is left out, and the
 * property {@code omitted} says how many those are.
 */
final class OutputProperties {
  /** Oozie's own default of {@code oozie.action.max.output.data}. */
  static final int LIMIT = 2048;

  private static final String OMITTED = "omitted";
  private static final int ROOM_FOR_OMITTED = OMITTED.length() + 10;

  private final StringBuilder lines = new StringBuilder();
  private int omitted;

  /** Adds a property, unless there is no room for it. */
  boolean add(String name, String value) {
    var line = line(name, value);
    if (lines.length() + line.length() > LIMIT - ROOM_FOR_OMITTED) {
      omitted++;
      return false;
    }
    lines.append(line);
    return true;
  }

  /** Adds a text, as much of its beginning as there is room for. */
  void addBeginning(String name, String text) {
    int before = omitted;
    for (int length = text.length(); length > 0; length = length * 3 / 4) {
      if (add(name, Reason.cut(text, length))) {
        omitted = before;
        return;
      }
    }
  }

  /** How many properties did not fit. */
  int omitted() {
    return omitted;
  }

  void write(Path file) throws IOException {
    var end = omitted == 0 ? "" : line(OMITTED, Integer.toString(omitted));
    Files.writeString(file, lines + end, StandardCharsets.ISO_8859_1);
  }

  /** A property in the form in which {@link Properties} reads it, all in ASCII. */
  private static String line(String name, String value) {
    var properties = new Properties();
    properties.setProperty(name, value);
    var bytes = new ByteArrayOutputStream();
    try {
      properties.store(bytes, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var text = bytes.toString(StandardCharsets.ISO_8859_1);
    // Without the comment with the time, which comes first.
    var line = text.lines().filter(one -> !one.startsWith("#")).findFirst().orElseThrow();
    return line + "\n";
  }
}
