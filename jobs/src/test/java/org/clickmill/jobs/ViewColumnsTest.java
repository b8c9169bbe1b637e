package org.clickmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The setting clickmill.view-counts.columns. */
final class ViewColumnsTest {
  private static final LocalDate DAY = LocalDate.of(2020, 5, 1);

  @TempDir private Path folder;

  @Test
  void columnsThatAreNotNamedAreNull() throws Exception {
    var local = warehouse("none");
    for (var dataset : List.of("view_counts", "view_counts_hourly", "top_products")) {
      assertThat(column(local, dataset, "views")).as(dataset).containsExactly(2L, 1L);
      for (var column : List.of("brand", "category_code", "visitors")) {
        assertThat(column(local, dataset, column)).as(dataset).containsExactly(null, null);
      }
    }
    assertThat(column(local, "view_counts", "visitors_sketch")).containsExactly(null, null);
  }

  @Test
  void columnsThatAreNamedAreFilled() throws Exception {
    var local = warehouse("category_code,visitors");
    assertThat(column(local, "view_counts", "brand")).containsExactly(null, null);
    // The last event of p1 is a purchase, in another category.
    assertThat(column(local, "view_counts", "category_code")).containsExactly("c2", "c1");
    assertThat(column(local, "view_counts", "visitors")).containsExactly(2L, 1L);
    assertThat(column(local, "top_products", "visitors")).containsExactly(2L, 1L);
  }

  private LocalWarehouse warehouse(String columns) throws Exception {
    var input =
        Files.writeString(
            folder.resolve("a.csv"),
            """
            event_time,event_type,product_id,brand,category_code,price,user_id
            2020-05-01T05:00:00Z,view,p1,b1,c1,2.00,u1
            2020-05-01T05:01:00Z,view,p2,b1,c1,2.00,u1
            2020-05-01T05:02:00Z,view,p1,b1,c1,2.00,u2
            2020-05-01T05:03:00Z,purchase,p1,b1,c2,2.00,u2
            """);
    var local = new LocalWarehouse(folder).set("clickmill.view-counts.columns", columns);
    local.importFiles(input, "clickmill");
    local.compact();
    local.fold(Datasets.EVENTS_DAILY, table -> table.dataset().startsWith("view_counts"));
    local.fold("view_counts", table -> true);
    return local;
  }

  private static List<Object> column(LocalWarehouse local, String dataset, String column)
      throws Exception {
    return local.column(Partition.ofDay(dataset, DAY), column);
  }
}
