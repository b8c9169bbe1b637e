package org.clickmill.jobs.push;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import org.apache.kafka.common.KafkaException;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.mapping.SchemaRegistration;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.load.KafkaClient;
import org.clickmill.jobs.load.KafkaFailure;
import org.clickmill.jobs.load.Loader;
import org.clickmill.jobs.load.TopicMaker;

/**
 * Publishes partitions of a table to a topic: those whose version the topic does not hold, and of
 * them the rows that it does not hold, with tombstones for the keys that are gone.
 */
public final class Push {
  /** A record takes the place of the one before with its key. */
  private static final Map<String, String> TOPIC_SETTINGS = Map.of("cleanup.policy", "compact");

  private final Run run;
  private final Warehouse warehouse;
  private final KafkaClient client;
  private final PushTable table;
  private final Options options;
  private final VersionStore store;
  private final PushedCache cache;
  private final PushStep.Listener steps;

  /**
   * How to push.
   *
   * @param topic where to; made, with compaction, if it is missing
   * @param schemaRegistry where the schema of Avro values is registered; null for JSON
   * @param whole whether all rows of the partitions are sent, also those that the topic holds
   */
  public record Options(String topic, String schemaRegistry, boolean whole) {}

  /**
   * @throws ClickmillException of kind usage if the table may not be pushed, or not to the topic
   */
  public Push(Run run, KafkaClient client, PushTable table, Options options) throws IOException {
    this(run, client, table, options, step -> {});
  }

  Push(Run run, KafkaClient client, PushTable table, Options options, PushStep.Listener steps)
      throws IOException {
    this.run = run;
    this.warehouse = run.warehouse();
    this.client = client;
    this.table = table;
    this.options = options;
    this.store = new VersionStore(client, options.topic(), table.dataset(), run.configuration());
    this.cache = new PushedCache(warehouse, options.topic(), table.dataset());
    this.steps = steps;
    table.requirePublishable(run.configuration());
    if (Loader.topics(warehouse).contains(options.topic())) {
      throw ClickmillException.usage(
          "Cannot push to topic %s: the loader of this warehouse reads it, and would load what is"
              + " pushed; choose another topic",
          options.topic());
    }
  }

  /**
   * How the topic stands to the partitions of some days; changes nothing.
   *
   * @param from the first day, or null; of a table by week or month, any day of its partition
   * @param to the last day, or null; as the first
   */
  public PushPlan plan(LocalDate from, LocalDate to) throws IOException, InterruptedException {
    var manifests = manifests(from, to);
    try {
      if (!new TopicMaker(client, run.configuration()).exists(options.topic())) {
        return plan(manifests.values(), new PushedVersions());
      }
      try (var sent = sentRecords()) {
        return plan(manifests.values(), store.find(years(manifests.values()), sent));
      }
    } catch (KafkaException e) {
      throw failure(e);
    }
  }

  /** As {@link #plan}, as far as it is known without Kafka. */
  public PushPlan lastKnownPlan() throws IOException {
    return plan(manifests(null, null).values(), cache.versions());
  }

  /** As {@link #run(LocalDate, LocalDate, ChangedRows)}, of a table that says no more. */
  public PushOutcome run(LocalDate from, LocalDate to) throws IOException, InterruptedException {
    return run(from, to, ChangedRows.UNKNOWN);
  }

  /**
   * Pushes what has changed in the partitions of some days.
   *
   * @param from the first day, or null; of a table by week or month, any day of its partition
   * @param to the last day, or null; as the first
   * @param changed what is known of the changes
   * @throws ClickmillException if Kafka cannot be reached or refuses something, or another push of
   *     the table to the topic begins; partitions that were pushed before are in the topic
   */
  public PushOutcome run(LocalDate from, LocalDate to, ChangedRows changed)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    var manifests = manifests(from, to);
    new TopicMaker(client, run.configuration()).ensure(options.topic(), null, TOPIC_SETTINGS);
    var values = values();
    try (var producer = new PushProducer(client, options.topic(), table.dataset());
        var sent = sentRecords()) {
      // After older pushes are fenced, nothing but this one changes what the topic holds.
      var versions = store.find(years(manifests.values()), sent);
      steps.at(PushStep.STARTED);
      return new PushRun(run, table, options, store, cache, producer, sent, values, changed, steps)
          .push(manifests, versions, begin);
    } catch (KafkaException e) {
      throw failure(e);
    }
  }

  static TreeSet<Integer> years(Collection<Manifest> manifests) {
    var years = new TreeSet<Integer>();
    manifests.forEach(manifest -> years.add(manifest.where().day().getYear()));
    return years;
  }

  private PushPlan plan(Collection<Manifest> manifests, PushedVersions versions) {
    return new PushPlan(
        table.dataset(),
        options.topic(),
        manifests.stream()
            .map(
                manifest ->
                    new PushPlan.Part(
                        manifest.partition(),
                        versions.of(manifest.where().day()),
                        manifest.version()))
            .toList());
  }

  private RowValues values() {
    if (options.schemaRegistry() == null) {
      return new RowValues.Json();
    }
    var schema = RowAvro.schema(table);
    var registration = new SchemaRegistration(options.schemaRegistry(), client.properties());
    // By the record's name too, as tables may share the topic.
    var subject = options.topic() + "-" + schema.getFullName();
    return new RowAvro(table, schema, registration.register(subject, schema));
  }

  private SortedMap<Partition, Manifest> manifests(LocalDate from, LocalDate to)
      throws IOException {
    var grain = table.grain();
    return warehouse.readable(
        table.dataset(),
        from == null ? null : grain.start(from),
        to == null ? null : grain.start(to));
  }

  private SentRecords sentRecords() {
    return SentRecords.open(client, options.topic(), table.dataset(), run.configuration());
  }

  private ClickmillException failure(KafkaException failure) {
    return KafkaFailure.of(
        client, "Cannot push " + table.dataset() + " to topic " + options.topic(), failure);
  }
}
