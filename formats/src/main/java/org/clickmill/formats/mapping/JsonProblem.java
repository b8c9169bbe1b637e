package org.clickmill.formats.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;

/** What is wrong with a text that is not valid JSON, and where. */
final class JsonProblem {
  private static final int BYTES_SHOWN = 24;

  private JsonProblem() {}

  /** The reason that the parser of a text found. */
  static String reason(JsonProcessingException e, byte[] bytes, int start, int end) {
    if (e instanceof StreamConstraintsException) {
      return "JSON nested too deeply, or with a name or number that is too long";
    }
    if (e instanceof JsonEOFException) {
      return "not valid JSON: it ends too early";
    }
    long place = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset());
    int from = (int) Math.max(start, Math.min(end, start + place) - BYTES_SHOWN / 2);
    int to = Math.min(from + BYTES_SHOWN, end);
    // Whole characters only.
    while (from > start && Utf8Bytes.isContinuation(bytes[from])) {
      from--;
    }
    while (to < end && Utf8Bytes.isContinuation(bytes[to])) {
      to++;
    }
    return "not valid JSON near '" + BadValueException.shown(bytes, from, to - from) + "'";
  }
}
