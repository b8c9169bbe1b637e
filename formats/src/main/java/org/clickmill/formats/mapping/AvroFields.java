package org.clickmill.formats.mapping;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.Decoder;

/** The mapped fields of Avro records of one schema. */
final class AvroFields implements AvroRecords {
  private final List<List<String>> paths = new ArrayList<>();
  private final GenericDatumReader<IndexedRecord> reader;
  private IndexedRecord record;

  /**
   * @param schema the records were written with
   * @param sourced the fields, in the order of the assembler's setters
   * @throws BadValueException if the schema is not a record's, or lacks a field that is mapped and
   *     not optional
   */
  AvroFields(Schema schema, List<FieldMapping> sourced) throws BadValueException {
    if (schema.getType() != Schema.Type.RECORD) {
      throw new BadValueException(
          "its items are of type " + schema.getType().getName() + ", not records");
    }
    var roots = new LinkedHashSet<String>();
    for (var field : sourced) {
      var steps = SourcePath.ofNested(field.source()).names();
      if (hasPath(schema, steps)) {
        roots.add(steps.get(0));
        paths.add(steps);
      } else if (field.isOptional()) {
        paths.add(null);
      } else {
        throw new BadValueException(
            "it has no field %s, mapped to %s; there are: %s"
                .formatted(
                    field.source(),
                    field.target().text(),
                    schema.getFields().stream()
                        .map(Schema.Field::name)
                        .collect(Collectors.joining(", "))));
      }
    }
    reader = new GenericDatumReader<>(schema, only(schema, roots));
  }

  @Override
  public void read(Decoder decoder) throws IOException {
    record = reader.read(record, decoder);
  }

  @Override
  public String text() {
    return record.toString();
  }

  @Override
  public void fill(EventAssembler target) throws BadValueException {
    for (int i = 0; i < paths.size(); i++) {
      var setter = target.setter(i);
      if (paths.get(i) == null) {
        setter.nothing();
      } else {
        fillFrom(target, i);
      }
    }
  }

  private void fillFrom(EventAssembler target, int index) throws BadValueException {
    var setter = target.setter(index);
    var steps = paths.get(index);
    Object value = record;
    var schema = record.getSchema();
    for (int i = 0; i < steps.size(); i++) {
      var step = steps.get(i);
      if (!(value instanceof IndexedRecord nested)) {
        throw setter.bad("'" + step + "' is asked of a value that is no record");
      }
      var field = nested.getSchema().getField(step);
      value = field == null ? null : nested.get(field.pos());
      if (field != null && i == steps.size() - 1) {
        target.markPresent(index);
      }
      if (value == null) {
        setter.nothing();
        return;
      }
      schema = field.schema();
      if (schema.getType() == Schema.Type.UNION) {
        schema = schema.getTypes().get(GenericData.get().resolveUnion(schema, value));
      }
    }
    AvroValue.put(setter, value, schema);
  }

  private static boolean hasPath(Schema schema, List<String> steps) {
    if (steps.isEmpty()) {
      return true;
    }
    if (schema.getType() == Schema.Type.UNION) {
      return schema.getTypes().stream()
          .anyMatch(branch -> branch.getType() != Schema.Type.UNION && hasPath(branch, steps));
    }
    if (schema.getType() != Schema.Type.RECORD) {
      return false;
    }
    var field = schema.getField(steps.get(0));
    return field != null && hasPath(field.schema(), steps.subList(1, steps.size()));
  }

  /** The schema with only those of its fields; Avro skips the others' bytes. */
  static Schema only(Schema schema, Set<String> names) {
    var fields = new ArrayList<Schema.Field>();
    for (var name : names) {
      var field = schema.getField(name);
      fields.add(new Schema.Field(name, field.schema(), null, null));
    }
    return Schema.createRecord(schema.getName(), null, schema.getNamespace(), false, fields);
  }
}
