package org.clickmill.formats.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.clickmill.formats.write.TableDescription.Column;
import org.clickmill.formats.write.TableSchema.Type;
import org.junit.jupiter.api.Test;

final class TableDescriptionTest {
  private static final String DESCRIBED =
      """
      {"type": "record", "name": "Carts", "doc": "A cart.", "key": ["user_id"], "fields": [
        {"name": "user_id", "type": "string", "personal": true, "doc": "The user."},
        {"name": "units", "type": ["null", "long"], "personal": false, "doc": "In it."}]}
      """;

  @Test
  void descriptionIsThatOfTheSchema() {
    assertThat(of(DESCRIBED))
        .isEqualTo(
            new TableDescription(
                "A cart.",
                false,
                Optional.of(List.of("user_id")),
                List.of(
                    new Column("user_id", Type.STRING, false, true, "The user."),
                    new Column("units", Type.LONG, true, false, "In it."))));
    assertThat(of(DESCRIBED).personalColumns()).containsExactly("user_id");
  }

  @Test
  void tableOfOneRowHasAKeyWithoutColumns() {
    assertThat(of(DESCRIBED.replace("[\"user_id\"]", "[]")).key()).contains(List.of());
  }

  @Test
  void tableWhoseRowsMayBeEqualHasNoKey() {
    assertThat(of(DESCRIBED.replace("[\"user_id\"]", "\"none\"")).key()).isEmpty();
  }

  @Test
  void internalTableSaysSo() {
    assertThat(of(DESCRIBED.replace("\"key\"", "\"internal\": true, \"key\"")).isInternal())
        .isTrue();
  }

  @Test
  void columnWithoutDescriptionIsNamed() {
    assertRefused(
        DESCRIBED.replace(", \"doc\": \"In it.\"", ""),
        "Missing description of column units of table Carts: its schema has no doc");
  }

  @Test
  void columnWithoutMarkIsNamed() {
    assertRefused(
        DESCRIBED.replace("\"personal\": false, ", ""),
        "Missing mark of column units of table Carts: its field in the schema must say personal,"
            + " true or false");
  }

  @Test
  void tableWithoutDescriptionIsNamed() {
    assertRefused(
        DESCRIBED.replace("\"A cart.\"", "\" \""),
        "Missing description of table Carts: its schema has no doc");
  }

  @Test
  void tableWithoutKeyIsNamed() {
    assertRefused(
        DESCRIBED.replace("\"key\": [\"user_id\"], ", ""),
        "Missing key of table Carts: name its columns in the schema's property key, or 'none'");
  }

  @Test
  void keyOfAColumnThatIsNotThereIsRefused() {
    assertRefused(
        DESCRIBED.replace("[\"user_id\"]", "[\"user\"]"),
        "Missing column in table Carts: user (there are user_id, units)");
  }

  @Test
  void recordKeepsTheOtherPropertiesOfItsModel() {
    var model =
        new Schema.Parser().parse(DESCRIBED.replace("\"key\"", "\"internal\": true, \"key\""));
    var fields =
        List.of(TableDescription.field("rows", Schema.create(Schema.Type.LONG), "How many."));
    var made =
        TableDescription.of(
            TableSchema.of(TableDescription.record(model, "A count.", List.of("rows"), fields)));
    assertThat(made)
        .isEqualTo(
            new TableDescription(
                "A count.",
                true,
                Optional.of(List.of("rows")),
                List.of(new Column("rows", Type.LONG, false, false, "How many."))));
  }

  private static void assertRefused(String schema, String message) {
    assertThatThrownBy(() -> of(schema))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static TableDescription of(String schema) {
    return TableDescription.of(TableSchema.of(new Schema.Parser().parse(schema)));
  }
}
