package org.clickmill.drivers.expire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.pipeline.Nearest;
import org.clickmill.drivers.pipeline.Suite;
import org.clickmill.drivers.pipeline.Suite.Entry;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.live.Live;

/**
 * For how long partitions are kept.
 *
 * @param days the number of days by dataset; datasets that are not in it are kept for good
 */
public record Retention(SortedMap<String, Integer> days) {
  private static final Pattern ITEM = Pattern.compile("([a-z0-9_]+)=([1-9][0-9]{0,5})d");
  private static final int DAYS_OF_WEEK = 7;
  private static final int DAYS_OF_MONTH = 31;

  public Retention {
    days = Collections.unmodifiableSortedMap(new TreeMap<>(days));
  }

  /**
   * What the settings ask for.
   *
   * @throws ClickmillException of kind usage if a dataset is unknown, or tables that the settings
   *     ask for need more of its days
   */
  public static Retention of(Configuration configuration) {
    var all = Suite.all(configuration);
    var asked = Suite.entries(configuration);
    var days = new TreeMap<String, Integer>();
    for (var item : ExpireSettings.DAYS.get(configuration)) {
      var parts = ITEM.matcher(item);
      if (!parts.matches()) {
        throw ClickmillException.usage(
            "Invalid value of %s: '%s' (expected DATASET=DAYSd, as in events=90d)",
            ExpireSettings.DAYS, item);
      }
      var dataset = parts.group(1);
      requireKnown(dataset, all);
      int kept = Integer.parseInt(parts.group(2));
      asked.forEach(entry -> requireEnough(dataset, kept, entry.table()));
      if (days.put(dataset, kept) != null) {
        throw ClickmillException.usage(
            "Invalid value of %s: %s is named twice", ExpireSettings.DAYS, dataset);
      }
    }
    return new Retention(days);
  }

  private static void requireKnown(String dataset, List<Entry> all) {
    var known = new ArrayList<>(List.of(Datasets.EVENTS, Datasets.REJECTS, Datasets.DATA_QUALITY));
    all.stream()
        .filter(entry -> !(entry.maker() instanceof Live))
        .forEach(entry -> known.add(entry.table().dataset()));
    if (known.contains(dataset)) {
      return;
    }
    boolean isLive = all.stream().anyMatch(entry -> entry.table().dataset().equals(dataset));
    throw isLive
        ? ClickmillException.usage(
            "Invalid value of %s: %s is a live table, whose days end by themselves",
            ExpireSettings.DAYS, dataset)
        : ClickmillException.usage(
            "Invalid value of %s: there is no dataset '%s'.%s",
            ExpireSettings.DAYS,
            dataset,
            Nearest.question(dataset, known, "'clickmill tables' lists them."));
  }

  private static void requireEnough(String dataset, int days, Table table) {
    if (!table.inputs().datasets().contains(dataset)) {
      return;
    }
    int needed = daysNeeded(table);
    if (needed == Inputs.ALL_DAYS) {
      throw ClickmillException.usage(
          "Invalid value of %s: %s=%dd, but %s is made from all days of it. Leave %s out, or the"
              + " table out of the settings",
          ExpireSettings.DAYS, dataset, days, table.dataset(), dataset);
    }
    if (days < needed) {
      throw ClickmillException.usage(
          "Invalid value of %s: %s=%dd, but %s is made from %d days of it. Keep it for %dd or more",
          ExpireSettings.DAYS, dataset, days, table.dataset(), needed, needed);
    }
  }

  /** How many days of its inputs the newest partition of a table is made from, at most. */
  private static int daysNeeded(Table table) {
    var inputs = table.inputs();
    return switch (table.grain()) {
      case DAY ->
          inputs.daysBefore() == Inputs.ALL_DAYS
              ? Inputs.ALL_DAYS
              : inputs.daysBefore() + 1 + inputs.daysAfter();
      case WEEK -> DAYS_OF_WEEK;
      case MONTH -> DAYS_OF_MONTH;
    };
  }
}
