package org.clickmill.jobs.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.lines.Line;
import org.clickmill.jobs.lines.LineKind;
import org.junit.jupiter.api.Test;

final class SalesTotalsTest {
  private final SalesTotals totals = new SalesTotals();

  @Test
  void eachKindAddsToItsOwnSums() {
    totals.clear(0);
    totals.add(0, line(LineKind.SOLD, 3, 25_000, true));
    totals.add(0, line(LineKind.SOLD, 1, 10_000, false));
    totals.add(0, line(LineKind.RETURNED, 2, 5_000, true));
    totals.add(0, line(LineKind.ADJUSTMENT, 1, -7_000, true));
    totals.add(0, line(LineKind.FREE, 9, 0, true));
    totals.add(0, line(LineKind.WITHOUT_PRICE, 9, 0, true));
    assertThat(sums(0))
        .containsExactly(2L, 1L, 1L, 4L, 2L, 1L, 1L, 85_000L, 10_000L, -7_000L, 10_000L, 25_000L);
  }

  @Test
  void partialsMergeInAnyGroupingToTheSameSums() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      totals.clear(0);
      totals.clear(1);
      int slots = 2 + random.nextInt(100);
      for (int slot = 2; slot < slots + 2; slot++) {
        totals.clear(slot);
      }
      for (int i = random.nextInt(300); i > 0; i--) {
        var kind = LineKind.values()[random.nextInt(5)];
        long price = kind == LineKind.ADJUSTMENT ? -random.nextInt(1000) : random.nextInt(1000);
        var line = line(kind, random.nextInt(5), price, random.nextBoolean());
        totals.add(0, line);
        totals.add(2 + random.nextInt(slots), line);
      }
      for (int slot = 2; slot < slots + 2; slot++) {
        var writer = new ByteWriter();
        totals.write(slot, writer);
        totals.merge(1, new ByteReader().reset(writer.bytes(), 0, writer.length()));
      }
      assertThat(sums(1)).as("seed %d, round %d", seed, round).isEqualTo(sums(0));
    }
  }

  @Test
  void overflowIsAnError() {
    totals.clear(0);
    totals.add(0, line(LineKind.SOLD, 1, Long.MAX_VALUE, true));
    assertThatThrownBy(() -> totals.add(0, line(LineKind.SOLD, 1, 1, true)))
        .isInstanceOf(ArithmeticException.class);
    var writer = new ByteWriter();
    totals.write(0, writer);
    assertThatThrownBy(
            () -> totals.merge(0, new ByteReader().reset(writer.bytes(), 0, writer.length())))
        .isInstanceOf(ArithmeticException.class);
  }

  private static Line line(LineKind kind, long units, long price, boolean ownOrder) {
    var line = new Line();
    line.kind = kind;
    line.units = units;
    line.price = price;
    line.value = units * price;
    line.ownOrder = ownOrder;
    return line;
  }

  private List<Long> sums(int slot) {
    return new ArrayList<>(
        List.of(
            totals.orderLines(slot),
            totals.freeLines(slot),
            totals.linesWithoutPrice(slot),
            totals.unitsSold(slot),
            totals.unitsReturned(slot),
            totals.ownOrders(slot),
            totals.ownReturns(slot),
            totals.gross(slot),
            totals.returned(slot),
            totals.adjustments(slot),
            totals.minimumPrice(slot),
            totals.maximumPrice(slot)));
  }
}
