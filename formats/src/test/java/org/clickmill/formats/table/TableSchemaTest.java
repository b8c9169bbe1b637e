package org.clickmill.formats.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.avro.Schema;
import org.clickmill.formats.parquet.RejectWriter;
import org.clickmill.formats.table.TableSchema.Column;
import org.junit.jupiter.api.Test;

final class TableSchemaTest {
  private final TableSchema everyType = TableSchema.load(TableSchemaTest.class, "every_type.avsc");

  @Test
  void columnsKeepTheirOrderTypeAndNullability() {
    assertThat(everyType.columns())
        .containsExactly(
            new Column("an_int", TableSchema.Type.INT, false),
            new Column("a_long", TableSchema.Type.LONG, true),
            new Column("a_double", TableSchema.Type.DOUBLE, true),
            new Column("a_float", TableSchema.Type.FLOAT, true),
            new Column("a_boolean", TableSchema.Type.BOOLEAN, true),
            new Column("a_text", TableSchema.Type.STRING, true),
            new Column("some_bytes", TableSchema.Type.BINARY, true),
            new Column("some_money", TableSchema.Type.MONEY, true),
            new Column("a_time", TableSchema.Type.TIME, true),
            new Column("a_date", TableSchema.Type.DATE, true));
    assertThat(everyType.ordinal("some_money")).isEqualTo(7);
  }

  @Test
  void parquetTypesAreThoseOfTheContract() {
    assertThat(everyType.toParquet().toString())
        .isEqualTo(
            """
            message EveryType {
              required int32 an_int;
              optional int64 a_long;
              optional double a_double columnorder(TYPE_DEFINED_ORDER);
              optional float a_float columnorder(TYPE_DEFINED_ORDER);
              optional boolean a_boolean;
              optional binary a_text (STRING);
              optional binary some_bytes;
              optional int64 some_money (DECIMAL(18,4));
              optional int64 a_time (TIMESTAMP(MICROS,true));
              optional int32 a_date (DATE);
            }
            """);
  }

  @Test
  void unknownColumnIsNamedBesideThoseThereAre() {
    assertThatThrownBy(() -> RejectWriter.SCHEMA.ordinal("rason"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Missing column in table Reject: rason (there are reason, source_name,"
                + " source_partition, source_offset, raw)");
  }

  @Test
  void missingResourceIsNamed() {
    assertThatThrownBy(() -> TableSchema.load(TableSchemaTest.class, "absent.avsc"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Missing schema: absent.avsc beside org.clickmill.formats.table.TableSchemaTest");
  }

  @Test
  void fieldThatATableCannotHoldIsNamed() {
    var schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Odd", "fields": [
                  {"name": "tags", "type": {"type": "array", "items": "string"}}]}
                """);
    assertThatThrownBy(() -> TableSchema.of(schema))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid column in table Odd: tags of type ");
  }

  @Test
  void moneyOfAnotherScaleIsRefused() {
    var schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Odd", "fields": [{"name": "price", "type":
                  {"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2}}]}
                """);
    assertThatThrownBy(() -> TableSchema.of(schema))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid column in table Odd: price of type ");
  }

  @Test
  void measuresMustBeWholeNumbers() {
    var schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Odd", "measures": ["sessions", "share"], "fields": [
                  {"name": "sessions", "type": "long"}, {"name": "share", "type": "double"}]}
                """);
    assertThatThrownBy(() -> TableSchema.of(schema))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid measure of table Odd, not a whole number: ")
        .hasMessageContaining("share");
  }
}
