package org.clickmill.formats.mapping;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.MessageType;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.UnsupportedFileException;
import org.clickmill.formats.fs.FileBytes;
import org.clickmill.formats.parquet.ParquetFooter;
import org.clickmill.formats.parquet.RowGroupColumns;

/**
 * Reads a Parquet file of any schema whose rows have the mapped columns, each at most once; of a
 * part the row groups whose middle lies in it.
 */
final class ParquetSourceReader extends SourceReader {
  private final SourcePart part;
  private final FileBytes file;
  private final ParquetFooter footer;
  private final RowGroupColumns columns;

  /** Null if each row is one event. */
  private ParquetTree tree;

  /** The column of each sourced field, null if the file has none. */
  private final List<ParquetValue> values = new ArrayList<>();

  /** The reader of each sourced field, null if the file has none; fields may share one. */
  private ColumnReader[] readers = new ColumnReader[0];

  private List<ColumnReader> distinctReaders = List.of();
  private int nextRowGroup;

  /** The first row of the next row group. */
  private long nextRow;

  private long leftInRowGroup;
  private long row = -1;

  ParquetSourceReader(SourcePart part, Mapping mapping, Configuration configuration)
      throws IOException {
    super(part, mapping);
    this.part = part;
    file = FileBytes.of(part.open(), part.length());
    boolean isOpen = false;
    try {
      footer = ParquetFooter.read(file);
      isOpen = true;
    } finally {
      if (!isOpen) {
        file.close();
      }
    }
    var limit = MappingSettings.largestBlock(configuration);
    columns = new RowGroupColumns(file, footer, limit, configuration);
  }

  @Override
  void start() throws IOException {
    var schema = footer.schema();
    if (several() != null) {
      startTree(schema);
      return;
    }
    for (var field : assembler().sourced()) {
      var steps = SourcePath.ofNested(field.source()).names().toArray(new String[0]);
      if (schema.containsPath(steps)) {
        values.add(column(schema, steps, field));
      } else if (field.isOptional()) {
        values.add(null);
      } else {
        throw ClickmillException.usage(
            "Missing column %s in %s, mapped to %s; there are: %s",
            field.source(), path(), field.target().text(), presentColumns());
      }
    }
  }

  private void startTree(MessageType schema) {
    try {
      tree = new ParquetTree(schema, several(), path().toString());
    } catch (BadValueException e) {
      throw ClickmillException.usage(
          "Missing column %s; there are: %s", e.getMessage(), presentColumns());
    }
  }

  @Override
  boolean advance() throws IOException {
    for (var reader : distinctReaders) {
      reader.consume();
    }
    while (leftInRowGroup == 0) {
      if (!openRowGroup()) {
        return false;
      }
    }
    leftInRowGroup--;
    row++;
    if (tree != null) {
      tree.read();
    }
    return true;
  }

  @Override
  void fill(EventAssembler target) throws BadValueException {
    if (tree != null) {
      tree.begin();
      return;
    }
    for (int i = 0; i < readers.length; i++) {
      var setter = target.setter(i);
      if (readers[i] == null) {
        setter.nothing();
      } else {
        if (values.get(i).isPresent(readers[i])) {
          target.markPresent(i);
        }
        values.get(i).put(setter, readers[i]);
      }
    }
  }

  @Override
  String presentColumns() {
    return String.join(", ", ParquetPaths.of(footer.schema()));
  }

  @Override
  String place() {
    return "row " + row;
  }

  @Override
  long offset() {
    return row;
  }

  @Override
  byte[] raw() {
    if (tree != null) {
      return tree.text().getBytes(StandardCharsets.UTF_8);
    }
    var text = new StringBuilder("{");
    for (int i = 0; i < readers.length; i++) {
      if (readers[i] != null) {
        text.append(text.length() == 1 ? "\"" : ", \"")
            .append(assembler().sourced().get(i).source())
            .append("\": ")
            .append(values.get(i).shown(readers[i]));
      }
    }
    return text.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    try {
      columns.close();
    } finally {
      file.close();
    }
  }

  private boolean openRowGroup() throws IOException {
    readers = new ColumnReader[0];
    distinctReaders = List.of();
    while (nextRowGroup < footer.rowGroups().size()) {
      int rowGroup = nextRowGroup++;
      long firstRow = nextRow;
      long rows = footer.rowGroups().get(rowGroup).getRowCount();
      nextRow += rows;
      if (rows > 0 && footer.isInRange(rowGroup, part.start(), part.end())) {
        try {
          open(rowGroup);
        } catch (UnsupportedFileException e) {
          throw ClickmillException.failed("Cannot read file %s: %s", path(), e.getMessage(), e);
        }
        leftInRowGroup = rows;
        row = firstRow - 1;
        return true;
      }
    }
    return false;
  }

  private void open(int rowGroup) throws IOException {
    if (tree != null) {
      tree.open(columns.pages(rowGroup, tree.projection().getColumns()), footer.createdBy());
      return;
    }
    var byColumn = new HashMap<ColumnDescriptor, ColumnReader>();
    var opened = new ColumnReader[values.size()];
    for (int i = 0; i < opened.length; i++) {
      if (values.get(i) != null) {
        var column = values.get(i).column();
        opened[i] = byColumn.get(column);
        if (opened[i] == null) {
          opened[i] = columns.read(rowGroup, column);
          byColumn.put(column, opened[i]);
        }
      }
    }
    readers = opened;
    distinctReaders = List.copyOf(byColumn.values());
  }

  private ParquetValue column(MessageType schema, String[] steps, FieldMapping field) {
    if (schema.getMaxRepetitionLevel(steps) > 0) {
      throw ClickmillException.usage(
          "Cannot map column %s of %s to %s: it is repeated",
          field.source(), path(), field.target().text());
    }
    var parent = Arrays.copyOf(steps, steps.length - 1);
    return new ParquetValue(
        schema.getColumnDescription(steps), schema.getMaxDefinitionLevel(parent));
  }
}
