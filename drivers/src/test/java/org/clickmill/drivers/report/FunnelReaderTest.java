package org.clickmill.drivers.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.clickmill.drivers.report.Funnels.Funnel;
import org.clickmill.drivers.report.Funnels.Group;
import org.clickmill.drivers.report.Funnels.Step;
import org.clickmill.drivers.report.Report.CartDay;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Warehouse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FunnelReaderTest {
  private static final LocalDate DAY = LocalDate.of(2019, 10, 1);
  private static final TableSchema FUNNEL =
      TableColumns.of(
          "Funnel",
          "funnel string",
          "step int",
          "step_name string",
          "sessions long",
          "median_seconds_from_previous double?",
          "mature boolean");
  private static final TableSchema BY_VALUE =
      TableColumns.of(
          "FunnelByValue",
          "funnel string",
          "value string",
          "step int",
          "step_name string",
          "sessions long");

  @TempDir Path folder;

  private Warehouse warehouse;
  private PublishedTables tables;

  @BeforeEach
  void createWarehouse() throws IOException {
    tables = PublishedTables.in(folder);
    warehouse = tables.warehouse();
  }

  @Test
  void sessionsAreAddedAndMediansAreOfTheNewestFinalDay() throws IOException {
    tables.publish(
        "funnel", DAY, FUNNEL, List.of(step("f", 1, 100, null, true), step("f", 2, 10, 5.0, true)));
    tables.publish(
        "funnel",
        DAY.plusDays(1),
        FUNNEL,
        List.of(step("f", 2, 30, 7.5, true), step("f", 1, 100, null, true)));
    tables.publish(
        "funnel",
        DAY.plusDays(2),
        FUNNEL,
        List.of(step("f", 1, 200, null, false), step("f", 2, 20, 1.0, false)));
    assertThat(read(DAY, DAY.plusDays(2)))
        .isEqualTo(
            new Funnels(
                3,
                1,
                DAY.plusDays(1),
                List.of(
                    new Funnel(
                        "f",
                        List.of(
                            new Step(1, "step 1", 400, null, 1.0, null),
                            new Step(2, "step 2", 60, 0.15, 0.15, 7.5)),
                        List.of(),
                        List.of()))));
  }

  @Test
  void conversionIsFromTheStepBeforeAndFromTheFirst() throws IOException {
    tables.publish(
        "funnel",
        DAY,
        FUNNEL,
        List.of(
            step("b", 1, 0, null, true),
            step("b", 2, 0, null, true),
            step("a", 1, 1000, null, true),
            step("a", 2, 100, 1.0, true),
            step("a", 3, 25, 2.0, true)));
    var funnels = read(DAY, DAY).funnels();
    assertThat(funnels).extracting(Funnel::name).containsExactly("a", "b");
    assertThat(funnels.get(0).steps())
        .containsExactly(
            new Step(1, "step 1", 1000, null, 1.0, null),
            new Step(2, "step 2", 100, 0.1, 0.1, 1.0),
            new Step(3, "step 3", 25, 0.25, 0.025, 2.0));
    assertThat(funnels.get(1).steps())
        .containsExactly(
            new Step(1, "step 1", 0, null, null, null), new Step(2, "step 2", 0, null, null, null));
  }

  @Test
  void withoutAFinalDayThereAreNoMedians() throws IOException {
    tables.publish(
        "funnel",
        DAY,
        FUNNEL,
        List.of(step("f", 1, 100, null, false), step("f", 2, 10, 5.0, false)));
    var funnels = read(DAY, DAY);
    assertThat(funnels.medianDay()).isNull();
    assertThat(funnels.funnels().get(0).steps())
        .extracting(Step::medianSeconds)
        .containsOnlyNulls();
  }

  @Test
  void valuesWithTheMostSessionsOfAllDaysAreShown() throws IOException {
    tables.publish(
        "funnel", DAY, FUNNEL, List.of(step("f", 1, 100, null, true), step("f", 2, 10, 5.0, true)));
    tables.publish(
        "funnel_by_brand",
        DAY,
        BY_VALUE,
        List.of(
            value("f", "a", 1, 10),
            value("f", "a", 2, 9),
            value("f", "b", 1, 8),
            value("f", "b", 2, 1),
            value("f", "c", 1, 7),
            value("f", "d", 1, 6),
            value("f", "e", 1, 5),
            value("f", "z", 1, 4)));
    tables.publish(
        "funnel_by_brand",
        DAY.plusDays(1),
        BY_VALUE,
        List.of(
            value("f", "b", 1, 2),
            value("f", "b", 2, 2),
            value("f", "z", 1, 20),
            value("other", "a", 1, 999)));
    var funnel = read(DAY, DAY.plusDays(1)).funnels().get(0);
    assertThat(funnel.brands())
        .containsExactly(
            new Group(1, "z", List.of(24L, 0L)),
            new Group(2, "a", List.of(10L, 9L)),
            new Group(3, "b", List.of(10L, 3L)),
            new Group(4, "c", List.of(7L, 0L)),
            new Group(5, "d", List.of(6L, 0L)));
    assertThat(funnel.categories()).isEmpty();
    assertThat(funnel.brands().get(1).conversion()).isEqualTo(0.9);
  }

  @Test
  void cartsOfADayWithoutATableAreUnknown() throws IOException {
    var schema =
        TableColumns.of(
            "CartAbandonment",
            "sessions_with_cart long",
            "sessions_bought long",
            "sessions_abandoned long",
            "sessions_emptied long",
            "abandonment_rate double?",
            "abandoned_value money",
            "mature boolean");
    assertThat(new CartsReader(warehouse, DAY, DAY).read()).isEmpty();
    tables.publish(
        "cart_abandonment",
        DAY,
        schema,
        List.of(
            Map.of(
                "sessions_with_cart", 10,
                "sessions_bought", 5,
                "sessions_abandoned", 4,
                "sessions_emptied", 1,
                "abandonment_rate", 0.4,
                "abandoned_value", new BigDecimal("99.5"),
                "mature", true)));
    tables.publish("cart_abandonment", DAY.plusDays(2), schema, List.of(Map.of("mature", false)));
    assertThat(new CartsReader(warehouse, DAY, DAY.plusDays(2)).read())
        .containsExactly(
            new CartDay(DAY, 10L, 5L, 4L, 1L, 0.4, new BigDecimal("99.5000"), true),
            CartDay.missing(DAY.plusDays(1)),
            new CartDay(DAY.plusDays(2), 0L, 0L, 0L, 0L, null, new BigDecimal("0.0000"), false));
  }

  private Funnels read(LocalDate from, LocalDate to) throws IOException {
    return new FunnelReader(warehouse, from, to).read();
  }

  private static Map<String, Object> step(
      String funnel, int step, long sessions, Double median, boolean isMature) {
    var row = new HashMap<String, Object>();
    row.put("funnel", funnel);
    row.put("step", step);
    row.put("step_name", "step " + step);
    row.put("sessions", sessions);
    row.put("median_seconds_from_previous", median);
    row.put("mature", isMature);
    return row;
  }

  private static Map<String, Object> value(String funnel, String value, int step, long sessions) {
    return Map.of("funnel", funnel, "value", value, "step", step, "sessions", sessions);
  }
}
