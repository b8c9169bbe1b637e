package org.clickmill.jobs.sessions;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.clickmill.jobs.groupby.QuantileMeasure;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.SlidingWindow;

/** Keeps the days of a visitor in one funnel, and tells how far they lead. */
final class UserFunnelWindow implements SlidingWindow {
  private static final long NO_DAY = Long.MIN_VALUE;

  private final Map<String, FunnelState> funnels = new HashMap<>();
  private final ByteWriter[] events;

  /** The day that each of the events is of. */
  private final long[] days;

  private final ByteReader reader = new ByteReader();
  private final ByteWriter name = new ByteWriter();
  private final ByteWriter row = new ByteWriter();

  /** Null if there is no such funnel any more. */
  private FunnelState funnel;

  UserFunnelWindow(List<FunnelDefinition> definitions, SessionLimits limits, int windowDays) {
    for (var definition : definitions) {
      long longest = windowDays * SessionRules.DAY;
      funnels.put(definition.name(), new FunnelState(definition, limits, longest));
    }
    events = new ByteWriter[windowDays];
    Arrays.setAll(events, any -> new ByteWriter());
    days = new long[windowDays];
  }

  @Override
  public int days() {
    return days.length;
  }

  @Override
  public void begin(ByteReader key) {
    var funnelName = key.readText();
    name.clear().putText(funnelName);
    funnel = funnels.get(funnelName);
    Arrays.fill(days, NO_DAY);
  }

  @Override
  public void add(long epochDay, ByteReader value) {
    int place = place(epochDay);
    days[place] = epochDay;
    events[place].clear().putBytes(value.bytes(), value.position(), value.remaining());
  }

  private int place(long epochDay) {
    return Math.floorMod(epochDay, days.length);
  }

  /** Writes what {@link UserFunnelRows} reads, if the visitor reached the first step. */
  @Override
  public void emit(long epochDay, Output output) throws IOException {
    if (funnel == null) {
      return;
    }
    funnel.clear();
    for (long day = epochDay - days.length + 1; day <= epochDay; day++) {
      int place = place(day);
      if (days[place] == day) {
        reader.reset(events[place].bytes(), 0, events[place].length());
        StepEvents.read(reader, day * SessionRules.DAY, funnel);
      }
    }
    funnel.settle();
    if (funnel.level() == 0) {
      return;
    }
    row.clear().putUnsigned(funnel.level());
    for (int step = 1; step < funnel.level(); step++) {
      row.putUnsigned(QuantileMeasure.rounded(funnel.time(step) - funnel.time(step - 1)));
    }
    output.add(name, row);
  }
}
