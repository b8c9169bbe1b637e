package org.clickmill.formats.mapping;

import java.io.IOException;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;

/** Reads text whose fields are parted by runs of spaces and tabs; columns go by number. */
final class WhitespaceSourceReader extends LineSourceReader {
  private final int width;
  private final int[] columns;
  private int[] starts = new int[32];
  private int[] ends = new int[32];
  private int mostFields;

  WhitespaceSourceReader(SourcePart part, Mapping mapping, Configuration configuration)
      throws IOException {
    super(part, mapping, configuration);
    width = mapping.definition().columns();
    columns =
        assembler().sourced().stream()
            .mapToInt(field -> Integer.parseInt(field.source()) - 1)
            .toArray();
  }

  @Override
  void startFile() {
    // There is no header.
  }

  @Override
  void fillFromLine(EventAssembler target, byte[] bytes, int start, int end)
      throws BadValueException {
    int count = split(bytes, start, end);
    if (width != 0 && count != width) {
      throw new BadValueException(
          count + (count == 1 ? " field where " : " fields where ") + width + " are expected");
    }
    mostFields = Math.max(mostFields, count);
    for (int i = 0; i < columns.length; i++) {
      int column = columns[i];
      var setter = target.setter(i);
      if (column < count) {
        target.markPresent(i);
        setter.text(bytes, starts[column], ends[column] - starts[column]);
      } else if (setter.mapping().isOptional()) {
        setter.nothing();
      } else {
        throw new BadValueException("no column " + (column + 1) + ": " + count + " fields");
      }
    }
  }

  @Override
  String presentColumns() {
    return "1 to " + mostFields;
  }

  private int split(byte[] bytes, int start, int end) {
    int count = 0;
    int i = start;
    while (true) {
      while (i < end && Numbers.isSpace(bytes[i])) {
        i++;
      }
      if (i == end) {
        return count;
      }
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, 2 * count);
        ends = Arrays.copyOf(ends, 2 * count);
      }
      starts[count] = i;
      while (i < end && !Numbers.isSpace(bytes[i])) {
        i++;
      }
      ends[count++] = i;
    }
  }
}
