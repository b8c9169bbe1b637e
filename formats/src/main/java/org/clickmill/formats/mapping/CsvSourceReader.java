package org.clickmill.formats.mapping;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.failure.ClickmillException;

/** Reads comma-separated values, parsing each line on its bytes. */
class CsvSourceReader extends LineSourceReader {
  private final MappingDefinition definition;
  private final CsvFields fields;

  /** What is read of the file. */
  private final List<SourceColumn> wanted;

  /** The column of each of these, -1 if the file has none. */
  private final int[] columns;

  /** Number of fields that a line must have, 0 for any. */
  private int width;

  /** Null if there is none. */
  private List<String> header;

  private int mostFields;

  CsvSourceReader(SourcePart part, Mapping mapping, Configuration configuration)
      throws IOException {
    super(part, mapping, configuration);
    definition = mapping.definition();
    fields = new CsvFields(definition.delimiter(part.path().getName()));
    wanted = several() == null ? plainColumns(assembler().sourced()) : several().namedColumns();
    columns = new int[wanted.size()];
  }

  @Override
  void startFile() throws IOException {
    if (!definition.hasHeader()) {
      width = definition.columns();
      for (int i = 0; i < columns.length; i++) {
        columns[i] = Integer.parseInt(wanted.get(i).name()) - 1;
      }
    } else if (advance(Long.MAX_VALUE)) {
      header = readHeader();
      width = header.size();
      for (int i = 0; i < columns.length; i++) {
        columns[i] = column(wanted.get(i));
        if (columns[i] >= 0 && several() == null) {
          assembler().markPresent(i);
        }
      }
    }
  }

  @Override
  void fillFromLine(EventAssembler target, byte[] bytes, int start, int end)
      throws BadValueException {
    int count = split(bytes, start, end);
    for (int i = 0; i < columns.length; i++) {
      int column = columns[i];
      var setter = target.setter(i);
      if (column >= 0 && column < count) {
        target.markPresent(i);
        setter.text(fields.bytes(column), fields.start(column), fields.length(column));
      } else if (column < 0 || setter.mapping().isOptional()) {
        setter.nothing();
      } else {
        throw missing(column, count);
      }
    }
  }

  /** The value of what is wanted of the line that was split; null if there is none. */
  final SourceNode value(int index, int count) throws BadValueException {
    int column = columns[index];
    if (column >= 0 && column < count) {
      return new TextLeaf(fields.bytes(column), fields.start(column), fields.length(column));
    }
    if (column < 0 || wanted.get(index).isOptional()) {
      return null;
    }
    throw missing(column, count);
  }

  private static BadValueException missing(int column, int count) {
    return new BadValueException("no column " + (column + 1) + ": " + count + " fields");
  }

  /** Splits a line, which must be as wide as the file, and returns the number of its fields. */
  final int split(byte[] bytes, int start, int end) throws BadValueException {
    int count = fields.split(bytes, start, end);
    if (width != 0 && count != width) {
      throw new BadValueException(
          count
              + (count == 1 ? " field where " : " fields where ")
              + width
              + (definition.hasHeader() ? " are named in the header" : " are expected"));
    }
    mostFields = Math.max(mostFields, count);
    return count;
  }

  @Override
  String presentColumns() {
    return header == null ? "1 to " + mostFields : String.join(", ", header);
  }

  private static List<SourceColumn> plainColumns(List<FieldMapping> sourced) {
    return sourced.stream()
        .map(
            field ->
                new SourceColumn(
                    SourcePath.ofColumn(field.source()),
                    field.isOptional(),
                    "mapped to " + field.target().text()))
        .toList();
  }

  private List<String> readHeader() {
    byte[] bytes = lines().bytes();
    int count;
    try {
      if (lines().isTooLong()) {
        throw new BadValueException("too long");
      }
      if (!Utf8Bytes.areValid(bytes, lines().start(), lines().end() - lines().start())) {
        throw new BadValueException("not valid " + definition.encodingName());
      }
      count = fields.split(bytes, lines().start(), lines().end());
    } catch (BadValueException e) {
      throw ClickmillException.usage(
          "Invalid header of %s: %s: %s", path(), place(), e.getMessage(), e);
    }
    var names = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      var name =
          new String(fields.bytes(i), fields.start(i), fields.length(i), StandardCharsets.UTF_8);
      names.add(name.strip());
    }
    return names;
  }

  private int column(SourceColumn field) {
    int column = header.indexOf(field.name());
    if (column != header.lastIndexOf(field.name())) {
      throw ClickmillException.usage(
          "Invalid header of %s: column %s occurs twice", path(), field.name());
    }
    if (column < 0 && !field.isOptional()) {
      throw ClickmillException.usage(
          "Missing column %s in %s, %s; there are: %s",
          field.name(),
          path(),
          field.use(),
          BadValueException.shown(String.join(", ", header), 1000));
    }
    return column;
  }
}
