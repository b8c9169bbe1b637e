package org.clickmill.drivers.metastore;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.clickmill.formats.metastore.BrokenConnectionException;
import org.clickmill.formats.metastore.Metastore;
import org.clickmill.formats.metastore.MetastorePartition;
import org.clickmill.formats.metastore.MetastoreTable;

/** A metastore in memory, which can refuse a table. */
final class FakeMetastore implements Metastore {
  final Map<String, MetastoreTable> tables = new TreeMap<>();
  final Map<String, TreeMap<String, MetastorePartition>> partitions = new TreeMap<>();
  String refused;
  boolean isBroken;

  /** What another does just before partitions are altered or dropped; null once it is done. */
  Interruption interruption;

  int writes;

  /** The largest number of names that were asked for at once. */
  int largestPage;

  /** What another does. */
  interface Interruption {
    void run() throws IOException;
  }

  private void interrupt() throws IOException {
    if (interruption != null) {
      var now = interruption;
      interruption = null;
      now.run();
    }
  }

  private void write(String table) throws IOException {
    if (isBroken) {
      throw new BrokenConnectionException("Read timed out", null);
    }
    if (table.equals(refused)) {
      throw new IOException("permission denied");
    }
    writes++;
  }

  @Override
  public String version() {
    return "4.0.1";
  }

  @Override
  public void createDatabase(String database, String owner) {}

  @Override
  public Optional<MetastoreTable> table(String database, String name) {
    return Optional.ofNullable(tables.get(name));
  }

  @Override
  public void createTable(String database, MetastoreTable table) throws IOException {
    write(table.name());
    tables.put(table.name(), table);
    partitions.put(table.name(), new TreeMap<>());
  }

  @Override
  public void alterTable(String database, MetastoreTable table) throws IOException {
    write(table.name());
    tables.put(table.name(), table);
  }

  @Override
  public List<String> partitionNames(String database, String table, String after, int limit) {
    var names = partitions.get(table).navigableKeySet();
    var following = after == null ? names : names.tailSet(after, false);
    var page = following.stream().limit(limit).toList();
    largestPage = Math.max(largestPage, page.size());
    return page;
  }

  @Override
  public List<MetastorePartition> partitions(
      String database, String table, Collection<String> names) {
    var all = partitions.get(table);
    return names.stream().filter(all::containsKey).map(all::get).toList();
  }

  @Override
  public void addPartitions(
      String database, MetastoreTable table, Collection<MetastorePartition> added)
      throws IOException {
    for (var partition : added) {
      write(table.name());
      partitions.get(table.name()).putIfAbsent(partition.name(), partition);
    }
  }

  @Override
  public void alterPartitions(String database, String table, Collection<MetastorePartition> altered)
      throws IOException {
    if (!altered.isEmpty()) {
      interrupt();
    }
    for (var partition : altered) {
      write(table);
      var parameters = new HashMap<>(partitions.get(table).get(partition.name()).parameters());
      parameters.remove("COLUMN_STATS_ACCURATE");
      parameters.putAll(partition.parameters());
      partitions
          .get(table)
          .put(
              partition.name(),
              new MetastorePartition(partition.name(), partition.location(), parameters));
    }
  }

  @Override
  public void dropPartitions(String database, String table, Collection<String> names)
      throws IOException {
    if (!names.isEmpty()) {
      interrupt();
    }
    for (var name : names) {
      write(table);
      partitions.get(table).remove(name);
    }
  }

  @Override
  public void close() {}
}
