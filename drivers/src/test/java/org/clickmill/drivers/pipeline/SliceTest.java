package org.clickmill.drivers.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.pipeline.Suite.Entry;
import org.junit.jupiter.api.Test;

final class SliceTest {
  private static final LocalDate FIRST = LocalDate.of(2024, 2, 27);

  @Test
  void fewBytesAreOneSlice() {
    assertThat(cut(30, 1, 31)).containsExactly(Slice.of(days(0, 30)));
    assertThat(cut(0, 1, 0)).containsExactly(Slice.of(List.of()));
  }

  @Test
  void sliceEndsWithItsBytesAndIsCompactedADayAhead() {
    assertThat(cut(20, 10, 60))
        .containsExactly(
            new Slice(days(0, 6), days(0, 7), true),
            new Slice(days(6, 12), days(7, 13), false),
            new Slice(days(12, 20), days(13, 20), false));
  }

  @Test
  void sliceHasAtLeastFourDays() {
    assertThat(cut(11, 1000, 1)).extracting(slice -> slice.days().size()).containsExactly(4, 7);
    assertThat(cut(7, 1000, 0)).hasSize(1);
  }

  @Test
  void weeksWindowsAndSnapshotsAreNotSliced() {
    assertThat(Suite.entries(new Configuration(false)))
        .filteredOn(entry -> !Slice.isSliced(entry))
        .extracting(Entry::command)
        .containsOnly("trending", "sales-trend", "customers", "clv", "interactions");
    assertThat(Suite.entries(new Configuration(false)))
        .filteredOn(Slice::isSliced)
        .extracting(entry -> entry.table().dataset())
        .contains("events_daily", "sales", "sessions", "funnel", "top_products", "customer_days")
        .doesNotContain("sales_weekly", "customers");
  }

  private static List<Slice> cut(int days, long bytes, long most) {
    var each = days(0, days).stream().collect(Collectors.toMap(Function.identity(), day -> bytes));
    return Slice.cut(days(0, days), each, most);
  }

  @Test
  void dailyTableThatWaitsForAllDaysIsNotSliced() {
    var configuration = new Configuration(false);
    configuration.set("clickmill.summary.tables", "daily_summary,orders");
    assertThat(Slice.sliced(Suite.entries(configuration)))
        .extracting(entry -> entry.table().dataset())
        .contains("events_daily", "sessions", "top_products", "event_totals", "order_days")
        .doesNotContain("customer_activity", "daily_summary", "order_starts", "orders", "trending");
    var daily = Suite.entries(new Configuration(false));
    assertThat(Slice.sliced(daily)).isEqualTo(daily.stream().filter(Slice::isSliced).toList());
  }

  private static List<LocalDate> days(int from, int to) {
    return IntStream.range(from, to).mapToObj(FIRST::plusDays).toList();
  }
}
