package org.clickmill.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.util.Utf8;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventKey;
import org.clickmill.formats.write.EventRows;
import org.clickmill.formats.write.Row;
import org.clickmill.jobs.ingest.IngestSettings.Deduplicate;
import org.junit.jupiter.api.Test;

final class DuplicatesTest {

  @Test
  void repeatedEventIdsAreDuplicates() {
    assertThat(duplicates(Deduplicate.EVENT_ID, "1 a", "2 b", "3 a", "4 b", "5 c"))
        .containsExactly(false, false, true, true, false);
  }

  @Test
  void eventsWithoutIdAreAllKept() {
    assertThat(duplicates(Deduplicate.EVENT_ID, "1", "1", "2")).containsOnly(false);
  }

  @Test
  void equalRowsAreDuplicatesWhateverTheirSource() {
    assertThat(duplicates(Deduplicate.ROW, "1 a", "1 a", "1 b", "2 b", "2 b", "2 b"))
        .containsExactly(false, true, false, false, true, true);
  }

  @Test
  void nothingIsADuplicateWhereNothingIsCompared() {
    assertThat(duplicates(Deduplicate.NONE, "1 a", "1 a")).containsOnly(false);
  }

  @Test
  void everyDayBeginsAnew() {
    for (var mode : List.of(Deduplicate.EVENT_ID, Deduplicate.ROW)) {
      var duplicates = new Duplicates(mode);
      for (int day = 0; day < 2; day++) {
        duplicates.beginDay();
        assertThat(isDuplicate(duplicates, "1 a", 0)).isFalse();
        assertThat(isDuplicate(duplicates, "1 a", 1)).isTrue();
      }
    }
  }

  /** Of each event, given by its time and event_id, whether it is a duplicate. */
  private static Boolean[] duplicates(Deduplicate mode, String... events) {
    var duplicates = new Duplicates(mode);
    duplicates.beginDay();
    var answers = new Boolean[events.length];
    Arrays.setAll(answers, i -> isDuplicate(duplicates, events[i], i));
    return answers;
  }

  private static boolean isDuplicate(Duplicates duplicates, String text, int offset) {
    var parts = List.of(text.split(" "));
    var event = new Event();
    event.setEventTime(Instant.ofEpochMilli(Long.parseLong(parts.get(0))));
    event.setEventType(new Utf8("view"));
    event.setEventId(parts.size() > 1 ? new Utf8(parts.get(1)) : null);
    event.setSourceOffset((long) offset);
    var key = new EventKey();
    key.encode(event);
    var row = new Row(EventRows.SCHEMA);
    row.setText(EventRows.EVENT_ID, parts.size() > 1 ? parts.get(1) : null);
    return duplicates.isDuplicate(row, key.bytes(), key.contentLength());
  }
}
