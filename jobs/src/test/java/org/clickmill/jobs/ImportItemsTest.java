package org.clickmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.ingest.ImportPreview;
import org.clickmill.jobs.sales.Sales;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports by mappings whose records are several events, or none. */
final class ImportItemsTest {
  private static final Path GA4 =
      Path.of("..", "formats/src/test/resources/org/clickmill/formats/mapping/ga4.json");
  private static final LocalDate DAY = LocalDate.of(2026, 1, 5);

  @TempDir private Path folder;
  private LocalWarehouse local;

  @BeforeEach
  void openWarehouse() throws IOException {
    local = new LocalWarehouse(folder).at(Instant.parse("2026-02-01T00:00:00Z"));
  }

  @Test
  void ga4ExportBecomesTheSalesOfItsDay() throws Exception {
    var outcome = local.importFiles(GA4, "ga4");
    assertThat(outcome.warnings()).isEmpty();
    assertThat(List.of(outcome.read(), outcome.added(), outcome.written(), outcome.filtered()))
        .containsExactly(5L, 1L, 5L, 1L);
    assertThat(local.importFiles(GA4, "ga4").read()).isZero();
    local.compact();
    assertThat(local.column(Partition.ofDay(Datasets.EVENTS_DAILY, DAY), "source_item"))
        .extracting(Object::toString)
        .containsExactlyInAnyOrder("0", "0", "0", "1", "0");
    new TableRuns(local).run(new Sales(), table -> table.dataset().equals("sales"), List.of(DAY));
    var sales = Partition.ofDay("sales", DAY);
    assertThat(local.column(sales, "order_lines")).containsExactly(2L);
    assertThat(local.column(sales, "orders")).containsExactly(1L);
    assertThat(local.column(sales, "units_sold")).containsExactly(3L);
    assertThat(local.column(sales, "units_returned")).containsExactly(1L);
    assertThat(local.column(sales, "gross_revenue").toString()).startsWith("[45.08");
  }

  @Test
  void itemsThatAreAlikeAreAllKept() throws Exception {
    var input =
        write(
            "{\"at\": \"2026-01-05\", \"items\": [{\"p\": 1}, {\"p\": 1}, {\"p\": 1, \"n\": \"x\"}]}",
            "{\"at\": \"2026-01-05\", \"items\": []}",
            "{\"at\": \"2026-01-05\", \"items\": 7}",
            "{\"at\": \"2026-01-05\", \"items\": [{\"p\": 2}]}");
    var outcome = local.set("clickmill.input.max-reject-ratio", 1).importFiles(input, mapping(""));
    assertThat(
            List.of(
                outcome.read(),
                outcome.added(),
                outcome.written(),
                outcome.rejected(),
                outcome.filtered()))
        .containsExactly(4L, 2L, 3L, 2L, 1L);
    local.compact();
    assertThat(local.column(Partition.ofDay(Datasets.EVENTS_DAILY, DAY), "product_id"))
        .extracting(Object::toString)
        .containsExactly("1", "1", "2");
  }

  @Test
  void previewShowsItemsAndSkipsRecordsThatAreLeftOut() throws Exception {
    var preview =
        new ImportPreview(
                local.configuration(),
                LocalWarehouse.options("ga4"),
                Instant.parse("2026-02-01T00:00:00Z"))
            .of(new org.apache.hadoop.fs.Path(GA4.toString()), 4);
    assertThat(preview.rows())
        .extracting(ImportPreview.Row::record)
        .containsExactly(2L, 3L, 4L, 4L);
    assertThat(preview.read() + preview.added()).isEqualTo(4 + preview.filtered());
    assertThat(preview.filtered()).isEqualTo(1);
    assertThat(preview.added()).isEqualTo(1);
  }

  @Test
  void whereThatLeavesOutEverythingIsTold() throws Exception {
    var input = write("{\"at\": \"2026-01-05\", \"items\": [{\"p\": 1}]}");
    var mapping = mapping("where: [{from: knd, is: x}]\n");
    var options = LocalWarehouse.options(mapping);
    assertThatThrownBy(
            () ->
                new ImportPreview(local.configuration(), options, Instant.now())
                    .of(new org.apache.hadoop.fs.Path(input.toString()), 4))
        .isInstanceOf(ClickmillException.class)
        .hasMessageContaining("leaves out all of the first 1 records of");
    var outcome = local.importFiles(input, mapping);
    assertThat(outcome.filtered()).isEqualTo(1);
    assertThat(outcome.warnings()).anyMatch(text -> text.contains("leaves out all 1 records"));
    assertThat(outcome.warnings())
        .anyMatch(text -> text.contains("has 'knd', on which mapping shop has a condition"));
  }

  private Path write(String... lines) throws IOException {
    return Files.write(folder.resolve("input.json"), List.of(lines));
  }

  private String mapping(String where) throws IOException {
    return Files.writeString(
            folder.resolve("shop.yaml"),
            "name: shop\nformat: json\n"
                + where
                + "fields: {event_time: at, event_type: {constant: purchase}, product_id:"
                + " 'items[].p', quantity: 'items[].n'}\n")
        .toString();
  }
}
