package org.clickmill.formats.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;

final class EventColumnTest {
  @Test
  void columnsAreThoseOfTheSchema() {
    var fields = Event.getClassSchema().getFields();
    assertThat(Arrays.stream(EventColumn.values()).map(EventColumn::text))
        .containsExactlyElementsOf(fields.stream().map(Schema.Field::name).toList());
    for (var column : EventColumn.values()) {
      assertThat(fields.get(column.position()).schema().isNullable())
          .as(column.text())
          .isEqualTo(column.isNullable());
    }
  }

  @Test
  void everyOptionalColumnIsSeen() {
    for (var column : EventColumn.OPTIONAL) {
      var event = new Event();
      assertThat(EventColumn.hasExtra(event)).isFalse();
      event.put(column.position(), column == EventColumn.RATING ? (Object) 0 : new Utf8(""));
      assertThat(EventColumn.hasOptional(event)).as(column.text()).isTrue();
      assertThat(EventColumn.hasExtra(event)).isTrue();
      assertThat(column.hasValue(event)).isTrue();
    }
  }

  @Test
  void itemIsAnExtraColumnButNoContent() {
    var event = new Event();
    event.setSourceItem(1);
    assertThat(EventColumn.hasExtra(event)).isTrue();
    assertThat(EventColumn.hasOptional(event)).isFalse();
  }

  @Test
  void schemaHasTheColumnsThatAreAskedFor() {
    var plain = EventColumn.schema(Set.of());
    assertThat(plain.getFields()).hasSize(16);
    assertThat(plain.getFullName()).isEqualTo(Event.getClassSchema().getFullName());
    var some = EventColumn.schema(Set.of(EventColumn.REVIEW, EventColumn.CURRENCY));
    assertThat(some.getFields().stream().map(Schema.Field::name).toList().subList(16, 18))
        .isEqualTo(List.of("currency", "review"));
  }
}
