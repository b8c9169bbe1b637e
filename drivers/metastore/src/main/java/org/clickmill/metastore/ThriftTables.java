package org.clickmill.metastore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.hive.metastore.api.FieldSchema;
import org.apache.hadoop.hive.metastore.api.Partition;
import org.apache.hadoop.hive.metastore.api.SerDeInfo;
import org.apache.hadoop.hive.metastore.api.StorageDescriptor;
import org.apache.hadoop.hive.metastore.api.Table;
import org.clickmill.formats.metastore.MetastoreColumn;
import org.clickmill.formats.metastore.MetastorePartition;
import org.clickmill.formats.metastore.MetastoreTable;
import org.clickmill.formats.metastore.MetastoreTable.Format;

/** The metastore's own records of tables and partitions, and those of the suite. */
final class ThriftTables {
  private static final String EXTERNAL_TABLE = "EXTERNAL_TABLE";

  private ThriftTables() {}

  /** The classes of Hive that read and write a format. */
  private record Classes(String serde, String input, String output) {
    static final Classes PARQUET =
        new Classes(
            "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
            "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
            "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat");
    static final Classes AVRO =
        new Classes(
            "org.apache.hadoop.hive.serde2.avro.AvroSerDe",
            "org.apache.hadoop.hive.ql.io.avro.AvroContainerInputFormat",
            "org.apache.hadoop.hive.ql.io.avro.AvroContainerOutputFormat");

    static Classes of(Format format) {
      return switch (format) {
        case PARQUET -> PARQUET;
        case AVRO -> AVRO;
        case OTHER -> throw new IllegalArgumentException("No classes for " + format);
      };
    }

    static Format format(StorageDescriptor storage) {
      var serde =
          storage.getSerdeInfo() == null ? null : storage.getSerdeInfo().getSerializationLib();
      if (PARQUET.serde().equals(serde)) {
        return Format.PARQUET;
      }
      return AVRO.serde().equals(serde) ? Format.AVRO : Format.OTHER;
    }
  }

  static MetastoreTable of(Table table) {
    var storage = table.getSd();
    return new MetastoreTable(
        table.getTableName(),
        table.getOwner(),
        EXTERNAL_TABLE.equals(table.getTableType()),
        storage.getLocation() == null ? "" : storage.getLocation(),
        Classes.format(storage),
        columns(storage.getCols()),
        columns(table.getPartitionKeys()),
        table.getParameters() == null ? Map.of() : table.getParameters());
  }

  private static List<MetastoreColumn> columns(List<FieldSchema> fields) {
    return fields == null
        ? List.of()
        : fields.stream()
            .map(field -> new MetastoreColumn(field.getName(), field.getType(), field.getComment()))
            .toList();
  }

  private static List<FieldSchema> fields(List<MetastoreColumn> columns) {
    var fields = new ArrayList<FieldSchema>();
    columns.forEach(
        column -> fields.add(new FieldSchema(column.name(), column.type(), column.comment())));
    return fields;
  }

  static Table table(String database, MetastoreTable table) {
    var created = new Table();
    created.setDbName(database);
    created.setTableName(table.name());
    created.setOwner(table.owner());
    created.setTableType(EXTERNAL_TABLE);
    created.setCreateTime((int) (System.currentTimeMillis() / 1000));
    created.setSd(storage(table, table.location()));
    created.setPartitionKeys(fields(table.keys()));
    var parameters = new HashMap<>(table.parameters());
    parameters.put("EXTERNAL", "TRUE");
    created.setParameters(parameters);
    return created;
  }

  /** Gives a table the columns, keys' comments, owner and properties of another. */
  static void change(Table table, MetastoreTable wanted) {
    table.getSd().setCols(fields(wanted.columns()));
    table.setPartitionKeys(fields(wanted.keys()));
    table.setOwner(wanted.owner());
    if (table.getParameters() == null) {
      table.setParameters(new HashMap<>());
    }
    table.getParameters().putAll(wanted.parameters());
  }

  private static StorageDescriptor storage(MetastoreTable table, String location) {
    var classes = Classes.of(table.format());
    var serde = new SerDeInfo();
    serde.setSerializationLib(classes.serde());
    serde.setParameters(new HashMap<>(Map.of("serialization.format", "1")));
    var storage = new StorageDescriptor();
    storage.setCols(fields(table.columns()));
    storage.setLocation(location);
    storage.setInputFormat(classes.input());
    storage.setOutputFormat(classes.output());
    storage.setNumBuckets(-1);
    storage.setSerdeInfo(serde);
    storage.setBucketCols(new ArrayList<>());
    storage.setSortCols(new ArrayList<>());
    storage.setParameters(new HashMap<>());
    return storage;
  }

  static Partition partition(String database, MetastoreTable table, MetastorePartition partition) {
    var created = new Partition();
    created.setDbName(database);
    created.setTableName(table.name());
    created.setValues(new ArrayList<>(values(partition.name())));
    created.setCreateTime((int) (System.currentTimeMillis() / 1000));
    created.setSd(storage(table, partition.location()));
    created.setParameters(new HashMap<>(partition.parameters()));
    return created;
  }

  /**
   * A partition as the suite knows it.
   *
   * @param pattern the name of any partition of the table, for the names of the keys
   */
  static MetastorePartition partition(String pattern, Partition partition) {
    var parameters = partition.getParameters();
    return new MetastorePartition(
        name(pattern, partition),
        partition.getSd().getLocation(),
        parameters == null ? Map.of() : parameters);
  }

  /**
   * The name of a partition.
   *
   * @param pattern the name of any partition of the table, for the names of the keys
   */
  static String name(String pattern, Partition partition) {
    var keys = keys(pattern);
    var name = new StringBuilder();
    for (int i = 0; i < keys.size(); i++) {
      name.append(i == 0 ? "" : "/").append(keys.get(i));
      name.append('=').append(partition.getValues().get(i));
    }
    return name.toString();
  }

  /** The names of the keys in a partition's name. */
  static List<String> keys(String name) {
    return Arrays.stream(name.split("/", -1))
        .map(part -> part.substring(0, part.indexOf('=')))
        .toList();
  }

  /** The values in a partition's name. */
  static List<String> values(String name) {
    return Arrays.stream(name.split("/", -1))
        .map(part -> part.substring(part.indexOf('=') + 1))
        .toList();
  }
}
