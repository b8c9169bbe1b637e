package org.clickmill.drivers.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.clickmill.drivers.pipeline.StepReport;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.mapping.Mapping;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.load.KafkaClient;
import org.clickmill.jobs.load.LoadOptions;
import org.clickmill.jobs.load.LoadSettings;
import org.clickmill.jobs.load.PublishFormat;
import org.clickmill.jobs.load.PublishJob;
import org.clickmill.jobs.load.StartAt;
import org.clickmill.jobs.load.ValueFormat;
import org.clickmill.testdata.generate.GeneratorOptions;
import org.clickmill.testdata.kafka.KafkaBroker;

/** The part of the demo that goes through Kafka: a broker of its own, a topic, a load. */
final class KafkaDemo {
  /** Set by the launcher: where the build has put Kafka's jars. */
  private static final String JARS_VARIABLE = "CLICKMILL_KAFKA_JARS";

  private static final String TOPIC = "shop";
  private static final int PARTITIONS = 4;

  private final CommandContext context;
  private final GeneratorOptions options;
  private final Path folder;

  /**
   * @param folder for the broker's data
   */
  KafkaDemo(CommandContext context, GeneratorOptions options, Path folder) {
    this.context = context;
    this.options = options;
    this.folder = folder;
  }

  /** Publishes the events, loads them and seals their hours; what was published before stays. */
  List<StepReport> run() throws IOException, InterruptedException {
    // Written when all is published. What is there without it is a part, and nothing was loaded.
    var isPublished = folder.resolve("published");
    if (!Files.exists(isPublished)) {
      delete(folder);
    }
    try (var broker = KafkaBroker.start(jars(), folder)) {
      var client = new KafkaClient(Map.of("bootstrap.servers", broker.bootstrapServers()));
      var publish = Files.exists(isPublished) ? publishedBefore() : publish(client);
      if (!Files.exists(isPublished)) {
        Files.createFile(isPublished);
      }
      var load = load(client);
      broker.stop();
      return List.of(publish, load);
    }
  }

  private StepReport publish(KafkaClient client) throws IOException, InterruptedException {
    var job =
        new PublishJob(
            context.configuration(),
            client,
            new PublishJob.Options(TOPIC, PARTITIONS, PublishFormat.JSON, 0));
    PublishJob.Outcome outcome;
    try (var progress = context.console().progress("records", options.events())) {
      outcome = job.run(new GeneratedEvents(options), progress::reached);
    }
    return new StepReport(
        "publish",
        0,
        0,
        0,
        0,
        outcome.sent(),
        0,
        outcome.seconds(),
        "to topic " + TOPIC,
        List.of());
  }

  private static StepReport publishedBefore() {
    return new StepReport("publish", 0, 0, 0, 0, 0, 0, 0, "published before", List.of());
  }

  private StepReport load(KafkaClient client) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    var configuration = context.configuration();
    // The events are of another year: they are loaded as they would have been when it was over.
    int oldest = LoadSettings.MAX_AGE_DAYS.get(configuration);
    configuration.setInt(LoadSettings.MAX_AGE_DAYS.name(), Math.max(oldest, options.days() + 1));
    var warehouse = Warehouse.openOrCreate(context.warehousePath(), configuration);
    var load =
        new LoadOptions(
            List.of(TOPIC),
            Mapping.named("clickmill"),
            ValueFormat.JSON,
            StartAt.parse("earliest"),
            sealTime(),
            false);
    var outcome = LoadCommand.runLoad(context, warehouse, client, load);
    return LoadCommand.step(outcome, begin);
  }

  /** When the last hour of the last day can be sealed. */
  private Instant sealTime() {
    int lateness = LoadSettings.ALLOWED_LATENESS.get(context.configuration());
    return options
        .from()
        .plusDays(options.days())
        .atStartOfDay(ZoneOffset.UTC)
        .toInstant()
        .plus(Duration.ofMinutes(lateness));
  }

  private static Path jars() {
    var jars = System.getenv(JARS_VARIABLE);
    if (jars == null) {
      throw ClickmillException.usage(
          "Missing Kafka's jars: run ./clickmill demo --kafka in a source tree, which builds them, or"
              + " name the folder of a Kafka's jars (its libs) in %s",
          JARS_VARIABLE);
    }
    return Path.of(jars);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
