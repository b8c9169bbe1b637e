package org.clickmill.drivers.cli;

import java.util.Locale;
import org.clickmill.drivers.catalog.CsvRows;
import org.clickmill.drivers.catalog.JsonRows;
import org.clickmill.drivers.catalog.RowWriter;
import org.clickmill.drivers.catalog.TextRows;
import org.clickmill.formats.failure.ClickmillException;

/** How a command prints rows. */
enum RowFormat {
  TABLE,
  CSV,
  JSON;

  /**
   * The format that the command line asks for.
   *
   * @param named by {@code --format}; null where the option is not given
   * @param isJson whether {@code --json} is given
   */
  static RowFormat of(RowFormat named, boolean isJson) {
    if (isJson && named != null && named != JSON) {
      throw ClickmillException.usage(
          "Invalid options: --json and --format %s exclude each other",
          named.name().toLowerCase(Locale.ROOT));
    }
    if (isJson) {
      return JSON;
    }
    return named == null ? TABLE : named;
  }

  RowWriter writer(CommandContext context) {
    var out = context.console().out();
    return switch (this) {
      case TABLE -> new TextRows(out);
      case CSV -> new CsvRows(out);
      case JSON -> new JsonRows(out);
    };
  }
}
