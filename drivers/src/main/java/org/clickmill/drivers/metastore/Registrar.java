package org.clickmill.drivers.metastore;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.clickmill.drivers.catalog.CatalogTable;
import org.clickmill.drivers.catalog.TableCatalog;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Damage;
import org.clickmill.formats.metastore.BrokenConnectionException;
import org.clickmill.formats.metastore.Metastore;
import org.clickmill.formats.metastore.MetastoreSettings;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Registrations.Pending;
import org.clickmill.formats.warehouse.Warehouse;

/**
 * Registers tables and partitions of a warehouse. A table that cannot be registered is reported and
 * does not keep the others from it.
 */
public final class Registrar {
  /** How many days' manifests are in memory at a time. */
  private static final int DAYS_AT_ONCE = 100;

  private final Warehouse warehouse;
  private final Connector connector;
  private final TableCatalog catalog;
  private final String database;

  /** Connects to the metastore. */
  @FunctionalInterface
  public interface Connector {
    Metastore connect() throws IOException;
  }

  /** A registrar for the metastore that {@code connector} connects to. */
  public Registrar(Warehouse warehouse, Connector connector) {
    this.warehouse = warehouse;
    this.connector = connector;
    this.catalog = TableCatalog.of(warehouse.configuration());
    this.database = MetastoreSettings.DATABASE.get(warehouse.configuration());
  }

  /** What is done with one table. */
  @FunctionalInterface
  private interface Step {
    void run(TableRegistration registration) throws IOException;
  }

  /**
   * Registers the partitions that publishers have noted and nobody has registered since.
   *
   * @throws IOException if the metastore does not answer; what was noted stays so
   */
  public Registration registerPending() throws IOException {
    long begin = System.nanoTime();
    var pending = warehouse.registrations().pending();
    var byTable = byTable(pending);
    var changes = new ArrayList<TableChange>();
    if (!byTable.isEmpty()) {
      try (var metastore = connect(false)) {
        var tables = new Tables(metastore, false, changes);
        for (var table : byTable.entrySet()) {
          var names = table.getValue().stream().map(Partition::path).toList();
          tables.register(table.getKey(), step -> step.register(names));
        }
      } catch (IOException | ClickmillException e) {
        keep(pending, e);
        throw e;
      }
    }
    warehouse.registrations().settle(pending, left(pending, changes));
    return registration(changes, begin);
  }

