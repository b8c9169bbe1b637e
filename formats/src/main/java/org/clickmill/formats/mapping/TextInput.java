package org.clickmill.formats.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/** A text file as UTF-8, whatever it is packed and encoded as. */
final class TextInput {
  private TextInput() {}

  /**
   * Unpacks and decodes an open file, which is closed with the stream.
   *
   * @param length the file's length in bytes
   */
  static InputStream open(
      FSDataInputStream in,
      Path path,
      long length,
      MappingDefinition definition,
      Configuration configuration)
      throws IOException {
    var compression = Compression.ofFile(path.getName());
    if (compression == Compression.NONE) {
      return decoded(in, definition.encoding());
    }
    int ratio = MappingSettings.MAX_UNPACK_RATIO.get(configuration);
    if (compression == Compression.ZIP) {
      boolean hasHeader = definition.isCsv(path.getName()) && definition.hasHeader();
      int longest = MappingSettings.MAX_RECORD_KB.get(configuration) * 1024;
      return new ZipText(
          new ZipEntries(in, path, length, ratio),
          definition.encoding(),
          hasHeader ? longest : ZipText.NO_HEADER);
    }
    var unpacked = compression.unpack(in, length);
    return decoded(new UnpackLimit(unpacked, path, length, ratio), definition.encoding());
  }

  /**
   * The bytes as UTF-8.
   *
   * @param encoding what they are; null for UTF-8
   */
  static InputStream decoded(InputStream in, Charset encoding) {
    return encoding == null ? in : new RecodedText(in, encoding);
  }
}
