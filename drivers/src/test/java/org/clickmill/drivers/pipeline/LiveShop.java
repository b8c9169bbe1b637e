package org.clickmill.drivers.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.mapping.Mapping;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.DuckDb;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.jobs.RandomVisits;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.live.LiveOutcome;
import org.clickmill.jobs.live.LiveUpdate;
import org.clickmill.jobs.load.FileEvents;
import org.clickmill.jobs.load.KafkaClient;
import org.clickmill.jobs.load.LoadOptions;
import org.clickmill.jobs.load.Loader;
import org.clickmill.jobs.load.PublishFormat;
import org.clickmill.jobs.load.PublishJob;
import org.clickmill.jobs.load.StartAt;
import org.clickmill.jobs.load.ValueFormat;

/** A warehouse that is loaded from a topic, its live tables, and the count that they must equal. */
final class LiveShop {
  private static final Mapping MAPPING = Mapping.named("clickmill");
  private static final String PRODUCT = "coalesce(product_id, '(none)')";

  final LocalWarehouse local;
  private final Path folder;
  private final KafkaClient client;
  private final String topic;
  private final List<String> arrived = new ArrayList<>();
  private int parts;

  LiveShop(Path folder, KafkaClient client, String topic) throws IOException {
    this.local = new LocalWarehouse(folder);
    this.folder = folder;
    this.client = client;
    this.topic = topic;
  }

  /** All events that were published, as lines. */
  List<String> arrived() {
    return Collections.unmodifiableList(arrived);
  }

  void publish(List<String> events) throws Exception {
    arrived.addAll(events);
    var input = folder.resolve("events-" + ++parts);
    RandomVisits.write(input, "events", events);
    var configuration = LocalWarehouse.configuration(folder);
    var options = new PublishJob.Options(topic, 2, PublishFormat.JSON, 0);
    try (var files =
        new FileEvents(configuration, new org.apache.hadoop.fs.Path(input.toString()), MAPPING)) {
      new PublishJob(configuration, client, options).run(files, sent -> {});
    }
  }

  void load(Instant asOf) throws IOException, InterruptedException {
    var options =
        new LoadOptions(
            List.of(topic), MAPPING, ValueFormat.JSON, StartAt.parse("earliest"), asOf, false);
    new Loader(local.run(), client, options).load();
  }

  LiveOutcome update() throws IOException, InterruptedException {
    var run = local.run();
    return new LiveUpdate(run, new FreshDays(run)).update();
  }

  /** An update on file systems of its own. */
  LiveOutcome update(Configuration configuration) throws IOException, InterruptedException {
    var warehouse = Warehouse.open(local.warehouse().root(), configuration);
    var run = Run.start(warehouse, configuration, Clock.systemUTC(), Run.Progress.SILENT);
    return new LiveUpdate(run, new FreshDays(run)).update();
  }

  /** Compares the live tables with a count of all events that were published. */
  void compare(String description) throws IOException, SQLException {
    try (var duck = new DuckDb()) {
      RandomVisits.write(folder.resolve("arrived-" + ++parts), "events", arrived);
      duck.readEvents(folder.resolve("arrived-" + parts));
      duck.dropRepeatedEventIds();
      duck.defineRounding();
      var start = "event_time // 300000 * 300000";
      duck.assertSame(
          description,
          "dt, bucket_start, product_id, order_lines, units, orders, revenue",
          live("live_sales"),
          "SELECT * RENAME (value AS product_id, units_sold AS units) FROM ("
              + DuckDb.sales(start, "dt", PRODUCT)
              + ")");
      duck.assertSame(
          description,
          "dt, bucket_start, events, views, visitors, carts, orders, revenue",
          live("live_summary"),
          "SELECT * REPLACE (coalesce(orders, 0) AS orders, coalesce(revenue, 0) AS revenue) FROM"
              + " (SELECT dt, "
              + start
              + " AS bucket_start, count(*) AS events, count(*) FILTER (event_type = 'view') AS"
              + " views, count(DISTINCT visitor) AS visitors, count(*) FILTER (event_type ="
              + " 'cart') AS carts FROM events GROUP BY ALL) LEFT JOIN (SELECT dt, bucket_start,"
              + " orders, revenue FROM ("
              + DuckDb.sales(start, "dt", "''")
              + ")) USING (dt, bucket_start)");
    }
  }

  /** A table, for DuckDB. */
  String table(String dataset) {
    return "read_parquet('%s', hive_partitioning = true, hive_types_autocast = false)"
        .formatted(local.glob(dataset));
  }

  private String live(String table) {
    return "SELECT * REPLACE (epoch_ms(bucket_start::TIMESTAMP) AS bucket_start, "
        + DuckDb.scaled("revenue")
        + " AS revenue) FROM "
        + table(table);
  }
}
