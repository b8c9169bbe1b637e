package org.clickmill.jobs.metrics;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.expression.TypedExpression;
import org.clickmill.jobs.expression.ValueType;
import org.clickmill.jobs.metrics.CompiledMetric.Key;
import org.clickmill.jobs.metrics.CompiledMetric.Ratio;
import org.clickmill.jobs.metrics.Measurement.Kind;
import org.clickmill.jobs.metrics.MetricDefinition.Named;

/**
 * The columns of a metric's table, each described by its expression. A column that shows values of
 * personal columns is personal itself.
 */
record MetricSchema(
    MetricDefinition definition, List<Key> keys, List<Measurement> measures, List<Ratio> ratios) {

  TableSchema schema() {
    var fields = new ArrayList<Schema.Field>();
    for (int i = 0; i < keys.size(); i++) {
      var key = keys.get(i);
      fields.add(
          field(
              key.column(),
              key.value().type(),
              key.value().isNullable(),
              key.value().isPersonal(),
              text(definition.by().get(i)) + clock(key.value())));
    }
    for (int i = 0; i < measures.size(); i++) {
      addMeasure(measures.get(i), text(definition.measures().get(i)), fields);
    }
    for (int i = 0; i < ratios.size(); i++) {
      var text = text(definition.ratios().get(i)) + " NULL where the divisor is 0 or NULL.";
      fields.add(field(ratios.get(i).column(), ratios.get(i).type(), true, false, text));
    }
    var schema =
        Schema.createRecord(
            definition.name().text(),
            definition.description().text(),
            "org.clickmill.metrics",
            false,
            fields);
    schema.addProp("key", keys.stream().map(Key::column).toList());
    return TableSchema.of(schema);
  }

  private static void addMeasure(Measurement measure, String text, List<Schema.Field> fields) {
    var note =
        switch (measure.kind()) {
          case QUANTILE -> " Within 0.1 % of the value.";
          case THETA ->
              " Distinct values; exact below 4,096, then an estimate with a standard error of"
                  + " 1.6 %.";
          default -> "";
        };
    fields.add(
        field(
            measure.column(),
            measure.type(),
            measure.isNullable(),
            measure.isPersonal(),
            text + note));
    if (measure.kind() == Kind.THETA) {
      var field =
          new Schema.Field(
              measure.sketchColumn(),
              Schema.create(Schema.Type.BYTES),
              "Theta sketch (Apache DataSketches, default seed) of the values of "
                  + measure.column()
                  + ", hashed; days and groups can be united and intersected.");
      field.addProp("personal", measure.argument().isPersonal());
      fields.add(field);
    }
  }

  private static String clock(TypedExpression typed) {
    return typed.clock().map(zone -> " Times are read in " + zone.getId() + ".").orElse("");
  }

  private static String text(Named named) {
    return named.text().text() + ".";
  }

  private static Schema.Field field(
      String name, ValueType type, boolean isNullable, boolean isPersonal, String text) {
    var field =
        isNullable
            ? new Schema.Field(
                name,
                Schema.createUnion(Schema.create(Schema.Type.NULL), avro(type)),
                text,
                JsonProperties.NULL_VALUE)
            : new Schema.Field(name, avro(type), text);
    field.addProp("personal", isPersonal);
    return field;
  }

  private static Schema avro(ValueType type) {
    return switch (type) {
      case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
      case LONG -> Schema.create(Schema.Type.LONG);
      case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
      case STRING -> Schema.create(Schema.Type.STRING);
      case DECIMAL ->
          LogicalTypes.decimal(Money.PRECISION, Money.SCALE)
              .addToSchema(Schema.create(Schema.Type.BYTES));
      case TIME -> LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
      case DATE -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
    };
  }
}
