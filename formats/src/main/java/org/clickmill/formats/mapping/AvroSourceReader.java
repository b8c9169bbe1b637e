package org.clickmill.formats.mapping;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.failure.ClickmillException;

/**
 * Reads an Avro file of any schema whose records have the mapped fields, or the blocks of it whose
 * preceding marker begins in a part.
 */
final class AvroSourceReader extends SourceReader {
  private static final int EMPTY_ITEMS = 1 << 20;

  /** Room for a record's index in its block beside the block's place. */
  private static final int INDEX_BITS = 20;

  private final SourcePart part;

  private final AvroContainer container;
  private final BlockDecoder decoder = new BlockDecoder(EMPTY_ITEMS);
  private AvroRecords fields;
  private long leftInBlock;
  private long block = -1;
  private long index;

  AvroSourceReader(SourcePart part, Mapping mapping, Configuration configuration)
      throws IOException {
    super(part, mapping);
    this.part = part;
    int largestBlock = MappingSettings.largestBlock(configuration);
    var in = part.open();
    boolean isOpen = false;
    try {
      container = new AvroContainer(in, part.length(), largestBlock);
      isOpen = true;
    } finally {
      if (!isOpen) {
        in.close();
      }
    }
  }

  @Override
  void start() throws IOException {
    try {
      fields = AvroRecords.of(container.schema(), assembler().sourced(), several());
    } catch (BadValueException e) {
      throw ClickmillException.usage("Cannot read file %s: %s", path(), e.getMessage());
    }
    container.seekMarker(part.start());
  }

  @Override
  boolean advance() throws IOException {
    while (leftInBlock == 0) {
      if (block >= 0 && !decoder.isAtEnd()) {
        throw new IOException("bytes behind the last record of a block");
      }
      if (container.markerPosition() >= part.end()) {
        return false;
      }
      long next = container.position();
      if (!container.advance()) {
        return false;
      }
      block = next;
      index = -1;
      leftInBlock = container.records();
      decoder.reset(container.block(), 0, container.block().length);
      if (leftInBlock > container.block().length) {
        throw new IOException("more records in a block than bytes");
      }
    }
    fields.read(decoder);
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
    return container.schema().getFields().stream()
        .map(Schema.Field::name)
        .collect(Collectors.joining(", "));
  }

  @Override
  String place() {
    return "record " + (index + 1) + " of the block at byte " + block;
  }

  @Override
  long offset() {
    return (block << INDEX_BITS) + index;
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
