package org.clickmill.metastore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.hive.metastore.api.AddPartitionsRequest;
import org.apache.hadoop.hive.metastore.api.AlreadyExistsException;
import org.apache.hadoop.hive.metastore.api.Database;
import org.apache.hadoop.hive.metastore.api.DropPartitionsRequest;
import org.apache.hadoop.hive.metastore.api.EnvironmentContext;
import org.apache.hadoop.hive.metastore.api.GetTableRequest;
import org.apache.hadoop.hive.metastore.api.NoSuchObjectException;
import org.apache.hadoop.hive.metastore.api.Partition;
import org.apache.hadoop.hive.metastore.api.PrincipalType;
import org.apache.hadoop.hive.metastore.api.RequestPartsSpec;
import org.apache.hadoop.hive.metastore.api.Table;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TProtocolException;
import org.apache.thrift.transport.TTransport;
import org.apache.thrift.transport.TTransportException;
import org.clickmill.formats.metastore.BrokenConnectionException;
import org.clickmill.formats.metastore.Metastore;
import org.clickmill.formats.metastore.MetastorePartition;
import org.clickmill.formats.metastore.MetastoreTable;

/** A connection over Thrift. */
final class ThriftMetastore implements Metastore {
  private static final String ACCURATE = "COLUMN_STATS_ACCURATE";

  /** Else the metastore lists the files of every partition that it is told of. */
  private static final EnvironmentContext WITHOUT_STATISTICS =
      new EnvironmentContext(Map.of("DO_NOT_UPDATE_STATS", "true"));

  private static final EnvironmentContext PARTITIONS_TOO =
      new EnvironmentContext(Map.of("DO_NOT_UPDATE_STATS", "true", "CASCADE", "true"));

  private final ThriftHiveMetastore.Client client;
  private final TTransport transport;

  ThriftMetastore(ThriftHiveMetastore.Client client, TTransport transport) {
    this.client = client;
    this.transport = transport;
  }

  /** A call of the client. */
  @FunctionalInterface
  private interface Call<T> {
    T run() throws TException;
  }

  private static <T> T call(Call<T> call) throws IOException {
    try {
      return call.run();
    } catch (TException e) {
      throw isBroken(e)
          ? new BrokenConnectionException(reason(e), e)
          : new IOException(reason(e), e);
    }
  }

  /** Whether an answer may still come that would be taken for that of the next call. */
  private static boolean isBroken(TException failure) {
    return failure instanceof TTransportException
        || failure instanceof TProtocolException
        || failure instanceof TApplicationException answer
            && (answer.getType() == TApplicationException.BAD_SEQUENCE_ID
                || answer.getType() == TApplicationException.WRONG_METHOD_NAME
                || answer.getType() == TApplicationException.INVALID_MESSAGE_TYPE);
  }

  /** What went wrong, in the words of whoever said so. */
  static String reason(TException failure) {
    if (failure instanceof TTransportException) {
      var cause = failure.getCause();
      return cause != null && cause.getMessage() != null
          ? cause.getMessage()
          : "the connection was closed";
    }
    if (failure instanceof TApplicationException answer
        && answer.getType() == TApplicationException.UNKNOWN_METHOD) {
      return "it is no Hive metastore of 4.0 or newer: " + failure.getMessage();
    }
    var message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }

  @Override
  public String version() throws IOException {
    return call(client::getVersion);
  }

  @Override
  public void createDatabase(String database, String owner) throws IOException {
    call(
        () -> {
          try {
            client.get_database(database);
          } catch (NoSuchObjectException e) {
            var created = new Database();
            created.setName(database);
            created.setDescription("Tables of Clickmill");
            created.setParameters(new HashMap<>());
            created.setOwnerName(owner);
            created.setOwnerType(PrincipalType.USER);
            createOrKeep(created);
          }
          return null;
        });
  }

  private void createOrKeep(Database database) throws TException {
    try {
      client.create_database(database);
    } catch (AlreadyExistsException e) {
      // Another run was quicker.
    }
  }

  @Override
  public Optional<MetastoreTable> table(String database, String name) throws IOException {
    return find(database, name).map(ThriftTables::of);
  }

