package org.clickmill.formats.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.clickmill.formats.event.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhitespaceSourceReaderTest {
  @TempDir Path folder;

  @Test
  void runsOfSpacesAndTabsPartTheFields() {
    var reading = read("00004 0001 19970101  2   29.33\r\n\t00004\t0012 19970118 \t 2 0.00  \n");
    assertThat(reading.reasons()).isEmpty();
    var event = reading.events().get(1);
    assertThat((Object) event.getUserId()).hasToString("12");
    assertThat(event.getEventTime()).isEqualTo(Instant.parse("1997-01-18T00:00:00Z"));
    assertThat(event.getPrice()).isEqualTo(Money.toAvro(0));
  }

  @Test
  void badLinesAreRejectedWithTheirReason() {
    var reading =
        read(
            """
            00004 0001 19970101  2
            00004 0001 19970101  2   29.33 x
            00004 abc 19970101  2   29.33
            00004 0001 19970231  2   29.33
            00004 0001 19970101  2   29,33
            00004 0001 19970101  2   29.33
            """);
    assertThat(reading.events()).hasSize(1);
    assertThat(reading.reasons())
        .containsExactly(
            "byte 0: 4 fields where 5 are expected",
            "byte 23: 6 fields where 5 are expected",
            "byte 56: field user_id: 'abc' is not a whole number",
            "byte 86: field event_time: '19970231' is not a time of the form yyyyMMdd",
            "byte 117: field price: '29,33' is not a number");
  }

  private Reading read(String text) {
    return Reading.ofText(folder, "log.txt", text, Mapping.named("cdnow"));
  }
}
