package org.clickmill.formats.mapping;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;

/** Reads an Avro file of any schema whose records have the mapped fields. */
final class AvroSourceReader extends SourceReader {
  private static final int EMPTY_ITEMS = 1 << 20;

  private final AvroContainer container;
  private final BlockDecoder decoder = new BlockDecoder(EMPTY_ITEMS);
  private AvroFields fields;
  private long leftInBlock;
  private long number;

  AvroSourceReader(
      FileSystem fileSystem,
      Path path,
      Mapping mapping,
      String identity,
      Configuration configuration)
      throws IOException {
    super(path, mapping, identity);
    long length = fileSystem.getFileStatus(path).getLen();
    int largestBlock = MappingSettings.largestBlock(configuration);
    var in = SourceInput.open(fileSystem, path);
    boolean isOpen = false;
    try {
      container = new AvroContainer(new BufferedInputStream(in, 64 * 1024), length, largestBlock);
      isOpen = true;
    } finally {
      if (!isOpen) {
        in.close();
      }
    }
  }

  @Override
  void start() {
    try {
      fields = new AvroFields(container.schema(), assembler().sourced());
    } catch (BadValueException e) {
      throw ClickmillException.usage("Cannot read file %s: %s", path(), e.getMessage());
    }
  }

  @Override
  boolean advance() throws IOException {
    while (leftInBlock == 0) {
      if (number > 0 && !decoder.isAtEnd()) {
        throw new IOException("bytes behind the last record of a block");
      }
      if (!container.advance()) {
        return false;
      }
      leftInBlock = container.records();
      decoder.reset(container.block(), 0, container.block().length);
      if (leftInBlock > container.block().length) {
        throw new IOException("more records in a block than bytes");
      }
    }
    fields.read(decoder);
    leftInBlock--;
    number++;
    return true;
  }

  @Override
  void fill(EventAssembler target) throws BadValueException {
    fields.fill(target);
  }

  @Override
  String presentColumns() {
    return container.schema().getFields().stream()
        .map(Schema.Field::name)
        .collect(Collectors.joining(", "));
  }

  @Override
  String place() {
    return "record " + number;
  }

  @Override
  byte[] raw() {
    return fields.text().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    container.close();
  }
}
