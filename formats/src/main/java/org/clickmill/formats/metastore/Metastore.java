package org.clickmill.formats.metastore;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A connection to a Hive metastore. Partitions go by their names, such as {@code
 * dt=2019-10-01/hr=07}. Statistics that a partition claims to be accurate are never kept: an engine
 * would answer {@code count(*)} from them, although the files have changed since.
 *
 * <p>Every method throws an {@link IOException} whose message says what the metastore refused;
 * after a {@link BrokenConnectionException} all that is left is to close. Not for several threads.
 */
public interface Metastore extends AutoCloseable {
  /** The version of Hive that the server is of, such as 4.0.1. */
  String version() throws IOException;

  /** Creates a database where there is none. */
  void createDatabase(String database, String owner) throws IOException;

  /** A table, if there is one. */
  Optional<MetastoreTable> table(String database, String name) throws IOException;

  /** Creates an external table. */
  void createTable(String database, MetastoreTable table) throws IOException;

  /**
   * Gives a table, and each of its partitions, other columns; the table also another owner and more
   * or other properties. What else the metastore knows of it stays.
   */
  void alterTable(String database, MetastoreTable table) throws IOException;

  /**
   * The names of some partitions of a table, in the metastore's order, which is that of days. Fewer
   * than {@code limit} come only where no more follow.
   *
   * @param after the last name of the page before, or null for the first page; the partition need
   *     not be there any more
   * @param limit how many are asked for, at least 1
   */
  List<String> partitionNames(String database, String table, String after, int limit)
      throws IOException;

  /** Those of some partitions that there are. */
  List<MetastorePartition> partitions(String database, String table, Collection<String> names)
      throws IOException;

  /** Adds partitions with the table's columns; one that is there already stays as it is. */
  void addPartitions(
      String database, MetastoreTable table, Collection<MetastorePartition> partitions)
      throws IOException;

  /** Gives partitions another location, and more or other properties. */
  void alterPartitions(String database, String table, Collection<MetastorePartition> partitions)
      throws IOException;

  /** Drops partitions that may be there; their files stay. */
  void dropPartitions(String database, String table, Collection<String> names) throws IOException;

  @Override
  void close();
}
