package org.clickmill.formats.mapping;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks gzip, strictly: every member is read to its checksum, and what follows a member must be
 * another one or zeros to the end. (The JDK's own stream takes a damaged second member, or one that
 * comes late over a network, as the end of the file.)
 */
final class GzipStream extends InputStream {
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private final InputStream packed;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final byte[] buffer = new byte[64 * 1024];
  private int position;
  private int limit;
  private boolean insideMember;
  private boolean finished;

  GzipStream(InputStream packed) throws IOException {
    this.packed = packed;
    if (!hasMore()) {
      throw new EOFException("an empty file is no gzip");
    }
    readHeader();
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
    try {
      while (!finished) {
        if (!insideMember) {
          readHeader();
        }
        int count = inflater.inflate(bytes, offset, length);
        if (count > 0) {
          checksum.update(bytes, offset, count);
          return count;
        }
        if (inflater.finished()) {
          endMember();
        } else if (inflater.needsDictionary()) {
          throw new IOException("damaged gzip data: a dictionary is asked for");
        } else if (inflater.needsInput()) {
          if (!fill()) {
            throw new EOFException("the gzip data is cut off");
          }
          inflater.setInput(buffer, position, limit - position);
          position = limit;
        }
      }
      return -1;
    } catch (DataFormatException e) {
      throw new IOException("damaged gzip data: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    packed.close();
  }

  private void endMember() throws IOException {
    position = limit - inflater.getRemaining();
    long size = inflater.getBytesWritten() & 0xffffffffL;
    if (littleEndianInt() != checksum.getValue() || littleEndianInt() != size) {
      throw new IOException("damaged gzip data: wrong checksum");
    }
    insideMember = false;
    finished = !hasMore() || isPadding();
  }

  private boolean isPadding() throws IOException {
    if (buffer[position] != 0) {
      return false;
    }
    while (hasMore()) {
      if (buffer[position++] != 0) {
        throw new IOException("damaged gzip data: bytes after its end");
      }
    }
    return true;
  }

  private void readHeader() throws IOException {
    if (next() != 0x1f || next() != 0x8b) {
      throw new IOException("not gzip data");
    }
    int method = next();
    int flags = next();
    if (method != 8 || (flags & RESERVED) != 0) {
      throw new IOException("damaged gzip header");
    }
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(next() | (next() << 8));
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      skip(2);
    }
    inflater.reset();
    inflater.setInput(buffer, position, limit - position);
    position = limit;
    checksum.reset();
    insideMember = true;
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      next();
    }
  }

  private void skipText() throws IOException {
    while (next() != 0) {
      // Names and comments tell nothing about the data.
    }
  }

  private long littleEndianInt() throws IOException {
    return next() | (next() << 8) | (next() << 16) | ((long) next() << 24);
  }

  private int next() throws IOException {
    if (!hasMore()) {
      throw new EOFException("the gzip data is cut off");
    }
    return buffer[position++] & 0xff;
  }

  private boolean hasMore() throws IOException {
    return position < limit || fill();
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, packed.read(buffer, 0, buffer.length));
    return limit > 0;
  }
}
