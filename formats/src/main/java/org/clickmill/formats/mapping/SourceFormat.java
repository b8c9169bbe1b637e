package org.clickmill.formats.mapping;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.clickmill.formats.failure.ClickmillException;

/** The kinds of file that a mapping can read. */
enum SourceFormat {
  /** One record a line, fields parted by one character and quoted as in RFC 4180. */
  CSV,
  /** One record a line, fields parted by runs of spaces and tabs, without a header. */
  WHITESPACE,
  /** One JSON object a line. */
  JSON,
  AVRO,
  PARQUET;

  /** Whether fields are addressed by dotted paths. */
  boolean hasPaths() {
    return this != CSV && this != WHITESPACE;
  }

  /** Whether records are lines, and the file may be packed as a whole. */
  boolean isText() {
    return this != AVRO && this != PARQUET;
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static final Map<String, SourceFormat> EXTENSIONS =
      Map.of(
          "csv", CSV, "tsv", CSV, "txt", CSV, "json", JSON, "jsonl", JSON, "ndjson", JSON, "avro",
          AVRO, "parquet", PARQUET);

  static SourceFormat parse(String text, String origin) {
    for (var format : values()) {
      if (format.text().equals(text)) {
        return format;
      }
    }
    throw ClickmillException.usage(
        "Invalid format in mapping %s: '%s' (expected one of %s)",
        origin,
        text,
        Arrays.stream(values()).map(SourceFormat::text).collect(Collectors.joining(", ")));
  }

  /** Whether a file's name tells a format, the endings of packed text aside. */
  static boolean isKnown(String path) {
    return EXTENSIONS.containsKey(extension(Compression.stripped(path)));
  }

  /**
   * The format that a file's name tells, the endings of packed text aside.
   *
   * @throws ClickmillException of kind usage if it tells none
   */
  static SourceFormat ofFile(String path) {
    var format = EXTENSIONS.get(extension(Compression.ofFile(path).strip(path)));
    if (format == null) {
      throw ClickmillException.usage(
          "Cannot tell the format of %s by its name: say 'format:' in the mapping", path);
    }
    return format;
  }

  /** Whether a file's name says that its fields are parted by tabs. */
  static boolean hasTabs(String path) {
    return extension(Compression.stripped(path)).equals("tsv");
  }

  private static String extension(String path) {
    var name = path.toLowerCase(Locale.ROOT);
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
