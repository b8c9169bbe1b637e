package org.clickmill.formats.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.clickmill.formats.failure.ClickmillException;

/**
 * Reads a file of one record a line, or the lines that begin in a part of it; or a whole JSON
 * array, whose elements take the place of lines.
 */
abstract class LineSourceReader extends SourceReader {
  private static final int KEPT_OF_TOO_LONG = 64 * 1024;

  private final MappingDefinition definition;
  private final SourcePart part;
  private final FSDataInputStream in;
  private final LineBuffer lines;
  private final int longestKilobytes;
  private boolean isFirst = true;

  LineSourceReader(SourcePart part, Mapping mapping, Configuration configuration)
      throws IOException {
    this(part, mapping, configuration, false);
  }

  /**
   * @param isJsonArray whether the text is a JSON array; then the part is the whole file, or
   *     nothing
   */
  LineSourceReader(
      SourcePart part, Mapping mapping, Configuration configuration, boolean isJsonArray)
      throws IOException {
    super(part, mapping);
    this.part = part;
    longestKilobytes = MappingSettings.MAX_RECORD_KB.get(configuration);
    definition = mapping.definition();
    in = part.open();
    boolean isOpen = false;
    try {
      var text = TextInput.open(in, part.path(), part.length(), definition, configuration);
      lines = lines(text, isJsonArray);
      isOpen = true;
    } finally {
      if (!isOpen) {
        in.close();
      }
    }
  }

  private LineBuffer lines(InputStream text, boolean isJsonArray) {
    int longest = longestKilobytes * 1024;
    if (isJsonArray) {
      return new JsonArrayBuffer(text, longest);
    }
    return definition.isMultiline()
        ? new QuotedLineBuffer(text, longest, definition.delimiter(part.path().getName()))
        : new LineBuffer(text, longest);
  }

  /** Calls every setter once with a value of the line, which is valid UTF-8 without NUL. */
  abstract void fillFromLine(EventAssembler target, byte[] bytes, int start, int end)
      throws BadValueException, IOException;

  final LineBuffer lines() {
    return lines;
  }

  /** Reads what stands before the first record of the file, if anything does. */
  abstract void startFile() throws IOException;

  @Override
  final void start() throws IOException {
    startFile();
    if (part.start() > lines.nextOffset()) {
      isFirst = false;
      // The rest of a line that began before; it is empty where a line begins with the part.
      in.seek(part.start() - 1);
      lines.restart(part.start() - 1);
      lines.advance();
    }
  }

  @Override
  final boolean advance() throws IOException {
    return advance(part.end());
  }

  /** Goes to the next line that is not empty, if it begins before an offset. */
  final boolean advance(long end) throws IOException {
    while (lines.nextOffset() < end && lines.advance()) {
      if (isFirst) {
        isFirst = false;
        skipByteOrderMark();
      }
      if (lines.end() > lines.start()) {
        return true;
      }
    }
    return false;
  }

  @Override
  final void fill(EventAssembler target) throws BadValueException, IOException {
    byte[] bytes = lines.bytes();
    int start = lines.start();
    int end = lines.end();
    if (lines.isTooLong()) {
      throw new BadValueException(
          "longer than "
              + longestKilobytes
              + " KiB ("
              + MappingSettings.MAX_RECORD_KB.name()
              + ")");
    }
    if (!lines.isPlain()) {
      if (Utf8Bytes.containNul(bytes, start, end - start)) {
        throw new BadValueException("a NUL byte");
      }
      if (!Utf8Bytes.areValid(bytes, start, end - start)) {
        throw new BadValueException("not valid " + definition.encodingName());
      }
    }
    fillFromLine(target, bytes, start, end);
  }

  @Override
  final String place() {
    return "byte " + lines.offset();
  }

  @Override
  final long offset() {
    return lines.offset();
  }

  @Override
  final byte[] raw() {
    int end = lines.isTooLong() ? lines.start() + KEPT_OF_TOO_LONG : lines.end();
    return Arrays.copyOfRange(lines.bytes(), lines.start(), Math.min(end, lines.end()));
  }

  @Override
  public final void close() throws IOException {
    lines.close();
  }

  private void skipByteOrderMark() {
    byte[] bytes = lines.bytes();
    int start = lines.start();
    int length = lines.end() - start;
    if (length >= 3
        && bytes[start] == (byte) 0xef
        && bytes[start + 1] == (byte) 0xbb
        && bytes[start + 2] == (byte) 0xbf) {
      lines.skip(3);
      return;
    }
    int first = length < 2 ? 0 : ((bytes[start] & 0xff) << 8) | (bytes[start + 1] & 0xff);
    if (first == 0xfeff || first == 0xfffe) {
      throw ClickmillException.failed(
          "Cannot read file %s: it is UTF-16 text; say 'encoding: utf-16' in the mapping", path());
    }
    if (first == 0x1f8b
        || first == 0x28b5
        || first == 0xfd37
        || isMagic("BZh")
        || isMagic("PK\3\4")) {
      throw ClickmillException.failed(
          "Cannot read file %s: it is packed, but its name does not end with one of %s",
          path(), Compression.EXTENSIONS);
    }
  }

  private boolean isMagic(String magic) {
    int start = lines.start();
    for (int i = 0; i < magic.length(); i++) {
      if (start + i >= lines.end() || lines.bytes()[start + i] != magic.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
