package org.clickmill.jobs.push;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import org.apache.kafka.common.KafkaException;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Damage;
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
  private static final int ATTEMPTS = 3;

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
    return plan(manifests(null, null).values(), cache.read());
  }

  /**
   * Pushes what has changed in the partitions of some days.
   *
   * @param from the first day, or null; of a table by week or month, any day of its partition
   * @param to the last day, or null; as the first
   * @throws ClickmillException if Kafka cannot be reached or refuses something, or another push of
   *     the table to the topic begins; partitions that were pushed before are in the topic
   */
  public PushOutcome run(LocalDate from, LocalDate to) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    var manifests = manifests(from, to);
    new TopicMaker(client, run.configuration()).ensure(options.topic(), null, TOPIC_SETTINGS);
    var values = values();
    try (var producer = new PushProducer(client, options.topic(), table.dataset());
        var sent = sentRecords()) {
      // After older pushes are fenced, nothing but this one changes what the topic holds.
      var versions = store.find(years(manifests.values()), sent);
      steps.at(PushStep.STARTED);
      var outcome = pushAll(manifests, versions, producer, sent, values, begin);
      return remember(versions).map(outcome::withWarning).orElse(outcome);
    } catch (KafkaException e) {
      throw failure(e);
    }
  }

  private PushOutcome pushAll(
      SortedMap<Partition, Manifest> manifests,
      PushedVersions versions,
      PushProducer producer,
      SentRecords sent,
      RowValues values,
      long begin)
      throws IOException, InterruptedException {
    var stale =
        manifests.values().stream()
            .filter(
                manifest ->
                    options.whole() || versions.of(manifest.where().day()) != manifest.version())
            .toList();
    var push =
        new PartitionPush(
            warehouse, producer, held(stale, versions, sent), new RowJson(table), values, steps);
    // Kafka forgets the offsets of a group after a week, so each run renews those it has read: in
    // the first transaction, or in one of their own where nothing is stale.
    var years = years(manifests.values());
    if (stale.isEmpty() && !years.isEmpty()) {
      producer.transact(() -> writeVersions(years, versions, producer));
    }
    long rows = 0;
    long tombstones = 0;
    long unchanged = 0;
    long bytes = 0;
    int done = 0;
    for (var manifest : stale) {
      run.progress().report("push " + table.dataset(), (double) done / stale.size());
      years.add(manifest.where().day().getYear());
      pushOne(manifest.where(), years, versions, producer, sent, push);
      rows += push.rows();
      tombstones += push.tombstones();
      unchanged += push.unchanged();
      bytes += push.bytes();
      done++;
    }
    run.progress().report("push " + table.dataset(), 1);
    return new PushOutcome(
        table.dataset(),
        options.topic(),
        done,
        manifests.size() - done,
        rows,
        tombstones,
        unchanged,
        bytes,
        (System.nanoTime() - begin) / 1e9,
        List.of());
  }

  /** Keeps what the topic holds; what was pushed is committed, so a failure is only a warning. */
  private Optional<String> remember(PushedVersions versions) {
    try {
      cache.add(versions);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "Cannot write %s, which says how far topic %s is behind when Kafka cannot be reached;"
                  + " what was pushed is in the topic: %s",
              cache.file(),
              options.topic(),
              Damage.describe(e)));
    }
  }

  /** What the topic holds of the partitions that it may hold something of. */
  private SentPartitions held(List<Manifest> stale, PushedVersions versions, SentRecords sent) {
    var known =
        stale.stream()
            .filter(manifest -> options.whole() || versions.of(manifest.where().day()) > 0)
            .map(Manifest::partition)
            .toList();
    int keys = PushSettings.KEYS_IN_MEMORY.get(run.configuration());
    return new SentPartitions(sent::read, known, keys);
  }

  /** Pushes a partition in a transaction, again if another run publishes it meanwhile. */
  private void pushOne(
      Partition partition,
      TreeSet<Integer> years,
      PushedVersions versions,
      PushProducer producer,
      SentRecords sent,
      PartitionPush push)
      throws IOException, InterruptedException {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      var manifest = warehouse.manifest(partition);
      if (manifest.isEmpty()) {
        break;
      }
      int pushed = versions.of(partition.day());
      // Before the transaction begins, whose own records are not read back.
      sent.moveEnds();
      boolean isPushed =
          producer.transact(
              () -> {
                if (!isSent(push, manifest.get(), pushed > 0 || options.whole())) {
                  return false;
                }
                versions.put(partition.day(), manifest.get().version());
                return writeVersions(years, versions, producer);
              });
      if (isPushed) {
        steps.at(PushStep.COMMITTED);
        years.clear();
        return;
      }
      versions.put(partition.day(), pushed);
    }
    throw ClickmillException.held(
        "Cannot push %s: others keep publishing it; try again", warehouse.pathOf(partition));
  }

  /** Sends the rows of a version; false if another is published now. */
  private boolean isSent(PartitionPush push, Manifest manifest, boolean isKnown)
      throws IOException, InterruptedException {
    try {
      push.send(manifest, isKnown, options.whole());
    } catch (IOException | ClickmillException e) {
      // Its files may have been replaced while they were read.
      if (version(manifest.where()) == manifest.version()) {
        throw e;
      }
      return false;
    }
    return version(manifest.where()) == manifest.version();
  }

  private int version(Partition partition) throws IOException {
    return warehouse.manifest(partition).map(Manifest::version).orElse(0);
  }

  private boolean writeVersions(
      Collection<Integer> years, PushedVersions versions, PushProducer producer) {
    for (int year : years) {
      store.write(year, versions, producer.transaction());
    }
    steps.at(PushStep.VERSION_SENT);
    return true;
  }

  private static TreeSet<Integer> years(Collection<Manifest> manifests) {
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
    return warehouse.manifests(
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
