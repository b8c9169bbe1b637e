package org.clickmill.formats.mapping;

import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.clickmill.formats.avro.AvroDecoder;

/**
 * Values that begin with a zero and the id of their schema, in the manner of Confluent's
 * serializers. What is wrong with a schema is wrong with each of its values, and is found once.
 */
final class RegistryValues implements ValueDecoder {
  private static final int HEADER = 1 + Integer.BYTES;

  /** Beyond this number of ids, most of them are damage, and all are forgotten. */
  private static final int MOST_KNOWN = 10_000;

  private final SchemaSource schemas;
  private final List<FieldMapping> sourced;
  private final RecordEvents several;
  private final AvroDecoder decoder = new AvroDecoder(AvroValues.EMPTY_ITEMS);
  private final Int2ObjectOpenHashMap<Known> known = new Int2ObjectOpenHashMap<>();

  RegistryValues(SchemaSource schemas, List<FieldMapping> sourced, RecordEvents several) {
    this.schemas = schemas;
    this.sourced = sourced;
    this.several = several;
  }

  @Override
  public void fill(EventAssembler target, byte[] bytes, int offset, int length)
      throws BadValueException, IOException {
    if (bytes[offset] != 0) {
      throw new BadValueException(
          "no schema id: the first byte is " + (bytes[offset] & 0xff) + ", not 0");
    }
    if (length < HEADER) {
      throw new BadValueException("no schema id: the value has " + length + " bytes");
    }
    int id = ByteBuffer.wrap(bytes, offset + 1, Integer.BYTES).getInt();
    var found = known.get(id);
    if (found == null) {
      found = find(id);
      if (known.size() == MOST_KNOWN) {
        known.clear();
      }
      known.put(id, found);
    }
    if (found.fields == null) {
      throw new BadValueException(found.problem);
    }
    decoder.reset(bytes, offset + HEADER, offset + length);
    AvroValues.read(found.fields, decoder, target);
  }

  private Known find(int id) {
    try {
      return new Known(AvroRecords.of(schemas.schema(id), sourced, several), null);
    } catch (BadValueException e) {
      return new Known(null, "schema " + id + ": " + e.getMessage());
    }
  }

  /** What is known of a schema: how to read its fields, or why that cannot be. */
  private record Known(AvroRecords fields, String problem) {}
}
