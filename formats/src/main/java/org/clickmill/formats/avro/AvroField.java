package org.clickmill.formats.avro;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.DamagedFileException;
import org.clickmill.formats.fs.LittleEndian;
import org.clickmill.formats.table.ProjectedColumn;
import org.clickmill.formats.table.TableSchema.Type;

/** A field of an Avro file's records: how it is decoded into the column that is wanted of it. */
final class AvroField {
  /** Levels of a skipped field; a damaged one could nest until the stack overflows. */
  private static final int DEEPEST = 200;

  private final Schema schema;

  /** The branches of a union, else the one type; null stands for the branch of NULL. */
  private final List<Schema> branches = new ArrayList<>();

  private final boolean isUnion;
  private final ProjectedColumn wanted;

  /**
   * Where the branch that is not NULL stands, and its type; of the only value of a wanted field.
   */
  private final int valueBranch;

  private final Schema.Type type;
  private final boolean isMicros;
  private FieldTarget target;

  /** A field without a wanted column is skipped. */
  AvroField(Schema schema, ProjectedColumn wanted) {
    this.schema = schema;
    this.isUnion = schema.isUnion();
    this.wanted = wanted;
    for (var branch : isUnion ? schema.getTypes() : List.of(schema)) {
      branches.add(branch.getType() == Schema.Type.NULL ? null : branch);
    }
    if (wanted != null) {
      check();
    }
    this.valueBranch = branches.get(0) == null && branches.size() > 1 ? 1 : 0;
    var value = branches.get(valueBranch);
    this.type = value == null ? Schema.Type.NULL : value.getType();
    this.isMicros = value != null && value.getLogicalType() instanceof LogicalTypes.TimestampMicros;
  }

  ProjectedColumn wanted() {
    return wanted;
  }

  void bind(FieldTarget to) {
    target = to;
  }

  /** Decodes the next value, which is of some row of the target. */
  void read(AvroDecoder in, int row) {
    if (wanted == null) {
      skip(in, schema, 0);
      return;
    }
    if (isUnion && in.nextBranch(branches.size()) != valueBranch) {
      target.setNull(row);
      return;
    }
    switch (type) {
      case INT -> target.set(row, in.nextInt());
      case LONG -> target.set(row, isMicros ? Math.floorDiv(in.nextLong(), 1_000L) : in.nextLong());
      case BOOLEAN -> target.set(row, in.bytes()[in.nextBytes(1)]);
      case FLOAT ->
          target.set(
              row, (double) Float.intBitsToFloat(LittleEndian.intAt(in.bytes(), in.nextBytes(4))));
      case DOUBLE ->
          target.set(
              row, Double.longBitsToDouble(LittleEndian.longAt(in.bytes(), in.nextBytes(8))));
      default -> readBytes(in, row);
    }
  }

  private void readBytes(AvroDecoder in, int row) {
    int length = in.nextLength();
    int start = in.nextBytes(length);
    if (wanted.type() == Type.MONEY) {
      target.set(row, money(in.bytes(), start, length));
    } else {
      target.set(row, in.bytes(), start, length);
    }
  }

  private long money(byte[] bytes, int start, int length) {
    if (length == 0 || length > Long.BYTES) {
      throw new DamagedFileException("field %s: an amount of %d bytes", wanted.name(), length);
    }
    long value = bytes[start];
    for (int i = start + 1; i < start + length; i++) {
      value = value << 8 | bytes[i] & 0xff;
    }
    return value;
  }

  private void check() {
    int values = 0;
    for (var branch : branches) {
      if (branch == null) {
        continue;
      }
      values++;
      if (!fits(branch)) {
        throw mismatch();
      }
    }
    if (values != 1) {
      throw mismatch();
    }
  }

  private DamagedFileException mismatch() {
    return new DamagedFileException(
        "field %s is %s in the file, but %s here", wanted.name(), schema, wanted.type());
  }

  private boolean fits(Schema branch) {
    var logical = branch.getLogicalType();
    var type = branch.getType();
    return switch (wanted.type()) {
      case INT -> type == Schema.Type.INT && logical == null;
      case LONG -> (type == Schema.Type.INT || type == Schema.Type.LONG) && logical == null;
      case DOUBLE -> type == Schema.Type.DOUBLE || type == Schema.Type.FLOAT;
      case FLOAT -> type == Schema.Type.FLOAT;
      case BOOLEAN -> type == Schema.Type.BOOLEAN;
      case STRING -> type == Schema.Type.STRING;
      case BINARY -> type == Schema.Type.BYTES && logical == null;
      case MONEY ->
          type == Schema.Type.BYTES
              && logical instanceof LogicalTypes.Decimal decimal
              && decimal.getScale() == Money.SCALE;
      case TIME ->
          logical instanceof LogicalTypes.TimestampMillis
              || logical instanceof LogicalTypes.TimestampMicros;
      case DATE -> logical instanceof LogicalTypes.Date;
    };
  }

  private static void skip(AvroDecoder in, Schema schema, int depth) {
    if (depth > DEEPEST) {
      throw new DamagedFileException("a field nested deeper than %d", DEEPEST);
    }
    switch (schema.getType()) {
      case NULL -> {}
      case BOOLEAN -> in.nextBytes(1);
      case INT, LONG, ENUM -> in.nextLong();
      case FLOAT -> in.nextBytes(Float.BYTES);
      case DOUBLE -> in.nextBytes(Double.BYTES);
      case STRING, BYTES -> in.nextBytes(in.nextLength());
      case FIXED -> in.nextBytes(schema.getFixedSize());
      case UNION -> {
        var branches = schema.getTypes();
        skip(in, branches.get(in.nextBranch(branches.size())), depth);
      }
      case RECORD -> {
        for (var field : schema.getFields()) {
          skip(in, field.schema(), depth + 1);
        }
      }
      case ARRAY -> skipBlocks(in, schema.getElementType(), false, depth + 1);
      case MAP -> skipBlocks(in, schema.getValueType(), true, depth + 1);
    }
  }

  private static void skipBlocks(AvroDecoder in, Schema element, boolean hasKeys, int depth) {
    for (long count = in.nextItems(); count != 0; count = in.nextItems()) {
      if (count < 0) {
        in.nextBytes(in.nextLength());
        continue;
      }
      for (long i = 0; i < count; i++) {
        if (hasKeys) {
          in.nextBytes(in.nextLength());
        }
        skip(in, element, depth);
      }
    }
  }
}
