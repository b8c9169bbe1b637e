package org.clickmill.jobs.lines;

import static org.assertj.core.api.Assertions.assertThat;

import org.clickmill.formats.event.EventType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LineKindTest {

  @ParameterizedTest
  @CsvSource({
    // type, price, quantity, kind
    "PURCHASE, 1, 1, SOLD",
    "PURCHASE, 99999, 2147483647, SOLD",
    "PURCHASE, 1, -1, RETURNED",
    "PURCHASE, 1, -2147483648, RETURNED",
    "PURCHASE, 1, 0, FREE",
    "PURCHASE, 0, 1, FREE",
    "PURCHASE, 0, -1, FREE",
    "PURCHASE, 0, 0, FREE",
    "PURCHASE, -1, 1, ADJUSTMENT",
    "PURCHASE, -1, -1, ADJUSTMENT",
    "PURCHASE, -1, 0, FREE",
    "PURCHASE, , 1, WITHOUT_PRICE",
    "PURCHASE, , 0, WITHOUT_PRICE",
    "PURCHASE, , -1, WITHOUT_PRICE",
    "RETURN, 1, 1, RETURNED",
    "RETURN, 1, -1, RETURNED",
    "RETURN, 1, 0, FREE",
    "RETURN, 0, 1, FREE",
    "RETURN, -1, 1, ADJUSTMENT",
    "RETURN, -1, -1, ADJUSTMENT",
    "RETURN, , 1, WITHOUT_PRICE",
  })
  void everyLineIsOfOneKind(EventType type, Long price, long quantity, LineKind kind) {
    assertThat(LineKind.of(type, price != null, price == null ? 0 : price, quantity))
        .isEqualTo(kind);
  }
}
