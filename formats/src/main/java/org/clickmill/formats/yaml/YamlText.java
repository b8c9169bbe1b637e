package org.clickmill.formats.yaml;

import java.util.Locale;
import org.clickmill.formats.failure.ClickmillException;

/** The text of a YAML file. */
public interface YamlText {
  /** What messages call the file: its path. */
  String origin();

  String yaml();

  /** What the file declares, in a word or two, as messages say it. */
  String what();

  /** A place in a file, line and column from 1. */
  record Place(int line, int column) {
    public Place plus(int columns) {
      return new Place(line, column + columns);
    }
  }

  /** What is wrong at a place, as a usage error. */
  default ClickmillException invalid(Place place, String format, Object... arguments) {
    return ClickmillException.usage(
        "Invalid %s %s, line %d, column %d: %s",
        what(),
        origin(),
        place.line(),
        place.column(),
        String.format(Locale.ROOT, format, arguments));
  }
}
