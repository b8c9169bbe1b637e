package org.clickmill.jobs.push;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.clickmill.formats.parquet.ParquetTableWriter;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Publisher;
import org.clickmill.formats.warehouse.StagedPartition;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.jobs.kernel.Grain;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.load.KafkaClient;

/** A warehouse with a table of products, and a look at the topics that it is pushed to. */
final class PushedShop {
  static final TableSchema SCHEMA = TableSchema.load(PushedShop.class, "pushed_products.avsc");
  static final PushTable TABLE =
      new PushTable(
          "pushed_products", SCHEMA, Grain.DAY, Optional.of(List.of("product_id")), List.of());

  final LocalWarehouse local;
  final KafkaClient client;

  PushedShop(Path folder, KafkaClient client) throws IOException {
    this.local = new LocalWarehouse(folder);
    this.client = client;
  }

  /** Publishes a day with the units of some products, in the place of what it has. */
  Manifest publish(LocalDate day, Map<String, Integer> units) throws IOException {
    var rows = new ArrayList<Row>();
    new TreeMap<>(units)
        .forEach(
            (product, count) -> {
              var row = new Row(SCHEMA);
              row.clear();
              row.setText(0, product);
              row.setLong(1, 7);
              row.setLong(2, count);
              row.setBoolean(6, false);
              rows.add(row);
            });
    return publishRows(day, rows);
  }

  Manifest publishRows(LocalDate day, List<Row> rows) throws IOException {
    Warehouse warehouse = local.warehouse();
    Configuration configuration = local.configuration();
    var run = Run.start(warehouse, configuration, Clock.systemUTC(), Run.Progress.SILENT);
    var partition = Partition.ofDay(TABLE.dataset(), day);
    var folder = warehouse.stagingOf(run.id(), partition);
    var name = "part-" + run.id() + ".parquet";
    var path = new org.apache.hadoop.fs.Path(folder, name);
    try (var writer =
        ParquetTableWriter.open(warehouse.fileSystem(), path, SCHEMA, configuration)) {
      for (var row : rows) {
        writer.write(row);
      }
      var written = writer.finish();
      new Publisher(warehouse, run.id())
          .publishAll(
              List.of(
                  new StagedPartition(
                      partition,
                      warehouse.manifest(partition).map(Manifest::revision).orElse(0),
                      List.of(written.file()),
                      written.fingerprint(),
                      List.of(),
                      "test",
                      1,
                      new TreeMap<>(),
                      new TreeMap<>(),
                      List.of())));
    }
    return warehouse.manifest(partition).orElseThrow();
  }

  PushOutcome push(String topic) throws IOException, InterruptedException {
    return push(topic, step -> {});
  }

  PushOutcome push(String topic, PushStep.Listener steps) throws IOException, InterruptedException {
    return of(new Push.Options(topic, null, false), steps).run(null, null);
  }

  Push of(Push.Options options, PushStep.Listener steps) throws IOException {
    return new Push(local.run(), client, TABLE, options, steps);
  }

  /** Every committed record of a topic, as it was sent. */
  List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    var settings = new HashMap<String, Object>(client.properties());
    settings.put("isolation.level", "read_committed");
    settings.put("auto.offset.reset", "none");
    var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
        consumer.poll(java.time.Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }
}
