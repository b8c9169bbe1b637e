package org.clickmill.formats.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Text of any encoding as UTF-8. Bytes that mean nothing in the encoding become one that means
 * nothing in UTF-8, so that their record, and no other, is rejected.
 */
final class RecodedText extends InputStream {
  private static final int BUFFER = 64 * 1024;
  private static final byte INVALID = (byte) 0xff;

  private final InputStream in;
  private final CharsetDecoder decoder;
  private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
  private final ByteBuffer source = ByteBuffer.allocate(BUFFER).flip();
  private final CharBuffer characters = CharBuffer.allocate(BUFFER).flip();
  private final ByteBuffer target = ByteBuffer.allocate(4 * BUFFER).flip();

  /** Half a surrogate pair must not take the line end behind it along. */
  private final int largestSkip;

  private boolean isRead;
  private boolean isDone;

  RecodedText(InputStream in, Charset encoding) {
    this.in = in;
    largestSkip = encoding.name().startsWith("UTF-16") ? 2 : Integer.MAX_VALUE;
    decoder =
        encoding
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    encoder.onMalformedInput(CodingErrorAction.REPORT);
  }

  @Override
  public int read() throws IOException {
    return fill() ? target.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, target.remaining());
    target.get(bytes, offset, count);
    return count;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private boolean fill() throws IOException {
    while (!target.hasRemaining()) {
      if (isDone) {
        return false;
      }
      recode();
    }
    return true;
  }

  private void recode() throws IOException {
    if (!isRead && source.remaining() < BUFFER / 2) {
      source.compact();
      int count = in.read(source.array(), source.position(), source.remaining());
      isRead = count < 0;
      source.position(source.position() + Math.max(0, count)).flip();
    }
    characters.clear();
    var result = decoder.decode(source, characters, isRead);
    characters.flip();
    target.clear();
    encode();
    if (result.isError()) {
      source.position(source.position() + Math.min(result.length(), largestSkip));
      target.put(INVALID);
    } else if (isRead && result.isUnderflow()) {
      characters.clear();
      decoder.flush(characters);
      characters.flip();
      encode();
      isDone = true;
    }
    target.flip();
  }

  private void encode() {
    encoder.reset();
    while (encoder.encode(characters, target, true).isError()) {
      characters.get();
      target.put(INVALID);
    }
  }
}
