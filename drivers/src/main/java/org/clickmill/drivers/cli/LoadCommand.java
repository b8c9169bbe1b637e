package org.clickmill.drivers.cli;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.Path;
import org.clickmill.drivers.observe.LineageDataset;
import org.clickmill.drivers.pipeline.StepReport;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.clickmill.formats.mapping.Mapping;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.load.KafkaClient;
import org.clickmill.jobs.load.LateEvents;
import org.clickmill.jobs.load.LoadOptions;
import org.clickmill.jobs.load.LoadOutcome;
import org.clickmill.jobs.load.LoadSettings;
import org.clickmill.jobs.load.Loader;
import org.clickmill.jobs.load.StartAt;
import org.clickmill.jobs.load.ValueFormat;
import org.clickmill.jobs.push.PushSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings Kafka's events into the warehouse. */
@Command(
    name = "load",
    description = {
      "Loads the records of Kafka topics, each exactly once, up to the ends of their"
          + " partitions, and seals the hours of the dataset events that are over.",
      "Malformed records go to the dataset rejects; events of hours that are"
          + " sealed are late and wait until --fold-late puts them into their hours."
    },
    footer = {
      "",
      "Examples:",
      "  clickmill load --warehouse shop --bootstrap-servers localhost:9092 \\",
      "      --topic clicks --mapping clickmill --start earliest",
      "  clickmill load --warehouse shop --bootstrap-servers localhost:9092 \\",
      "      --mapping clickmill --follow --live \\",
      "      -D clickmill.load.follow-seconds=5",
      "  clickmill load --warehouse shop --fold-late"
    })
final class LoadCommand extends BaseCommand {
  private static final Set<String> OPTIONS_OF_LOADING =
      Set.of(
          "--bootstrap-servers",
          "--client-properties",
          "--topic",
          "--mapping",
          "--avro-schema",
          "--schema-registry",
          "--start",
          "--as-of",
          "--accept-data-loss",
          "--follow",
          "--live");

