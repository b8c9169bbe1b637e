package org.clickmill.formats.mapping;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;

/** Reads an Avro file of any schema whose records have the mapped fields. */
final class AvroSourceReader extends SourceReader {
  private final AvroContainer container;
  private final BlockDecoder decoder = new BlockDecoder();
  private final List<List<String>> paths = new ArrayList<>();
  private GenericDatumReader<IndexedRecord> reader;
  private IndexedRecord record;
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
    int largestBlock = MappingSettings.MAX_BLOCK_MB.get(configuration) * 1024 * 1024;
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
    var schema = container.schema();
    if (schema.getType() != Schema.Type.RECORD) {
      throw ClickmillException.usage(
          "Cannot read file %s: its items are of type %s, not records",
          path(), schema.getType().getName());
    }
    var roots = new LinkedHashSet<String>();
    for (var field : assembler().sourced()) {
      var steps = FieldPath.split(field.source());
      if (hasPath(schema, steps)) {
        roots.add(steps.get(0));
        paths.add(steps);
      } else if (field.isOptional()) {
        paths.add(null);
      } else {
        throw ClickmillException.usage(
            "Missing field %s in %s, mapped to %s; there are: %s",
            field.source(),
            path(),
            field.target().text(),
            schema.getFields().stream().map(Schema.Field::name).collect(Collectors.joining(", ")));
      }
    }
    reader = new GenericDatumReader<>(schema, only(schema, roots));
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
    record = reader.read(record, decoder);
    leftInBlock--;
    number++;
    return true;
  }

  @Override
  void fill(EventAssembler target) throws BadValueException {
    for (int i = 0; i < paths.size(); i++) {
      var setter = target.setter(i);
      if (paths.get(i) == null) {
        setter.nothing();
      } else {
        fillFrom(setter, paths.get(i));
      }
    }
  }

  @Override
  String place() {
    return "record " + number;
  }

  @Override
  byte[] raw() {
    return record.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    container.close();
  }

  private void fillFrom(FieldSetter setter, List<String> steps) throws BadValueException {
    Object value = record;
    var schema = record.getSchema();
    for (var step : steps) {
      if (!(value instanceof IndexedRecord nested)) {
        throw setter.bad("'" + step + "' is asked of a value that is no record");
      }
      var field = nested.getSchema().getField(step);
      value = field == null ? null : nested.get(field.pos());
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

  /** The schema with only those of its fields; Avro passes over the others' bytes. */
  private static Schema only(Schema schema, Set<String> names) {
    var fields = new ArrayList<Schema.Field>();
    for (var name : names) {
      var field = schema.getField(name);
      fields.add(new Schema.Field(name, field.schema(), null, null));
    }
    return Schema.createRecord(schema.getName(), null, schema.getNamespace(), false, fields);
  }
}
