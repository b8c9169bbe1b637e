package org.clickmill.jobs.ingest;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configurable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Partitioner;
import org.clickmill.formats.event.EventKey;
import org.clickmill.jobs.kernel.Hours;

/**
 * Which reducer takes each hour of the days to be compacted: a day goes to one, or in contiguous
 * ranges of hours to several whose numbers ascend, so that its files are in time order by name.
 */
final class HourRanges {
  private static final String FIRST_HOUR = "clickmill.internal.compact.first-hour";
  private static final String REDUCERS = "clickmill.internal.compact.reducers";

  private final long firstHour;
  private final int[] reducerOfHour;
  private final int reducers;

  private HourRanges(long firstHour, int[] reducerOfHour, int reducers) {
    this.firstHour = firstHour;
    this.reducerOfHour = reducerOfHour;
    this.reducers = reducers;
  }

  /**
   * Cuts a day's hours into ranges of about the same bytes.
   *
   * @param hourBytes bytes of each of the day's hours
   * @return the range of each hour, from 0 to ranges - 1
   */
  static long[] boundaries(long[] hourBytes, int ranges) {
    long total = Math.max(1, Arrays.stream(hourBytes).sum());
    var range = new long[hourBytes.length];
    long before = 0;
    for (int hour = 0; hour < hourBytes.length; hour++) {
      // An hour belongs to the range that its middle byte falls into.
      long middle = before + hourBytes[hour] / 2;
      range[hour] = Math.min(ranges - 1, middle * ranges / total);
      before += hourBytes[hour];
    }
    return range;
  }

  /**
   * @param rangesByDay for each day the range of each hour
   * @param reducers at least as many as any day has ranges
   */
  static HourRanges of(SortedMap<LocalDate, long[]> rangesByDay, int reducers) {
    var first = rangesByDay.firstKey();
    long firstHour = first.toEpochDay() * Hours.A_DAY;
    long hours = (rangesByDay.lastKey().toEpochDay() + 1) * Hours.A_DAY - firstHour;
    var reducerOfHour = new int[Math.toIntExact(hours)];
    int index = 0;
    for (var entry : rangesByDay.entrySet()) {
      int ranges = 1 + (int) Arrays.stream(entry.getValue()).max().orElse(0);
      // Numbers ascend within a day: the first reducer leaves room for the others.
      int firstReducer = index % (reducers - ranges + 1);
      int start = (int) (entry.getKey().toEpochDay() * Hours.A_DAY - firstHour);
      for (int hour = 0; hour < Hours.A_DAY; hour++) {
        reducerOfHour[start + hour] = firstReducer + (int) entry.getValue()[hour];
      }
      index += ranges;
    }
    return new HourRanges(firstHour, reducerOfHour, reducers);
  }

  int reducers() {
    return reducers;
  }

  void write(Configuration configuration) {
    configuration.setLong(FIRST_HOUR, firstHour);
    configuration.set(
        REDUCERS,
        Arrays.stream(reducerOfHour).mapToObj(Integer::toString).collect(Collectors.joining(",")));
  }

  /** Sends an event to the reducer of its hour. */
  static final class ToReducers extends Partitioner<BytesWritable, NullWritable>
      implements Configurable {
    private Configuration configuration;
    private long firstHour;
    private int[] reducerOfHour;

    @Override
    public int getPartition(BytesWritable key, NullWritable value, int reducers) {
      long hour = Hours.of(EventKey.eventTime(key.getBytes(), 0));
      return reducerOfHour[(int) (hour - firstHour)];
    }

    @Override
    public void setConf(Configuration configuration) {
      this.configuration = configuration;
      firstHour = configuration.getLong(FIRST_HOUR, 0);
      reducerOfHour = configuration.getInts(REDUCERS);
    }

    @Override
    public Configuration getConf() {
      return configuration;
    }
  }
}
