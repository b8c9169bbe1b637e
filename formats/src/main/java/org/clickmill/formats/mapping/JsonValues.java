package org.clickmill.formats.mapping;

import java.io.IOException;
import java.util.List;
import org.clickmill.formats.event.Swar;

/** Values that are one JSON object, with white space of any kind around it. */
final class JsonValues implements ValueDecoder {
  private final JsonRecords fields;

  JsonValues(List<FieldMapping> sourced, RecordEvents several, String mapping) {
    fields = JsonRecords.of(sourced, several, mapping);
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
      if (!Swar.arePlain(Swar.at(bytes, i))) {
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
