package org.clickmill.jobs.products;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.clickmill.formats.table.Row;
import org.clickmill.jobs.Seeds;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.RowSink;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whichever days are asked for, a product has the units and the last sale of the days before. */
final class ProductWindowTest {
  private static final LocalDate FIRST = LocalDate.of(2024, 2, 1);

  static LongStream seeds() {
    return Seeds.sample(50);
  }

  /**
   * What a product has on a day.
   *
   * @param events in sessions, all views
   */
  private record Day(long events, long sold, long returned, long revenue) {}

  @ParameterizedTest
  @MethodSource("seeds")
  void daysHaveTheUnitsOfTheDaysBefore(long seed) throws IOException {
    var random = new Random(seed);
    var days = new TreeMap<Integer, Day>();
    int every = 1 + random.nextInt(20);
    for (int day = 0; day < 120; day++) {
      if (random.nextInt(every) == 0) {
        long sold = (long) random.nextInt(3) * random.nextInt(4);
        days.put(day, new Day(random.nextInt(3), sold, random.nextInt(3), random.nextInt(-9, 99)));
      }
    }
    int firstAsked = random.nextInt(120);
    var window = new ProductWindow(FIRST);
    var actual = new ArrayList<String>();
    window.begin(reader(new ByteWriter().putBytes("p".getBytes(StandardCharsets.UTF_8), 0, 1)));
    int last = -1000;
    for (int day = Math.max(0, firstAsked - 28); day < 120; day++) {
      var there = days.get(day);
      if (there != null) {
        add(window, day, there, day >= firstAsked);
        last = day;
      }
      if (day >= firstAsked && day - last < window.days()) {
        window.emit(FIRST.toEpochDay() + day, (order, value) -> actual.add(row(order, value)));
      }
    }
    var expected = new ArrayList<String>();
    for (int day = firstAsked; day < 120; day++) {
      addExpected(days, day, expected);
    }
    assertThat(actual).as("seed %d", seed).isEqualTo(expected);
  }

  /** In two rows of sessions. */
  private static void add(ProductWindow window, int day, Day there, boolean isAsked) {
    long epochDay = FIRST.toEpochDay() + day;
    if (isAsked) {
      for (long views : List.of(there.events() / 2, there.events() - there.events() / 2)) {
        var counts = new ByteWriter().putByte(ProductWindow.SESSIONS);
        counts.putUnsigned(views).putUnsigned(views).putUnsigned(views);
        counts.putUnsigned(0).putUnsigned(0).putUnsigned(0).putUnsigned(0);
        window.add(epochDay, reader(counts));
      }
    }
    var sales = new ByteWriter().putByte(ProductWindow.SALES).putUnsigned(there.sold() > 0 ? 1 : 0);
    sales.putUnsigned(there.sold()).putUnsigned(there.returned()).putSigned(there.revenue());
    window.add(epochDay, reader(sales));
  }

  private static ByteReader reader(ByteWriter writer) {
    return new ByteReader().reset(writer.bytes(), 0, writer.length());
  }

  private static String row(ByteWriter order, ByteWriter value) throws IOException {
    var row = new Row(ProductPerformance.SCHEMA);
    new ProductPerformanceRows()
        .write(
            reader(order),
            reader(value),
            new RowSink() {
              @Override
              public Row row() {
                return row;
              }

              @Override
              public void write() {}
            });
    return text(
        row.longValue(ordinal("views")),
        row.longValue(ordinal("units_sold")),
        row.longValue(ordinal("units_returned")),
        row.longValue(ordinal("revenue")),
        orNull(row, "units_7d"),
        orNull(row, "units_28d"),
        orNull(row, "days_since_last_sale"));
  }

  private static int ordinal(String column) {
    return ProductPerformance.SCHEMA.ordinal(column);
  }

  private static Long orNull(Row row, String column) {
    return row.isNull(ordinal(column)) ? null : Long.valueOf(row.longValue(ordinal(column)));
  }

  private static String text(Object... values) {
    return Arrays.toString(values);
  }

  private static void addExpected(TreeMap<Integer, Day> days, int day, List<String> expected) {
    var there = days.getOrDefault(day, new Day(0, 0, 0, 0));
    Integer lastSale = null;
    for (int before = day; before >= Math.max(0, day - 28) && lastSale == null; before--) {
      lastSale = days.containsKey(before) && days.get(before).sold() > 0 ? before : null;
    }
    if (there.events() == 0 && lastSale == null) {
      return;
    }
    expected.add(
        text(
            there.events(),
            there.sold(),
            there.returned(),
            there.revenue(),
            units(days, day, 7),
            units(days, day, 28),
            lastSale == null ? null : Long.valueOf(day - lastSale)));
  }

  private static Long units(TreeMap<Integer, Day> days, int day, int length) {
    return day + 1 < length
        ? null
        : Long.valueOf(
            days.subMap(day - length + 1, day + 1).values().stream().mapToLong(Day::sold).sum());
  }
}
