package org.clickmill.formats.avro;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * The checksum of the schema in a file's header. Avro has none of its own, and a damaged name would
 * be a column that is missing.
 */
public final class SchemaChecksum {
  /** The entry of the header that holds the checksum, in files that this suite wrote. */
  public static final String KEY = "clickmill.schema.crc32c";

  private SchemaChecksum() {}

  /** CRC-32C of a schema as it stands in the header, in hexadecimal digits. */
  public static String of(String schema) {
    var crc = new CRC32C();
    crc.update(schema.getBytes(StandardCharsets.UTF_8));
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }
}
