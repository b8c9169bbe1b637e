package org.clickmill.jobs.ingest;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configurable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Partitioner;
import org.clickmill.formats.event.ClusterKey;
import org.clickmill.formats.event.VisitorHash;

/** How many ranges of hashes each day of a job is cut into, which are a file each. */
final class DayLayout {
  private static final String FIRST_DAY = "clickmill.internal.compact.first-day";
  private static final String RANGES = "clickmill.internal.compact.ranges";

  private final int firstDay;

  /** By the number of days since the first; 0 for a day that is not compacted. */
  private final int[] ranges;

  private DayLayout(int firstDay, int[] ranges) {
    this.firstDay = firstDay;
    this.ranges = ranges;
  }

  /** Tells the tasks of a job how many ranges each day has, by the days since the epoch. */
  static void write(Configuration configuration, SortedMap<Long, Integer> rangesOfDay) {
    long first = rangesOfDay.firstKey();
    var ranges = new int[Math.toIntExact(rangesOfDay.lastKey() - first + 1)];
    rangesOfDay.forEach((day, number) -> ranges[Math.toIntExact(day - first)] = number);
    configuration.setLong(FIRST_DAY, first);
    configuration.set(
        RANGES, Arrays.stream(ranges).mapToObj(Integer::toString).collect(Collectors.joining(",")));
  }

  static DayLayout read(Configuration configuration) {
    return new DayLayout(configuration.getInt(FIRST_DAY, 0), configuration.getInts(RANGES));
  }

  /** How many ranges a day has. */
  int ranges(int day) {
    return ranges[day - firstDay];
  }

  /** Sends an event to the reducer that writes its range; neighbours go to different ones. */
  static final class ToReducers extends Partitioner<BytesWritable, NullWritable>
      implements Configurable {
    private Configuration configuration;
    private DayLayout layout;

    /** The ranges of all days before, by the number of days since the first. */
    private int[] rangesBefore;

    @Override
    public int getPartition(BytesWritable key, NullWritable value, int reducers) {
      byte[] bytes = key.getBytes();
      int day = ClusterKey.day(bytes, 0);
      int range = VisitorHash.range(ClusterKey.hash(bytes, 0), layout.ranges(day));
      return (rangesBefore[day - layout.firstDay] + range) % reducers;
    }

    @Override
    public void setConf(Configuration configuration) {
      this.configuration = configuration;
      layout = DayLayout.read(configuration);
      rangesBefore = new int[layout.ranges.length];
      for (int i = 1; i < rangesBefore.length; i++) {
        rangesBefore[i] = rangesBefore[i - 1] + layout.ranges[i - 1];
      }
    }

    @Override
    public Configuration getConf() {
      return configuration;
    }
  }
}
