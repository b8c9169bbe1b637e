package org.clickmill.jobs.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.clickmill.formats.event.EventType;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.junit.jupiter.api.Test;

final class SessionStateTest {
  private static final SessionLimits LIMITS = new SessionLimits(10, 10, 10, 10, false);

  private final ByteWriter bytes = new ByteWriter();

  @Test
  void stateOfAnOlderFormIsNamed() {
    bytes.putByte(1).putSigned(0);
    assertThatThrownBy(() -> new SessionState(List.of(), LIMITS).read(reader()))
        .isInstanceOf(ClickmillException.class)
        .hasMessage(
            "Cannot go on with an open session: open_sessions has its state in form 1, not 2;"
                + " compute the day before again with pipeline --recompute-outdated");
  }

  @Test
  void purchaseAndTrafficOutlastMidnight() {
    var events =
        List.of(
            PlainEvent.of(1, EventType.VIEW),
            PlainEvent.of(2, EventType.VIEW).traffic("google", null, "mobile", null),
            PlainEvent.of(3, EventType.PURCHASE).traffic("other", "spring", null, "NO"));
    var before = new SessionState(List.of(), LIMITS);
    before.begin(PlainEvent.columns(events));
    for (int row = 0; row < events.size(); row++) {
      before.add(row);
    }
    before.settle();
    before.write(bytes);
    var after = new SessionState(List.of(), LIMITS);
    after.begin(PlainEvent.columns(List.of()));
    after.read(reader());
    assertThat(after.figures.hasPurchase).isTrue();
    var again = new ByteWriter();
    after.write(again);
    assertThat(copy(again)).isEqualTo(copy(bytes));
  }

  private ByteReader reader() {
    return new ByteReader().reset(bytes.bytes(), 0, bytes.length());
  }

  private static byte[] copy(ByteWriter writer) {
    return Arrays.copyOf(writer.bytes(), writer.length());
  }
}
