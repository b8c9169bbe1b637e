package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.ScanPlan.Part;

/** The routes of one analysis, as a map task sees them, by the partitions that feed them. */
final class RoutesInTask {
  private final Map<Partition, List<RouteInTask>> byPartition = new HashMap<>();
  private final List<RouteInTask> all = new ArrayList<>();

  /** The routes for which partials wait; of daily tables, those of the day that is being read. */
  private final List<RouteInTask> open = new ArrayList<>();

  private final ArrayDeque<WaitingPartials> free = new ArrayDeque<>();

  /** A route. If no other task reads anything of what feeds it, its partials are merged here. */
  static final class RouteInTask {
    private final int table;
    private final Route route;
    private final Set<Partition> toBeRead;
    private boolean meetsHere;
    private WaitingPartials waiting;

    /** Rows of the partition at hand that are emitted or finished since the last flush. */
    private long events;

    private RouteInTask(int table, Route route, Set<Partition> toBeRead, boolean meetsHere) {
      this.table = table;
      this.route = route;
      this.toBeRead = toBeRead;
      this.meetsHere = meetsHere;
    }

    /** The table's place in {@link ScanPlan#tables()}. */
    int table() {
      return table;
    }

    String dataset() {
      return route.table().dataset();
    }

    LocalDate start() {
      return route.start();
    }

    void count(long more) {
      events += more;
    }

    /** The rows counted since this was asked last. */
    long takeCount() {
      long counted = events;
      events = 0;
      return counted;
    }
  }

  /**
   * @param firstTable place of the part's first table among all tables of the plan
   * @param whole the partitions that no other task reads anything of
   */
  RoutesInTask(ScanPlan plan, Part part, int firstTable, Set<Partition> whole) {
    var tables = List.copyOf(part.routedTables());
    for (var route : part.routes()) {
      var toBeRead = new HashSet<>(route.reads());
      toBeRead.removeIf(plan::isEmpty);
      int table = firstTable + tables.indexOf(route.table().dataset());
      var here = new RouteInTask(table, route, toBeRead, whole.containsAll(toBeRead));
      all.add(here);
      toBeRead.forEach(
          partition -> byPartition.computeIfAbsent(partition, any -> new ArrayList<>()).add(here));
    }
  }

  /** The routes that a partition feeds. */
  List<RouteInTask> of(Partition partition) {
    return byPartition.getOrDefault(partition, List.of());
  }

  /** Where the partials of a route wait to be merged in this task, or null: they are shuffled. */
  WaitingPartials waiting(RouteInTask route) {
    if (route.meetsHere && route.waiting == null) {
      route.waiting = free.isEmpty() ? new WaitingPartials() : free.pop();
      open.add(route);
    }
    return route.waiting;
  }

  /** Merges the routes that have all their partials once a partition has been read. */
  void end(Partition partition, RouteMerge merge) throws IOException {
    for (var route : of(partition)) {
      route.toBeRead.remove(partition);
      if (route.toBeRead.isEmpty()) {
        merge(route, merge);
      }
    }
  }

  /** Merges what still waits at the end: for partitions of which every batch was skipped. */
  void endAll(RouteMerge merge) throws IOException {
    for (var route : all) {
      merge(route, merge);
    }
  }

  private void merge(RouteInTask route, RouteMerge merge) throws IOException {
    if (route.waiting != null) {
      merge.begin(route.table, route.start());
      route.waiting.mergeInto(merge::merge);
      merge.end();
      release(route);
    }
  }

  long memoryBytes() {
    long sum = 0;
    for (var route : open) {
      sum += route.waiting.memoryBytes();
    }
    return sum;
  }

  /** Takes a partial that is to be shuffled after all. */
  interface Shuffle {
    void accept(RouteInTask route, ByteReader key, ByteReader value) throws IOException;
  }

  /** Gives up merging here what waits, since it takes too much memory. */
  void shuffle(Shuffle shuffle) throws IOException {
    for (var route : List.copyOf(open)) {
      shuffle(route, shuffle);
    }
  }

  /** Gives up merging one route here, when what waits takes too much memory. */
  void shuffle(RouteInTask route, Shuffle shuffle) throws IOException {
    route.meetsHere = false;
    route.waiting.drainTo((key, value) -> shuffle.accept(route, key, value));
    release(route);
  }

  private void release(RouteInTask route) {
    free.push(route.waiting);
    route.waiting = null;
    open.remove(route);
  }
}
