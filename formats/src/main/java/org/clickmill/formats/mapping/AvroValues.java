package org.clickmill.formats.mapping;

import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.clickmill.formats.avro.AvroDecoder;
import org.clickmill.formats.failure.ClickmillException;

/** Values that are Avro records of one schema, without any header. */
final class AvroValues implements ValueDecoder {
  /** A value is a single record: one with more nulls in its arrays is damaged. */
  static final int EMPTY_ITEMS = 1024;

  private final AvroDecoder decoder = new AvroDecoder(EMPTY_ITEMS);
  private final AvroRecords fields;

  /**
   * @throws ClickmillException of kind usage if the schema lacks a mapped field
   */
  AvroValues(Schema schema, String origin, List<FieldMapping> sourced, RecordEvents several) {
    try {
      fields = AvroRecords.of(schema, sourced, several);
    } catch (BadValueException e) {
      throw ClickmillException.usage("Cannot use schema %s: %s", origin, e.getMessage());
    }
  }

  @Override
  public void fill(EventAssembler target, byte[] bytes, int offset, int length)
      throws BadValueException, IOException {
    decoder.reset(bytes, offset, offset + length);
    read(fields, decoder, target);
  }

  /** Reads the one record that is left in the value. */
  static void read(AvroRecords fields, AvroDecoder decoder, EventAssembler target)
      throws BadValueException, IOException {
    fields.read(decoder);
    if (!decoder.isAtEnd()) {
      throw new BadValueException("bytes after the record");
    }
    fields.fill(target);
  }
}
