package org.clickmill.formats.mapping;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.Decoder;

/** Avro records of one schema as trees, for mappings that go into their arrays. */
final class AvroTree implements AvroRecords {
  private final RecordEvents several;
  private final GenericDatumReader<IndexedRecord> reader;
  private IndexedRecord record;

  AvroTree(Schema schema, RecordEvents several) throws BadValueException {
    if (schema.getType() != Schema.Type.RECORD) {
      throw new BadValueException(
          "its items are of type " + schema.getType().getName() + ", not records");
    }
    this.several = several;
    var roots = new LinkedHashSet<String>();
    for (var column : several.columns()) {
      if (hasPath(schema, column.path().steps())) {
        roots.add(column.name());
      } else if (!column.isOptional()) {
        throw new BadValueException(
            "it has no field %s, %s; there are: %s"
                .formatted(
                    column.path().text(),
                    column.use(),
                    schema.getFields().stream()
                        .map(Schema.Field::name)
                        .collect(Collectors.joining(", "))));
      }
    }
    reader = new GenericDatumReader<>(schema, AvroFields.only(schema, roots));
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
  public void fill(EventAssembler target) {
    several.begin(new RecordBranch(record));
  }

  /** Whether a schema can have a value there. */
  private static boolean hasPath(Schema schema, List<SourcePath.Step> steps) {
    if (steps.isEmpty() || steps.get(0) instanceof SourcePath.Json) {
      return true;
    }
    var rest = steps.subList(1, steps.size());
    return switch (schema.getType()) {
      case UNION -> schema.getTypes().stream().anyMatch(branch -> hasPath(branch, steps));
      case RECORD ->
          steps.get(0) instanceof SourcePath.Name name
              && schema.getField(name.name()) != null
              && hasPath(schema.getField(name.name()).schema(), rest);
      case MAP -> steps.get(0) instanceof SourcePath.Name && hasPath(schema.getValueType(), rest);
      case ARRAY ->
          !(steps.get(0) instanceof SourcePath.Name) && hasPath(schema.getElementType(), rest);
      default -> false;
    };
  }

  private static SourceNode node(Object value, Schema schema) {
    if (value == null) {
      return SourceNode.NULL;
    }
    return switch (schema.getType()) {
      case UNION ->
          node(value, schema.getTypes().get(GenericData.get().resolveUnion(schema, value)));
      case RECORD -> new RecordBranch((IndexedRecord) value);
      case MAP -> MapBranch.of((Map<?, ?>) value, schema.getValueType());
      case ARRAY -> new Array(nodes((Collection<?>) value, schema));
      default -> new Single(value, schema);
    };
  }

  private static List<SourceNode> nodes(Collection<?> values, Schema schema) {
    return values.stream().map(value -> node(value, schema.getElementType())).toList();
  }

  private record RecordBranch(IndexedRecord record) implements SourceNode.Branch {
    @Override
    public SourceNode child(String name) {
      var field = record.getSchema().getField(name);
      return field == null ? null : node(record.get(field.pos()), field.schema());
    }
  }

  private record MapBranch(Map<String, Object> values, Schema schema) implements SourceNode.Branch {
    /** The keys of Avro's maps may be of other classes than String. */
    static MapBranch of(Map<?, ?> map, Schema schema) {
      var values = new HashMap<String, Object>();
      map.forEach((key, value) -> values.put(key.toString(), value));
      return new MapBranch(values, schema);
    }

    @Override
    public SourceNode child(String name) {
      return values.containsKey(name) ? node(values.get(name), schema) : null;
    }
  }

  private record Array(List<SourceNode> items) implements SourceNode.Items {
    @Override
    public int size() {
      return items.size();
    }

    @Override
    public SourceNode item(int index) {
      return items.get(index);
    }
  }

  private record Single(Object value, Schema schema) implements SourceNode.Leaf {
    @Override
    public boolean isNull() {
      return false;
    }

    @Override
    public void put(FieldSetter setter) throws BadValueException {
      AvroValue.put(setter, value, schema);
    }
  }
}