  private Optional<Table> find(String database, String name) throws IOException {
    return call(
        () -> {
          try {
            return Optional.of(client.get_table_req(request(database, name)).getTable());
          } catch (NoSuchObjectException e) {
            return Optional.empty();
          }
        });
  }

  private static GetTableRequest request(String database, String name) {
    return new GetTableRequest(database, name);
  }

  @Override
  public void createTable(String database, MetastoreTable table) throws IOException {
    call(
        () -> {
          try {
            client.create_table_with_environment_context(
                ThriftTables.table(database, table), WITHOUT_STATISTICS);
          } catch (AlreadyExistsException e) {
            // Another run was quicker.
          }
          return null;
        });
  }

  @Override
  public void alterTable(String database, MetastoreTable table) throws IOException {
    var altered =
        find(database, table.name())
            .orElseThrow(() -> new IOException("table " + table.name() + " was dropped"));
    ThriftTables.change(altered, table);
    altered.getParameters().remove(ACCURATE);
    call(
        () -> {
          client.alter_table_with_environment_context(
              database, table.name(), altered, PARTITIONS_TOO);
          return null;
        });
  }

  @Override
  public List<String> partitionNames(String database, String table, String after, int limit)
      throws IOException {
    short most = (short) Math.min(limit, Short.MAX_VALUE);
    if (after == null) {
      return call(() -> client.get_partition_names(database, table, most));
    }
    // There is no "from here on" for names: a filter is the only one, and answers partitions.
    var filter = PartitionFilter.after(after);
    return call(() -> client.get_partitions_by_filter(database, table, filter, most)).stream()
        .map(partition -> ThriftTables.name(after, partition))
        .toList();
  }

  @Override
  public List<MetastorePartition> partitions(
      String database, String table, Collection<String> names) throws IOException {
    if (names.isEmpty()) {
      return List.of();
    }
    var keys = new TreeSet<>(names).first();
    return find(database, table, names).stream()
        .map(partition -> ThriftTables.partition(keys, partition))
        .toList();
  }

  private List<Partition> find(String database, String table, Collection<String> names)
      throws IOException {
    return call(() -> client.get_partitions_by_names(database, table, new ArrayList<>(names)));
  }

  @Override
  public void addPartitions(
      String database, MetastoreTable table, Collection<MetastorePartition> partitions)
      throws IOException {
    if (partitions.isEmpty()) {
      return;
    }
    var parts =
        partitions.stream()
            .map(partition -> ThriftTables.partition(database, table, partition))
            .toList();
    var request = new AddPartitionsRequest(database, table.name(), parts, true);
    request.setNeedResult(false);
    request.setEnvironmentContext(WITHOUT_STATISTICS);
    call(() -> client.add_partitions_req(request));
  }

  @Override
  public void alterPartitions(
      String database, String table, Collection<MetastorePartition> partitions) throws IOException {
    if (partitions.isEmpty()) {
      return;
    }
    var byValues =
        partitions.stream()
            .collect(
                Collectors.toMap(
                    partition -> ThriftTables.values(partition.name()), Function.identity()));
    var names = partitions.stream().map(MetastorePartition::name).toList();
    var altered = find(database, table, names);
    for (var partition : altered) {
      var wanted = byValues.get(partition.getValues());
      partition.getSd().setLocation(wanted.location());
      partition.getParameters().remove(ACCURATE);
      partition.getParameters().putAll(wanted.parameters());
    }
    call(
        () -> {
          client.alter_partitions_with_environment_context(
              database, table, altered, WITHOUT_STATISTICS);
          return null;
        });
  }

  @Override
  public void dropPartitions(String database, String table, Collection<String> names)
      throws IOException {
    if (names.isEmpty()) {
      return;
    }
    var request =
        new DropPartitionsRequest(database, table, RequestPartsSpec.names(new ArrayList<>(names)));
    request.setDeleteData(false);
    request.setIfExists(true);
    request.setNeedResult(false);
    call(() -> client.drop_partitions_req(request));
  }

  @Override
  public void close() {
    transport.close();
  }
}
