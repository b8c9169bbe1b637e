package org.clickmill.drivers.catalog;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PrintedRowsTest {
  static Stream<Function<PrintWriter, RowWriter>> formats() {
    return Stream.of(CsvRows::new, JsonRows::new, TextRows::new);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void fullDiskIsNoticed(Function<PrintWriter, RowWriter> format) throws IOException {
    var rows = format.apply(new PrintWriter(new FullDisk(), false, StandardCharsets.UTF_8));
    rows.begin(List.of("product_id", "views"));
    rows.write(List.of("p1", 7L));
    rows.end();
    assertThatThrownBy(rows::check)
        .hasMessage("Cannot write rows: the output takes no more (a full disk, or a closed pipe)");
  }

  private static final class FullDisk extends OutputStream {
    @Override
    public void write(int oneByte) throws IOException {
      throw new IOException("No space left on device");
    }
  }
}
