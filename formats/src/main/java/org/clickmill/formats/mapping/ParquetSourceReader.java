package org.clickmill.formats.mapping;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.DummyRecordConverter;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.clickmill.formats.failure.ClickmillException;

/**
 * Reads a Parquet file of any schema whose rows have the mapped columns, each at most once; of a
 * part the row groups that begin in it.
 */
final class ParquetSourceReader extends SourceReader {
  private static final int PAGE_BUFFER = 64 * 1024;

  private final SourcePart part;
  private final FileSystem fileSystem;
  private final ParquetFileReader file;
  private final CodecFactory codecs;
  private final BoundedCodecs bounded;
  private final long length;
  private final int largestPage;

  /** The column of each sourced field, null if the file has none. */
  private final List<ParquetValue> values = new ArrayList<>();

  /** Null if each row is one event. */
  private ParquetTree tree;

  private MessageType projection;

  /** The reader of each sourced field, null if the file has none; fields may share one. */
  private ColumnReader[] readers = new ColumnReader[0];

  private List<ColumnReader> distinctReaders = List.of();
  private PageReadStore rowGroup;
  private int nextRowGroup;
  private long leftInRowGroup;
  private long row = -1;

  ParquetSourceReader(SourcePart part, Mapping mapping, Configuration configuration)
      throws IOException {
    super(part, mapping);
    this.part = part;
    fileSystem = part.fileSystem();
    length = part.length();
    largestPage = MappingSettings.largestBlock(configuration);
    ParquetFooterCheck.checkBytes(fileSystem, part.path(), length, largestPage);
    codecs = new CodecFactory(configuration, PAGE_BUFFER);
    bounded = new BoundedCodecs(codecs, largestPage);
    var options =
        HadoopReadOptions.builder(configuration)
            .withUseHadoopVectoredIo(false)
            .usePageChecksumVerification()
            .withCodecFactory(bounded)
            .build();
    file = ParquetFileReader.open(new FileSystemInput(fileSystem, part.path(), length), options);
  }

  @Override
  void start() throws IOException {
    var schema = file.getFileMetaData().getSchema();
    projection = several() == null ? plainProjection(schema) : treeProjection(schema);
    var mapped = Set.copyOf(projection.getColumns());
    ParquetFeatures.check(path(), file.getFooter(), mapped, bounded);
    ParquetFooterCheck.checkRowGroups(file.getFooter(), mapped, length);
    var read =
        new ParquetMetadata(
            file.getFileMetaData(), file.getRowGroups().stream().filter(this::isInPart).toList());
    ParquetFooterCheck.checkPageHeaders(fileSystem, path(), read, mapped, largestPage);
    file.setRequestedSchema(projection);
  }

  private MessageType treeProjection(MessageType schema) {
    try {
      tree = new ParquetTree(schema, several());
      return tree.projection();
    } catch (BadValueException e) {
      throw ClickmillException.usage(
          "Missing column %s; there are: %s", e.getMessage().formatted(path()), presentColumns());
    }
  }

  private MessageType plainProjection(MessageType schema) {
    var columns = new ArrayList<Type>();
    for (var field : assembler().sourced()) {
      var steps = SourcePath.ofNested(field.source()).names().toArray(new String[0]);
      if (schema.containsPath(steps)) {
        values.add(column(schema, steps, field));
        var nested = nested(schema, steps, 0);
        columns.add(nested);
      } else if (field.isOptional()) {
        values.add(null);
      } else {
        throw ClickmillException.usage(
            "Missing column %s in %s, mapped to %s; there are: %s",
            field.source(), path(), field.target().text(), presentColumns());
      }
    }
    var union = new MessageType(schema.getName());
    for (var column : columns) {
      union = union.union(new MessageType(schema.getName(), column));
    }
    return union;
  }

  @Override
  boolean advance() throws IOException {
    if (row >= 0) {
      for (var reader : distinctReaders) {
        reader.consume();
      }
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
    return file.getFileMetaData().getSchema().getColumns().stream()
        .map(column -> String.join(".", column.getPath()))
        .collect(Collectors.joining(", "));
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
      if (rowGroup != null) {
        rowGroup.close();
      }
    } finally {
      file.close();
      codecs.release();
    }
  }

  private boolean openRowGroup() throws IOException {
    if (rowGroup != null) {
      rowGroup.close();
    }
    var rowGroups = file.getRowGroups();
    while (nextRowGroup < rowGroups.size() && !isInPart(rowGroups.get(nextRowGroup))) {
      file.skipNextRowGroup();
      nextRowGroup++;
    }
    nextRowGroup++;
    rowGroup = file.readNextRowGroup();
    if (rowGroup == null) {
      readers = new ColumnReader[0];
      distinctReaders = List.of();
      return false;
    }
    leftInRowGroup = rowGroup.getRowCount();
    row = rowGroup.getRowIndexOffset().orElseThrow() - 1;
    if (tree != null) {
      tree.open(new CheckedPages(rowGroup), file.getFileMetaData().getCreatedBy());
      return true;
    }
    var store =
        new ColumnReadStoreImpl(
            new CheckedPages(rowGroup),
            new DummyRecordConverter(projection).getRootConverter(),
            projection,
            file.getFileMetaData().getCreatedBy());
    var byColumn = new HashMap<ColumnDescriptor, ColumnReader>();
    readers = new ColumnReader[values.size()];
    for (int i = 0; i < readers.length; i++) {
      if (values.get(i) != null) {
        readers[i] = byColumn.computeIfAbsent(values.get(i).column(), store::getColumnReader);
      }
    }
    distinctReaders = List.copyOf(byColumn.values());
    return true;
  }

  /** Whatever a damaged footer says, a row group is in one of the parts of a file. */
  private boolean isInPart(BlockMetaData group) {
    long start = Math.max(0, group.getStartingPos());
    return part.start() <= start && start < part.end();
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

  /** The type on that path with everything beside it left out. */
  private static Type nested(GroupType group, String[] steps, int depth) {
    var type = group.getType(steps[depth]);
    return depth == steps.length - 1
        ? type
        : type.asGroupType().withNewFields(nested(type.asGroupType(), steps, depth + 1));
  }
}
