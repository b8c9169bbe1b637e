package org.clickmill.formats.mapping;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The files in a zip as one text of UTF-8: a file's last line is ended where it is not, and of
 * files that begin with a header only the first one's is kept, which all others must repeat; nor is
 * there a byte order mark within.
 */
final class ZipText extends InputStream {
  static final int NO_HEADER = 0;

  private static final byte[] BYTE_ORDER_MARK = "\uFEFF".getBytes(StandardCharsets.UTF_8);

  private final ZipEntries entries;
  private final Charset encoding;
  private final int longestHeader;
  private byte[] header;

  /** The file at hand; null before the first and behind the last. */
  private InputStream file;

  /** What was read of the file at hand to see its header, or is added behind it. */
  private InputStream extra = InputStream.nullInputStream();

  private boolean atEnd;
  private boolean isFirst = true;
  private byte last = '\n';

  /**
   * @param encoding of the files; null for UTF-8
   * @param longestHeader bytes that the first line may have, or {@link #NO_HEADER}
   */
  ZipText(ZipEntries entries, Charset encoding, int longestHeader) {
    this.entries = entries;
    this.encoding = encoding;
    this.longestHeader = longestHeader;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int count = read(one, 0, 1);
    return count < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (true) {
      int count = extra.read(bytes, offset, length);
      if (count <= 0 && file != null) {
        count = file.read(bytes, offset, length);
      }
      if (count > 0) {
        last = bytes[offset + count - 1];
        return count;
      }
      if (atEnd) {
        return -1;
      }
      openNext();
    }
  }

  @Override
  public void close() throws IOException {
    entries.close();
  }

  private void openNext() throws IOException {
    if (last != '\n') {
      file = null;
      extra = new ByteArrayInputStream(new byte[] {'\n'});
      return;
    }
    var next = entries.next();
    if (next == null) {
      file = null;
      atEnd = true;
      return;
    }
    file = TextInput.decoded(next, encoding);
    if (longestHeader != NO_HEADER) {
      takeHeader();
    } else if (!isFirst) {
      skipByteOrderMark();
    }
    isFirst = false;
  }

  private void skipByteOrderMark() throws IOException {
    byte[] start = file.readNBytes(BYTE_ORDER_MARK.length);
    if (!Arrays.equals(start, BYTE_ORDER_MARK)) {
      extra = new ByteArrayInputStream(start);
    }
  }

  private void takeHeader() throws IOException {
    byte[] line = firstLine();
    if (header == null) {
      header = text(line);
      extra = new ByteArrayInputStream(line);
    } else if (line.length > 0 && !Arrays.equals(text(line), header)) {
      throw entries.differs(
          "first lines differ: '"
              + BadValueException.shown(header, 0, header.length)
              + "' in '"
              + BadValueException.shown(entries.firstName())
              + "', then '"
              + BadValueException.shown(line, 0, text(line).length)
              + "'");
    }
  }

  private byte[] firstLine() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = file.read(); b >= 0; b = file.read()) {
      line.write(b);
      if (b == '\n' || line.size() > longestHeader) {
        break;
      }
    }
    return line.toByteArray();
  }

  /** The line without byte order mark and line end. */
  private static byte[] text(byte[] line) {
    int start = line.length >= 3 && Arrays.equals(line, 0, 3, BYTE_ORDER_MARK, 0, 3) ? 3 : 0;
    int end = line.length;
    while (end > start && (line[end - 1] == '\n' || line[end - 1] == '\r')) {
      end--;
    }
    return Arrays.copyOfRange(line, start, end);
  }
}
