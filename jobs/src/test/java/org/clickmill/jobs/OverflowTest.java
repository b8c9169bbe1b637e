package org.clickmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Datasets;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sum that does not fit is an error that says where, never a wrong number. */
final class OverflowTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "99999999999999.9999, 2147483647, 1, the event of 2020-05-01T05:00:00Z",
    "99999999999999.9999, 9, 2, the event of 2020-05-01T05:00:00Z",
    "99999999999999.9999, 2, 1, gross_revenue of sales on 2020-05-01",
  })
  void sumThatDoesNotFitIsNamed(String price, int quantity, int lines, String where)
      throws Exception {
    var text = new StringBuilder("event_time,event_type,price,quantity\n");
    for (int i = 0; i < lines; i++) {
      text.append("2020-05-01T05:00:00Z,purchase," + price + "," + quantity + "\n");
    }
    var input = Files.writeString(folder.resolve("a.csv"), text);
    var local = new LocalWarehouse(folder);
    local.importFiles(input, "clickmill");
    local.compact();
    var failure =
        catchThrowableOfType(
            ClickmillException.class,
            () -> local.fold(Datasets.EVENTS_DAILY, table -> table.dataset().equals("sales")));
    assertThat(failure).hasMessageContaining(where).hasMessageContaining("digits");
    assertThat(local.manifests("sales")).isEmpty();
  }
}
