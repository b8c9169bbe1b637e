package org.clickmill.drivers.checks;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.clickmill.drivers.checks.Rule.Reconciliation;
import org.clickmill.drivers.checks.Rule.Unique;
import org.clickmill.formats.warehouse.StagedPartition;
import org.clickmill.jobs.kernel.Run;

/** What was counted for those checks of a step that count keys, in one job for all. */
final class CountedKeys {
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<KeySource> sources = new ArrayList<>();

  /** Days whose file of orders is missing. */
  private final Set<KeyCount.Of> missing = new HashSet<>();

  private Map<KeyCount.Of, KeyCount> counts = Map.of();

  private CountedKeys() {}

  /**
   * Counts.
   *
   * @param staged the partitions that are checked
   */
  static CountedKeys count(Run run, Checks checks, List<StagedPartition> staged)
      throws IOException, InterruptedException {
    var keys = new CountedKeys();
    var daysOfOrders = new LinkedHashMap<Check, List<Long>>();
    for (var one : staged) {
      for (var check : checks.of(one.partition().dataset())) {
        if (check.rule() instanceof Unique unique) {
          keys.addRows(run, check, unique, one);
        } else if (check.rule() instanceof Reconciliation) {
          daysOfOrders
              .computeIfAbsent(check, any -> new ArrayList<>())
              .add(one.partition().day().toEpochDay());
        }
      }
    }
    for (var entry : daysOfOrders.entrySet()) {
      keys.addOrders(run, entry.getKey(), entry.getValue());
    }
    if (!keys.sources.isEmpty()) {
      keys.counts = KeyCounts.run(run, keys.sources);
    }
    return keys;
  }

  /** What was counted for a check of a day; null if it counts no keys, or its file is missing. */
  KeyCount of(Check check, LocalDate day) {
    var number = numbers.get(check.name());
    var of = number == null ? null : new KeyCount.Of(number, day);
    return of == null || missing.contains(of) ? null : counts.getOrDefault(of, KeyCount.NONE);
  }

  private int number(Check check) {
    return numbers.computeIfAbsent(check.name(), any -> numbers.size());
  }

  private void addRows(Run run, Check check, Unique unique, StagedPartition staged) {
    int number = number(check);
    var folder = run.warehouse().stagingOf(run.id(), staged.partition());
    for (var file : staged.files()) {
      if (file.records() > 0) {
        sources.add(
            new KeySource(
                number,
                new Path(folder, file.name()).toString(),
                file.bytes(),
                unique.key(),
                null,
                List.of(staged.partition().day().toEpochDay())));
      }
    }
  }

  private void addOrders(Run run, Check check, List<Long> days) throws IOException {
    int number = number(check);
    var orders = ((Reconciliation) check.rule()).orders();
    if (!orders.isDaily()) {
      addFile(run, number, orders, orders.path(), days);
      return;
    }
    for (long day : days) {
      addFile(run, number, orders, orders.of(LocalDate.ofEpochDay(day)), List.of(day));
    }
  }

  private void addFile(Run run, int number, OrdersFile orders, String file, List<Long> days)
      throws IOException {
    var found = OrdersFile.locate(file, run.configuration());
    if (found.isEmpty()) {
      days.forEach(day -> missing.add(new KeyCount.Of(number, LocalDate.ofEpochDay(day))));
      return;
    }
    sources.add(
        new KeySource(
            number,
            found.get().getPath().toString(),
            found.get().getLen(),
            List.of(),
            orders,
            days));
  }
}
