package org.clickmill.jobs.forget;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.clickmill.jobs.kernel.TextDictionary;

/**
 * Looks for ids in raw records: as they are, as JSON may escape them, and as CSV does. One pass for
 * each length that ids have, however many there are.
 *
 * <p>In a text an id counts as a whole word only, so that the id 17 is not found in 2017. A record
 * with bytes that no text has may have a length or a tag beside the id, so there it counts
 * anywhere.
 */
final class TextSearch {
  private static final int FACTOR = 31;
  private static final int BITS_AN_ID = 16;
  private static final int SPREAD = 0x9e3779b9;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper ASCII_JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final List<OfLength> lengths;

  TextSearch(Collection<String> ids) {
    var byLength = new TreeMap<Integer, Set<String>>();
    for (var id : ids) {
      for (var form : forms(id)) {
        int length = form.getBytes(StandardCharsets.UTF_8).length;
        byLength.computeIfAbsent(length, any -> new LinkedHashSet<>()).add(form);
      }
    }
    lengths = byLength.entrySet().stream().map(OfLength::of).toList();
  }

  private static Set<String> forms(String id) {
    var forms = new LinkedHashSet<>(List.of(id, id.replace("\"", "\"\"")));
    try {
      for (var json : List.of(JSON, ASCII_JSON)) {
        var quoted = json.writeValueAsString(id);
        var escaped = quoted.substring(1, quoted.length() - 1);
        forms.add(escaped);
        forms.add(escaped.replace("/", "\\/"));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    return forms;
  }

  /** The ids of one length. */
  private record OfLength(
      int length, int lastFactor, BitSet hashes, int shift, TextDictionary ids) {
    private static OfLength of(Map.Entry<Integer, Set<String>> ofLength) {
      int length = ofLength.getKey();
      int factor = 1;
      for (int i = 1; i < length; i++) {
        factor *= FACTOR;
      }
      int bits = Integer.highestOneBit(Math.max(64, BITS_AN_ID * ofLength.getValue().size()));
      int shift = Integer.SIZE - Integer.numberOfTrailingZeros(bits);
      var hashes = new BitSet(bits);
      var ids = new TextDictionary();
      for (var id : ofLength.getValue()) {
        byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
        ids.ordinal(utf8, 0, utf8.length);
        int hash = 0;
        for (byte b : utf8) {
          hash = hash * FACTOR + b;
        }
        hashes.set(hash * SPREAD >>> shift);
      }
      return new OfLength(length, factor, hashes, shift, ids);
    }

    boolean isIn(byte[] bytes, int offset, int end, boolean isText) {
      int hash = 0;
      for (int i = offset; i < end; i++) {
        if (i - offset >= length) {
          hash -= bytes[i - length] * lastFactor;
        }
        hash = hash * FACTOR + bytes[i];
        int start = i + 1 - length;
        if (start >= offset
            && hashes.get(hash * SPREAD >>> shift)
            && ids.contains(bytes, start, length)
            && (!isText || isWord(bytes, offset, start, end))) {
          return true;
        }
      }
      return false;
    }

    private boolean isWord(byte[] bytes, int offset, int start, int end) {
      int next = start + length;
      return (start == offset || !isWordByte(bytes[start - 1]))
          && (next == end || !isWordByte(bytes[next]));
    }
  }

  /** Whether some bytes hold an id. */
  boolean isIn(byte[] bytes, int offset, int length) {
    int end = offset + length;
    boolean isText = isText(bytes, offset, end);
    for (var ofLength : lengths) {
      if (ofLength.isIn(bytes, offset, end, isText)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isText(byte[] bytes, int offset, int end) {
    for (int i = offset; i < end; i++) {
      byte b = bytes[i];
      if (b >= 0 && b < ' ' && b != '\t' && b != '\r' && b != '\n') {
        return false;
      }
    }
    return true;
  }

  /** Of letters and digits; those outside of ASCII have bytes below zero only. */
  private static boolean isWordByte(byte b) {
    return b < 0 || b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z';
  }
}
