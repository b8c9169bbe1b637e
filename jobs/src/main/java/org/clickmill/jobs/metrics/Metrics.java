package org.clickmill.jobs.metrics;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.live.Live;

/**
 * Some metrics among the tables that there are: each may be made from a table, or from another
 * metric. Whatever is wrong is a usage error with file, line and column.
 */
public final class Metrics {
  /** The events of a day, without duplicates. */
  public static final String EVENTS = Datasets.EVENTS;

  /** Purchases and returns. */
  public static final String ORDER_LINES = "order_lines";

  /** They follow the loader's commits, so that no pipeline could tell when a metric is stale. */
  private static final Set<String> LIVE = Set.of(Live.LIVE_SALES, Live.LIVE_SUMMARY);

  /** What runs leave beside the tables that they compute. */
  private static final Set<String> BESIDE = Set.of(Datasets.REJECTS, Datasets.DATA_QUALITY);

  private final Map<String, Table> asked;
  private final Set<String> known;
  private final long maxRows;
  private final ZoneId zone;
  private final Map<String, MetricDefinition> definitions = new LinkedHashMap<>();
  private final Map<String, MetricAnalysis> made = new LinkedHashMap<>();
  private final Set<String> beingMade = new LinkedHashSet<>();

  private Metrics(Collection<Table> asked, Collection<Table> all, long maxRows, ZoneId zone) {
    this.asked =
        asked.stream().collect(Collectors.toMap(Table::dataset, Function.identity(), (a, b) -> a));
    known = new TreeSet<>(Set.of(Datasets.EVENTS, ORDER_LINES));
    known.addAll(BESIDE);
    all.forEach(table -> known.add(table.dataset()));
    this.maxRows = maxRows;
    this.zone = zone;
  }

  /**
   * Makes metrics.
   *
   * @param texts of their files
   * @param asked the tables that the settings ask for
   * @param all the tables that there can be
   * @param maxRows the most rows of a partition
   * @param zone whose clock functions read times off
   */
  public static List<MetricAnalysis> of(
      List<MetricText> texts,
      Collection<Table> asked,
      Collection<Table> all,
      long maxRows,
      ZoneId zone) {
    var metrics = new Metrics(asked, all, maxRows, zone);
    texts.stream().map(MetricYaml::read).forEach(metrics::add);
    metrics.definitions.values().forEach(metrics::make);
    return new ArrayList<>(metrics.made.values());
  }

  private void add(MetricDefinition definition) {
    var name = definition.name();
    if (known.contains(name.text())) {
      throw definition.invalid(
          name.place(), "the name '%s' exists: it is a table of the suite", name.text());
    }
    var other = definitions.putIfAbsent(name.text(), definition);
    if (other != null) {
      throw definition.invalid(
          name.place(), "the name '%s' exists: %s has it", name.text(), other.file().origin());
    }
  }

  private MetricAnalysis make(MetricDefinition definition) {
    var name = definition.name().text();
    var known = made.get(name);
    if (known != null) {
      return known;
    }
    if (!beingMade.add(name)) {
      throw definition.invalid(
          definition.from().place(),
          "metrics are made from each other: %s",
          Stream.concat(beingMade.stream().dropWhile(one -> !one.equals(name)), Stream.of(name))
              .collect(Collectors.joining(" from ")));
    }
    var input = input(definition);
    beingMade.remove(name);
    var schema = input == null ? EventRows.SCHEMA : input.schema();
    var metric = MetricAnalysis.of(definition.file(), input, schema, maxRows, zone);
    made.put(name, metric);
    return metric;
  }

  /** The table that a metric is made from; null for events and order lines. */
  private Table input(MetricDefinition definition) {
    var from = definition.from().text();
    if (from.equals(EVENTS) || from.equals(ORDER_LINES)) {
      return null;
    }
    var other = definitions.get(from);
    if (other != null) {
      return make(other).table();
    }
    var table = asked.get(from);
    if (table != null) {
      return table;
    }
    if (LIVE.contains(from)) {
      throw definition.invalid(
          definition.from().place(),
          "a metric cannot be made from the live table '%s': name a table of whole days",
          from);
    }
    if (known.contains(from) && !BESIDE.contains(from)) {
      throw definition.invalid(
          definition.from().place(),
          "the table '%s' is switched off: the settings do not ask for it",
          from);
    }
    throw definition.invalid(
        definition.from().place(),
        "unknown table '%s' (there are %s)",
        from,
        Stream.of(
                Stream.of(EVENTS, ORDER_LINES),
                asked.values().stream()
                    .filter(one -> !one.description().isInternal())
                    .map(Table::dataset)
                    .sorted(),
                definitions.keySet().stream().filter(one -> !beingMade.contains(one)))
            .flatMap(names -> names)
            .collect(Collectors.joining(", ")));
  }
}
