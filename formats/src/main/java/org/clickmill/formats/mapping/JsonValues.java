package org.clickmill.formats.mapping;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/** Values that are one JSON object, with white space of any kind around it. */
final class JsonValues implements ValueDecoder {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EACH_1 = 0x0101_0101_0101_0101L;
  private static final long EACH_HIGHEST = 0x8080_8080_8080_8080L;

  private final JsonFields fields;

  JsonValues(List<FieldMapping> sourced, String mapping) {
    fields = new JsonFields(sourced, mapping);
  }

  @Override
  public void fill(EventAssembler target, byte[] bytes, int offset, int length)
      throws BadValueException, IOException {
    if (!isPlain(bytes, offset, length)) {
      if (Utf8Bytes.containNul(bytes, offset, length)) {
        throw new BadValueException("a NUL byte");
      }
      if (!Utf8Bytes.areValid(bytes, offset, length)) {
        throw new BadValueException("not valid UTF-8");
      }
    }
    fields.fill(target, bytes, offset, offset + length);
  }

  /** Whether the bytes are ASCII without NUL, as most are; looked at eight at a time. */
  private static boolean isPlain(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int i = offset;
    for (; i <= end - Long.BYTES; i += Long.BYTES) {
      long eight = (long) LONGS.get(bytes, i);
      // Taking 1 from each byte sets the highest bit of those that are 0; it is set above 127.
      if ((((eight - EACH_1) | eight) & EACH_HIGHEST) != 0) {
        return false;
      }
    }
    for (; i < end; i++) {
      if (bytes[i] <= 0) {
        return false;
      }
    }
    return true;
  }
}
