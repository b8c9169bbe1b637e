package org.clickmill.jobs.groupby;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.table.EventRows;
import org.junit.jupiter.api.Test;

/** A declaration that does not fit the schemas is an error that names the column. */
final class CheckTest {
  @Test
  void declarationThatFitsIsNone() {
    var analysis =
        declared(
            "product_id string, rows long",
            rows -> {
              rows.key("product_id");
              rows.count("rows");
            });
    assertThatCode(() -> check(analysis)).doesNotThrowAnyException();
  }

  @Test
  void measureWithoutColumnInTheSchemaIsNamed() {
    assertProblem(
        "rows long", rows -> rows.count("row"), "row of made_up is not in the table's schema");
  }

  @Test
  void columnWithoutMeasureIsNamed() {
    assertProblem(
        "rows long, price money", rows -> rows.count("rows"), "price of made_up is not declared");
  }

  @Test
  void twoMeasuresOfOneNameAreNamed() {
    assertProblem(
        "rows long",
        rows -> {
          rows.count("rows");
          rows.sum("rows", ListRows::prices);
        },
        "rows of made_up is declared twice");
  }

  @Test
  void keyWithTheNameOfAMeasureIsNamed() {
    assertProblem(
        "brand string",
        rows -> {
          rows.key("brand");
          rows.count("brand");
        },
        "brand of made_up is declared twice");
  }

  @Test
  void keyThatIsNoColumnOfTheInputIsNamed() {
    assertProblem(
        "colour string",
        rows -> rows.key("colour"),
        "colour of made_up is no column of events_daily");
  }

  @Test
  void keyThatIsNoStringIsNamed() {
    assertProblem(
        "price string", rows -> rows.key("price"), "price of made_up is no key: it is a MONEY");
  }

  @Test
  void columnThatAMeasureDoesNotFindInTheInputIsNamed() {
    assertProblem(
        "colour string?",
        rows -> rows.last("event_time", List.of("colour")),
        "colour of made_up is no column of events_daily");
  }

  @Test
  void columnOfAnotherTypeIsNamed() {
    assertProblem(
        "rows string",
        rows -> rows.count("rows"),
        "rows of made_up does not fit what is declared: it is a STRING");
    assertProblem(
        "price long",
        rows -> rows.money("price", ListRows::prices),
        "price of made_up does not fit what is declared: it is a LONG");
    assertProblem(
        "price boolean?",
        rows -> rows.minimum("price", ListRows::prices),
        "price of made_up does not fit what is declared: it is a BOOLEAN");
    assertProblem(
        "hour long",
        rows -> rows.timeKey("event_time", "hour", 3_600_000L),
        "hour of made_up does not fit what is declared: it is a LONG");
  }

  @Test
  void columnThatCannotBeNullIsNamed() {
    assertProblem(
        "low long",
        rows -> rows.minimum("low", ListRows::prices),
        "low of made_up does not fit what is declared: it may be NULL");
    assertProblem(
        "brand string",
        rows -> rows.absent(List.of("brand")),
        "brand of made_up does not fit what is declared: it may be NULL");
  }

  @Test
  void tablesOfDifferentRowsAreNamed() {
    var analysis =
        new Declared()
            .table("one", "rows long", rows -> rows.count("rows"))
            .table(
                "other",
                "rows long",
                rows -> {
                  rows.where(ListRows.SOLD);
                  rows.count("rows");
                });
    assertThatThrownBy(() -> check(analysis))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Invalid analysis made-up: other rows count in other than in one");
  }

  private static Declared declared(String columns, Consumer<Grouping<ListRows>> declaration) {
    return new Declared().table("made_up", columns, declaration);
  }

  private static void assertProblem(
      String columns, Consumer<Grouping<ListRows>> declaration, String problem) {
    assertThatThrownBy(() -> check(declared(columns, declaration)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Invalid analysis made-up: " + problem);
  }

  private static void check(Declared analysis) {
    analysis.check(dataset -> EventRows.SCHEMA, new Configuration(false));
  }
}
