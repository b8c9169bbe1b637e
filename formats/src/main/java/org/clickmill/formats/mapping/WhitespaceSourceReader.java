package org.clickmill.formats.mapping;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
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
    // Of a line that may be several events, columns are asked for by their names.
    columns =
        (several() == null ? assembler().sourced() : List.<FieldMapping>of())
            .stream().mapToInt(field -> Integer.parseInt(field.source()) - 1).toArray();
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
    if (several() != null) {
      several().begin(new Line(count));
      return;
    }
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

  /** The line that was split last. */
  private final class Line implements SourceNode.Branch {
    private final int count;

    Line(int count) {
      this.count = count;
    }

    @Override
    public SourceNode child(String name) throws BadValueException {
      int column = Integer.parseInt(name) - 1;
      if (column < count) {
        return new TextLeaf(lines().bytes(), starts[column], ends[column] - starts[column]);
      }
      for (var wanted : several().namedColumns()) {
        if (wanted.name().equals(name) && !wanted.isOptional()) {
          throw new BadValueException("no column " + name + ": " + count + " fields");
        }
      }
      return null;
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
