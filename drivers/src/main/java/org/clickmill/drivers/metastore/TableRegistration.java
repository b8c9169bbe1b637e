package org.clickmill.drivers.metastore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.clickmill.formats.metastore.Metastore;
import org.clickmill.formats.metastore.MetastorePartition;
import org.clickmill.formats.metastore.MetastoreTable;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Warehouse;

/** Brings one table of the metastore to what the warehouse has. Not for several threads. */
final class TableRegistration {
  private static final String ROWS = "clickmill.rows";
  private static final String VERSION = "clickmill.version";
  private static final String ACCURATE = "COLUMN_STATS_ACCURATE";

  /** How many partitions one message has. */
  private static final int BATCH = 500;

  private final Metastore metastore;
  private final String database;
  private final Warehouse warehouse;
  private final TableDefinition definition;
  private final boolean isDryRun;
  private MetastoreTable registered;
  private boolean wasCreated;
  private boolean wasAltered;
  private long added;
  private long changed;
  private long dropped;

  TableRegistration(
      Metastore metastore,
      String database,
      Warehouse warehouse,
      TableDefinition definition,
      boolean isDryRun) {
    this.metastore = metastore;
    this.database = database;
    this.warehouse = warehouse;
    this.definition = definition;
    this.isDryRun = isDryRun;
  }

  /**
   * Creates or alters the table itself; to be called first.
   *
   * @throws IOException if the metastore has another table of this name
   */
  void define() throws IOException {
    var name = definition.table().name();
    var found = metastore.table(database, name);
    if (found.isEmpty()) {
      wasCreated = true;
      registered = definition.table();
      if (!isDryRun) {
        metastore.createTable(database, registered);
        definition.requireSame(metastore.table(database, name).orElse(registered));
      }
      return;
    }
    definition.requireSame(found.get());
    registered = definition.over(found.get());
    wasAltered = !registered.equals(found.get()) || found.get().parameters().containsKey(ACCURATE);
    if (wasAltered && !isDryRun) {
      metastore.alterTable(database, registered);
    }
  }

  /** The names of the partitions that the metastore has. */
  List<String> names() throws IOException {
    return wasCreated ? List.of() : metastore.partitionNames(database, registered.name());
  }

  /**
   * Adds, alters and drops partitions.
   *
   * @param names all that are looked at; those without a manifest are dropped
   * @param manifests what the warehouse has of them
   */
  void register(Collection<String> names, SortedMap<Partition, Manifest> manifests)
      throws IOException {
    var all = List.copyOf(names);
    for (int from = 0; from < all.size(); from += BATCH) {
      registerBatch(all.subList(from, Math.min(from + BATCH, all.size())), manifests);
    }
  }

  private void registerBatch(List<String> names, Map<Partition, Manifest> manifests)
      throws IOException {
    var there = new HashMap<String, MetastorePartition>();
    if (!wasCreated || !isDryRun) {
      metastore
          .partitions(database, registered.name(), names)
          .forEach(partition -> there.put(partition.name(), partition));
    }
    var missing = new ArrayList<MetastorePartition>();
    var stale = new ArrayList<MetastorePartition>();
    var extra = new ArrayList<String>();
    for (var name : names) {
      var manifest = manifests.get(new Partition(registered.name(), name));
      var found = there.get(name);
      if (manifest == null) {
        if (found != null) {
          extra.add(name);
        }
      } else {
        var wanted = partition(manifest);
        if (found == null) {
          missing.add(wanted);
        } else if (isStale(found, wanted)) {
          stale.add(wanted);
        }
      }
    }
    if (!isDryRun) {
      metastore.addPartitions(database, registered, missing);
      metastore.alterPartitions(database, registered.name(), stale);
      metastore.dropPartitions(database, registered.name(), extra);
    }
    added += missing.size();
    changed += stale.size();
    dropped += extra.size();
  }

  private MetastorePartition partition(Manifest manifest) {
    var parameters = new TreeMap<String, String>();
    parameters.put(ROWS, Long.toString(manifest.fingerprint().rows()));
    parameters.put(VERSION, Integer.toString(manifest.version()));
    return new MetastorePartition(
        manifest.partition(), warehouse.pathOf(manifest.where()).toString(), parameters);
  }

  private static boolean isStale(MetastorePartition found, MetastorePartition wanted) {
    return found.parameters().containsKey(ACCURATE)
        || !found.parameters().entrySet().containsAll(wanted.parameters().entrySet())
        || !TableDefinition.samePlace(found.location(), wanted.location());
  }

  /**
   * What was changed.
   *
   * @param failure why it could not be finished, or null
   */
  TableChange change(String failure) {
    return new TableChange(
        definition.table().name(), wasCreated, wasAltered, added, changed, dropped, failure);
  }
}
