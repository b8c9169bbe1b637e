package org.clickmill.formats.mapping;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.avro.AvroBlocks;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.fs.FileBytes;

/**
 * Reads an Avro file of any schema whose records have the mapped fields, or the blocks of it whose
 * preceding marker begins in a part.
 */
final class AvroSourceReader extends SourceReader {
  /** Room for a record's index in its block beside the block's place. */
  private static final int INDEX_BITS = 20;

  private final FileBytes file;
  private final AvroBlocks blocks;
  private AvroRecords fields;
  private long leftInBlock;
  private long index;

  AvroSourceReader(SourcePart part, Mapping mapping, Configuration configuration)
      throws IOException {
    super(part, mapping);
    file = FileBytes.of(part.open(), part.length());
    boolean isOpen = false;
    try {
      var limit = MappingSettings.largestBlock(configuration);
      blocks = AvroBlocks.open(file, part.start(), part.end(), limit);
      isOpen = true;
    } finally {
      if (!isOpen) {
        file.close();
      }
    }
  }

  @Override
  void start() throws IOException {
    try {
      fields = AvroRecords.of(blocks.schema(), assembler().sourced(), several());
    } catch (BadValueException e) {
      throw ClickmillException.usage("Cannot read file %s: %s", path(), e.getMessage());
    }
  }

  @Override
  boolean advance() throws IOException {
    while (leftInBlock == 0) {
      if (!blocks.next()) {
        return false;
      }
      index = -1;
      leftInBlock = blocks.rows();
    }
    fields.read(blocks.decoder());
    leftInBlock--;
    index++;
    return true;
  }

  @Override
  void fill(EventAssembler target) throws BadValueException {
    fields.fill(target);
  }

  @Override
  String presentColumns() {
    return blocks.schema().getFields().stream()
        .map(Schema.Field::name)
        .collect(Collectors.joining(", "));
  }

  @Override
  String place() {
    return "record " + (index + 1) + " of the block at byte " + blocks.blockPosition();
  }

  @Override
  long offset() {
    return (blocks.blockPosition() << INDEX_BITS) + index;
  }

  @Override
  byte[] raw() {
    return fields.text().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