  /** Keeps everything, in one note, so that their number stays small while a metastore is away. */
  private void keep(List<Pending> pending, Exception reason) {
    try {
      warehouse.registrations().settle(pending, left(pending, List.of()));
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  /** The partitions of tables that people query, by table in the order of the catalogue. */
  private Map<CatalogTable, Set<Partition>> byTable(List<Pending> pending) {
    var partitions = new TreeMap<String, Set<Partition>>();
    for (var note : pending) {
      for (var partition : note.partitions()) {
        partitions.computeIfAbsent(partition.dataset(), dataset -> new TreeSet<>()).add(partition);
      }
    }
    var byTable = new LinkedHashMap<CatalogTable, Set<Partition>>();
    for (var table : catalog.there(partitions.keySet())) {
      byTable.put(table, partitions.get(table.name()));
    }
    return byTable;
  }

  /**
   * The partitions that are still to be registered: of tables that failed or were not tried, or
   * that are unknown here, as other settings or a newer version of the suite have published them.
   */
  private Set<Partition> left(List<Pending> pending, List<TableChange> changes) {
    var done =
        catalog.all().stream()
            .filter(table -> table.description().isInternal())
            .map(CatalogTable::name)
            .collect(Collectors.toCollection(HashSet::new));
    changes.stream()
        .filter(change -> change.failure() == null)
        .map(TableChange::table)
        .forEach(done::add);
    return pending.stream()
        .flatMap(note -> note.partitions().stream())
        .filter(partition -> !done.contains(partition.dataset()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Compares every table that has a folder, and every partition, with the metastore, and writes the
   * difference.
   *
   * @param isDryRun whether the difference is only found
   * @throws IOException if the metastore does not answer
   */
  public Registration sync(boolean isDryRun) throws IOException {
    long begin = System.nanoTime();
    var notes = warehouse.registrations().notes();
    var changes = new ArrayList<TableChange>();
    try (var metastore = connect(isDryRun)) {
      var tables = new Tables(metastore, isDryRun, changes);
      for (var table : catalog.there(warehouse.datasets())) {
        tables.register(table, step -> syncPartitions(step, table.name()));
      }
    }
    if (!isDryRun) {
      warehouse.registrations().settle(notes.pending(), left(notes.pending(), changes));
      if (changes.stream().allMatch(change -> change.failure() == null)) {
        warehouse.registrations().forget(notes.damaged().keySet());
      }
    }
    return registration(changes, begin);
  }

  /**
   * Goes through the warehouse's days and the metastore's names side by side. Names of days that
   * the warehouse does not have, or of no day, are looked at by themselves.
   */
  private void syncPartitions(TableRegistration registration, String table) throws IOException {
    var days = List.copyOf(warehouse.days(table));
    var registered = registration.names();
    for (int from = 0; from < days.size(); from += DAYS_AT_ONCE) {
      var some = days.subList(from, Math.min(from + DAYS_AT_ONCE, days.size()));
      var last = some.get(some.size() - 1);
      var manifests = warehouse.readable(table, some.get(0), last);
      var names = new TreeSet<String>();
      manifests.keySet().forEach(partition -> names.add(partition.path()));
      takeNames(registration, table, registered, last, new TreeSet<>(some), names);
      registration.register(names, manifests);
    }
    takeNames(registration, table, registered, LocalDate.MAX, Set.of(), Set.of());
  }

  /**
   * Takes the metastore's names up to a day.
   *
   * @param days whose names are added to {@code names}; all others are registered here
   */
  private static void takeNames(
      TableRegistration registration,
      String table,
      RegisteredNames registered,
      LocalDate last,
      Set<LocalDate> days,
      Set<String> names)
      throws IOException {
    var others = new ArrayList<String>();
    for (var name = registered.peek(); name != null; name = registered.peek()) {
      var day = day(table, name);
      if (day.isPresent() && day.get().isAfter(last)) {
        break;
      }
      registered.skip();
      if (day.isPresent() && days.contains(day.get())) {
        names.add(name);
      } else {
        others.add(name);
      }
      if (others.size() == TableRegistration.BATCH) {
        registration.register(others);
        others.clear();
      }
    }
    registration.register(others);
  }

  private static Optional<LocalDate> day(String table, String name) {
    try {
      return Optional.of(new Partition(table, name).day());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Metastore connect(boolean isDryRun) throws IOException {
    var metastore = connector.connect();
    boolean isReady = false;
    try {
      if (!isDryRun) {
        metastore.createDatabase(database, MetastoreSettings.owner(warehouse.configuration()));
      }
      isReady = true;
      return metastore;
    } finally {
      if (!isReady) {
        metastore.close();
      }
    }
  }

  /** The tables that are registered over one connection, until it breaks. */
  private final class Tables {
    private final Metastore metastore;
    private final boolean isDryRun;
    private final List<TableChange> changes;
    private boolean isBroken;

    Tables(Metastore metastore, boolean isDryRun, List<TableChange> changes) {
      this.metastore = metastore;
      this.isDryRun = isDryRun;
      this.changes = changes;
    }

    void register(CatalogTable table, Step step) {
      if (!isBroken) {
        changes.add(change(table, step));
      }
    }

    private TableChange change(CatalogTable table, Step step) {
      TableRegistration registration = null;
      try {
        registration =
            new TableRegistration(
                metastore,
                database,
                warehouse,
                TableDefinition.of(table, warehouse, warehouse.configuration()),
                isDryRun);
        registration.define();
        step.run(registration);
        return registration.change(null);
      } catch (IOException | ClickmillException e) {
        isBroken = e instanceof BrokenConnectionException;
        var reason = e instanceof ClickmillException ? e.getMessage() : Damage.describe(e);
        if (isBroken) {
          reason += " (the tables after this one were not tried)";
        }
        return registration == null
            ? new TableChange(table.name(), false, false, 0, 0, 0, reason)
            : registration.change(reason);
      }
    }
  }

  private Registration registration(List<TableChange> changes, long begin) {
    return new Registration(database, changes, (System.nanoTime() - begin) / 1e9);
  }
}