  /** As often as Prometheus looks by default. */
  private static final long BETWEEN_METRICS = TimeUnit.SECONDS.toNanos(15);

  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--topic",
      split = ",",
      paramLabel = "NAME",
      description =
          "The topics that feed the warehouse, all of them (default: those of the last load).")
  private List<String> topics = new ArrayList<>();

  @Option(
      names = "--mapping",
      paramLabel = "NAME|FILE",
      description = "Name of a mapping that ships, or a mapping file (YAML).")
  private String mapping;

  @Option(
      names = "--avro-schema",
      paramLabel = "FILE",
      description = "The values are Avro of this schema (default: JSON).")
  private String avroSchema;

  @Option(
      names = "--schema-registry",
      paramLabel = "URL|FOLDER",
      description =
          "The values are Avro that names its schema by an id: in this registry, or a file"
              + " <id>.avsc of this folder.")
  private String schemaRegistry;

  @Option(
      names = "--start",
      paramLabel = "earliest|latest|TIME",
      description = "Where to begin in a topic that was never loaded; else it has no effect.")
  private String start;

  @Option(
      names = "--as-of",
      paramLabel = "TIME",
      description =
          "The processing time to assume when hours are sealed, for replays; the seconds may be"
              + " left out.")
  private String asOf;

  @Option(
      names = "--accept-data-loss",
      description = "Go on where Kafka has deleted records before they were loaded.")
  private boolean acceptDataLoss;

  @Option(
      names = "--fold-late",
      description =
          "Publish the hours again that late events have come for, with these; load nothing.")
  private boolean foldLate;

  @Option(names = "--follow", description = "Load again and again until interrupted.")
  private boolean follow;

  @Option(
      names = "--live",
      description =
          "Bring live_sales and live_summary up to date after each commit, and push those of them"
              + " that the setting clickmill.push names.")
  private boolean live;

  @Option(
      names = "--dry-run",
      description = "Print what would be loaded, or folded; change nothing.")
  private boolean dryRun;

  @Override
  String observedAs() {
    if (dryRun || follow) {
      return null;
    }
    return foldLate ? "fold-late" : name();
  }

  /** Live tables give way to tables of the same day. */
  @Override
  boolean knowsTables() {
    return live;
  }

  @Override
  protected void run(CommandContext context) throws Exception {
    if (foldLate) {
      refuse(OPTIONS_OF_LOADING, "--fold-late reads no topic and runs once");
      if (dryRun) {
        planFold(context);
      } else {
        foldLate(context);
      }
      return;
    }
    var configuration = context.configuration();
    requireNotPushed(PushSettings.topics(configuration));
    var client = kafka.client(configuration);
    var options = options(context);
    var tables = live ? new LiveTables(context, LivePush.ofSettings(configuration)) : null;
    if (dryRun) {
      plan(context, client, options);
      return;
    }
    var warehouse = Warehouse.openOrCreate(context.warehousePath(), configuration);
    if (!follow) {
      load(context, context.observed().watch(warehouse), client, options, tables);
      return;
    }
    long told = System.nanoTime() - BETWEEN_METRICS;
    while (true) {
      boolean isDue = System.nanoTime() - told >= BETWEEN_METRICS;
      told = isDue ? System.nanoTime() : told;
      followOnce(context, warehouse, client, options, tables, isDue);
      TimeUnit.SECONDS.sleep(LoadSettings.FOLLOW_SECONDS.get(configuration));
    }
  }

  /**
   * Loads once of many times, as a run of its own.
   *
   * @param isDue whether metrics are due
   */
  private void followOnce(
      CommandContext context,
      Warehouse warehouse,
      KafkaClient client,
      LoadOptions options,
      LiveTables tables,
      boolean isDue)
      throws Exception {
    var observed = observe(context.configuration(), name());
    observed.repeated(isDue);
    try {
      load(context.of(observed), observed.watch(warehouse), client, options, tables);
      observed.end(null, 0, false);
    } catch (Exception e) {
      // Both may be over at the next try.
      boolean isRetried =
          e instanceof ClickmillException expected
              && (expected.failure() == Failure.NOT_READY || expected.failure() == Failure.HELD);
      observed.end(e, FailureReport.kind(e).exitCode(), isRetried);
      if (!isRetried) {
        throw e;
      }
      context.console().warn(e.getMessage());
    }
  }

  /** What tables are pushed to would come back as events, and change the tables. */
  private void requireNotPushed(Map<String, String> pushed) {
    pushed.forEach(
        (table, topic) -> {
          if (topics.contains(topic)) {
            throw ClickmillException.usage(
                "Cannot load topic %s: table %s is pushed to it (%s)",
                topic, table, PushSettings.TOPICS);
          }
        });
  }

  private LoadOptions options(CommandContext context) {
    if (mapping == null) {
      throw ClickmillException.usage("Missing mapping: name one with --mapping NAME|FILE");
    }
    return new LoadOptions(
        topics,
        Mapping.load(mapping, context.configuration()),
        format(context),
        start == null ? null : StartAt.parse(start),
        asOf == null ? null : time(asOf),
        acceptDataLoss);
  }

  private ValueFormat format(CommandContext context) {
    if (avroSchema != null && schemaRegistry != null) {
      throw ClickmillException.usage(
          "Cannot use --avro-schema and --schema-registry together: values have one schema, or name"
              + " it by an id");
    }
    if (avroSchema != null) {
      return ValueFormat.avro(avroSchema, context.configuration());
    }
    return schemaRegistry == null
        ? ValueFormat.JSON
        : ValueFormat.registry(schemaRegistry, context.configuration());
  }

  static Instant time(String text) {
    try {
      // Oozie's times have no seconds.
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw ClickmillException.usage(
          "Invalid time: --as-of '%s' (expected one like 2019-10-01T00:00:00Z)", text, e);
    }
  }

  /**
   * Loads once, and brings the live tables up to date, also where nothing new was loaded: an update
   * before may have failed.
   *
   * @param tables the live tables; null if these are not wanted
   */
  private void load(
      CommandContext context,
      Warehouse warehouse,
      KafkaClient client,
      LoadOptions options,
      LiveTables tables)
      throws Exception {
    try {
      long begin = System.nanoTime();
      var outcome = runLoad(context, warehouse, client, options);
      tell(context, client, outcome, begin);
      context.console().result(outcome, () -> LoaderText.of(outcome));
      if (tables != null && follow) {
        tables.follow(warehouse);
      } else if (tables != null) {
        tables.update(warehouse);
      }
    } finally {
      MetastoreUpdate.run(context, warehouse);
    }
  }

  private static void tell(
      CommandContext context, KafkaClient client, LoadOutcome outcome, long begin) {
    var observed = context.observed();
    observed.kafka(client);
    observed.late(outcome.total().late());
    observed.done(step(outcome, begin));
    if (outcome.commit() == 0 || !observed.main().isTracked()) {
      return;
    }
    var topics = outcome.partitions().stream().map(LoadOutcome.Part::topic).distinct().toList();
    for (var topic : topics) {
      var dataset = LineageDataset.topic(client.bootstrapServers(), topic);
      long records = 0;
      for (var part : outcome.partitions()) {
        if (part.topic().equals(topic)) {
          dataset.offsets(part.partition(), part.start(), part.end());
          records += part.counts().records();
        }
      }
      observed.main().input(dataset.read(records));
    }
  }

  /**
   * A load as a step.
   *
   * @param begin when it began, as {@link System#nanoTime} told
   */
  static StepReport step(LoadOutcome outcome, long begin) {
    var total = outcome.total();
    return new StepReport(
        "load",
        outcome.hoursSealed(),
        outcome.hoursSealed(),
        0,
        total.records(),
        total.events(),
        total.rejected(),
        (System.nanoTime() - begin) / 1e9,
        outcome.commit() == 0 ? "loaded before" : "",
        List.of());
  }

  /** Loads once, registers nothing, and tells of what the user should look at. */
  static LoadOutcome runLoad(
      CommandContext context, Warehouse warehouse, KafkaClient client, LoadOptions options)
      throws IOException, InterruptedException {
    LoadOutcome outcome;
    try (var bar = new JobProgress(context.console())) {
      var run = Run.start(warehouse, context.configuration(), Clock.systemUTC(), bar);
      outcome = new Loader(run, client, options).load();
    }
    if (outcome.commit() > 0) {
      warehouse.purge();
    }
    outcome.warnings().forEach(context.console()::warn);
    return outcome;
  }

  private static void plan(CommandContext context, KafkaClient client, LoadOptions options)
      throws IOException, InterruptedException {
    var warehouse = Warehouse.open(context.warehousePath(), context.configuration());
    var run = Run.start(warehouse, context.configuration(), Clock.systemUTC(), Run.Progress.SILENT);
    var outcome = new Loader(run, client, options).plan();
    context.console().result(outcome, () -> LoaderText.ofPlan(outcome));
  }

  private static void planFold(CommandContext context) throws IOException {
    var warehouse = context.warehouse();
    var run = Run.start(warehouse, context.configuration(), Clock.systemUTC(), Run.Progress.SILENT);
    var plan = new LateEvents(run).plan();
    context.console().result(plan, () -> LoaderText.ofFoldPlan(plan));
  }

  private static void foldLate(CommandContext context) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    var warehouse = context.warehouse();
    context
        .observed()
        .main()
        .input(LineageDataset.of(new Path(warehouse.loaderFolder(), Datasets.LATE)));
    LateEvents.Folded folded;
    try (var bar = new JobProgress(context.console())) {
      var run = Run.start(warehouse, context.configuration(), Clock.systemUTC(), bar);
      folded = new LateEvents(run).fold();
    }
    context
        .observed()
        .done(
            new StepReport(
                "fold-late",
                folded.hours(),
                folded.hours(),
                0,
                folded.events(),
                folded.events(),
                0,
                (System.nanoTime() - begin) / 1e9,
                "",
                List.of()));
    MetastoreUpdate.run(context, warehouse);
    warehouse.purge();
    context.console().result(folded, () -> LoaderText.of(folded));
  }
}
