package org.clickmill.formats.mapping;

import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;

/** Reads Avro records of one schema for a mapping. */
interface AvroRecords {
  /** Reads the next record. */
  void read(Decoder decoder) throws IOException;

  /** The record's mapped fields, for people. */
  String text();

  /** Calls every setter once with a value of the record, or begins the events of it. */
  void fill(EventAssembler target) throws BadValueException;

  /**
   * @param schema the records were written with
   * @param several null if each record is one event
   * @throws BadValueException if the schema is not a record's, or lacks a field that is mapped and
   *     not optional
   */
  static AvroRecords of(Schema schema, List<FieldMapping> sourced, RecordEvents several)
      throws BadValueException {
    return several == null ? new AvroFields(schema, sourced) : new AvroTree(schema, several);
  }
}
