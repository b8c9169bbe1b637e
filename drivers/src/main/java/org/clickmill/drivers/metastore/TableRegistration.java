package org.clickmill.drivers.metastore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.clickmill.formats.metastore.BrokenConnectionException;
import org.clickmill.formats.metastore.Metastore;
import org.clickmill.formats.metastore.MetastorePartition;
import org.clickmill.formats.metastore.MetastoreTable;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Parallel;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Warehouse;

/** Brings one table of the metastore to what the warehouse has. Not for several threads. */
final class TableRegistration {
  private static final String ROWS = "clickmill.rows";
  private static final String VERSION = "clickmill.version";
  private static final String ACCURATE = "COLUMN_STATS_ACCURATE";

  /** How many partitions one message has. */
  static final int BATCH = 500;

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
      alter(found.get());
    }
  }

  private void alter(MetastoreTable found) throws IOException {
    try {
      metastore.alterTable(database, registered);
    } catch (BrokenConnectionException e) {
      throw e;
    } catch (IOException e) {
      var other = definition.lostOrRetyped(found);
      if (other.isEmpty()) {
        throw e;
      }
      throw new IOException(
          e.getMessage()
              + " (columns are gone or have other types now: "
              + String.join(", ", other)
              + "; drop the table in the metastore, its data stay there)",
          e);
    }
  }

  /** The names of the partitions that the metastore has. */
  RegisteredNames names() {
    return wasCreated
        ? new RegisteredNames(after -> List.of())
        : new RegisteredNames(
            after -> metastore.partitionNames(database, registered.name(), after, BATCH));
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

  /**
   * As {@link #register(Collection, SortedMap)}, with what the warehouse has when each batch is
   * written.
   */
  void register(Collection<String> names) throws IOException {
    var all = List.copyOf(names);
    for (int from = 0; from < all.size(); from += BATCH) {
      var batch = all.subList(from, Math.min(from + BATCH, all.size()));
      registerBatch(batch, manifests(batch));
    }
  }

  /**
   * Registers some partitions. Another run may publish, and register, a newer version between the
   * look at a manifest and the write: so what was altered or dropped is looked at again.
   */
  private void registerBatch(List<String> names, Map<Partition, Manifest> manifests)
      throws IOException {
    var seen = manifests;
    var written = writeBatch(names, seen);
    while (!isDryRun && !written.isEmpty()) {
      var before = seen;
      var now = manifests(written);
      var differing =
          written.stream()
              .filter(
                  name -> {
                    var where = new Partition(registered.name(), name);
                    return !Objects.equals(before.get(where), now.get(where));
                  })
              .toList();
      seen = now;
      written = differing.isEmpty() ? List.of() : writeBatch(differing, now);
    }
  }

  private SortedMap<Partition, Manifest> manifests(List<String> names) throws IOException {
    var partitions = names.stream().map(name -> new Partition(registered.name(), name)).toList();
    var manifests = new TreeMap<Partition, Manifest>();
    for (var found : Parallel.map(partitions, warehouse.threads(), warehouse::manifest)) {
      found
          .filter(manifest -> !manifest.hasExpired())
          .ifPresent(manifest -> manifests.put(manifest.where(), manifest));
    }
    return manifests;
  }

  /** Returns the names of those that were altered or dropped. */
  private List<String> writeBatch(List<String> names, Map<Partition, Manifest> manifests)
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
    var overwritten = new ArrayList<>(extra);
    stale.forEach(partition -> overwritten.add(partition.name()));
    return overwritten;
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
