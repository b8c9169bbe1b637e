package org.clickmill.drivers.cli;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Locale;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.mapping.Mapping;
import org.clickmill.jobs.load.FileEvents;
import org.clickmill.jobs.load.PublishFormat;
import org.clickmill.jobs.load.PublishJob;
import org.clickmill.jobs.load.PublishJob.Options;
import org.clickmill.testdata.generate.GeneratorOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends events to a Kafka topic. */
@Command(
    name = "publish",
    description = {
      "Sends events to a Kafka topic, to try 'load' out and to test with: those of files,"
          + " as import reads them, or made-up ones.",
      "The key is the visitor, the timestamp the event's time, and the value an object in"
          + " the Event schema, which the mapping 'clickmill' reads. A topic that is missing is"
          + " made."
    },
    footer = {
      "",
      "Examples:",
      "  clickmill publish --bootstrap-servers localhost:9092 --topic shop \\",
      "      --events 100000 --days 7",
      "  clickmill publish --client-properties my.properties --topic shop \\",
      "      --input raw --mapping rees46"
    })
final class PublishCommand extends BaseCommand {
  private static final long DEFAULT_EVENTS = 1_000_000;
  private static final int DEFAULT_DAYS = 30;
  private static final LocalDate DEFAULT_FROM = LocalDate.of(2019, 10, 1);

  @Mixin private KafkaOptions kafka;

  @Option(names = "--topic", required = true, paramLabel = "TOPIC", description = "The topic.")
  private String topic;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "Partitions of the topic, if it has to be made (default: the broker's).")
  private Integer partitions;

  @Option(
      names = "--format",
      paramLabel = "json|avro",
      description =
          "How values are written; avro is the Event schema without a header (default: json).")
  private PublishFormat format = PublishFormat.JSON;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Records per second at most (default: no limit).")
  private Long rate;

  @Option(
      names = "--input",
      paramLabel = "PATH",
      description =
          "A file of events, or a folder: all event files below it. Else they are made up.")
  private String input;

  @Option(
      names = "--mapping",
      paramLabel = "NAME|FILE",
      description = "How to read the input: a mapping that ships, or a mapping file (YAML).")
  private String mapping;

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "How many made-up events (default: " + DEFAULT_EVENTS + ").")
  private Long events;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "How many days they are spread over (default: " + DEFAULT_DAYS + ").")
  private Integer days;

  @Option(
      names = "--from",
      paramLabel = "DAY",
      description = "The first of these days, UTC (default: 2019-10-01).")
  private LocalDate from;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Another seed gives another shop (default: 1).")
  private Long seed;

  /** What was sent. */
  record Result(
      String topic,
      int partitions,
      PublishFormat format,
      long sent,
      long rejected,
      long bytes,
      double seconds) {}

  @Override
  boolean runsJobs() {
    return false;
  }

  @Override
  boolean usesWarehouse() {
    return false;
  }

  @Override
  protected void run(CommandContext context) throws IOException, InterruptedException {
    check();
    var configuration = context.configuration();
    var options = new Options(topic, partitions, format, rate == null ? 0 : rate);
    var job = new PublishJob(configuration, kafka.client(configuration), options);
    var result = input == null ? publishGenerated(context, job) : publishFiles(context, job);
    context.console().result(result, () -> text(result));
  }

  private Result publishGenerated(CommandContext context, PublishJob job)
      throws IOException, InterruptedException {
    long count = events == null ? DEFAULT_EVENTS : events;
    var options =
        new GeneratorOptions(
            seed == null ? 1 : seed,
            count,
            from == null ? DEFAULT_FROM : from,
            days == null ? DEFAULT_DAYS : days);
    try (var progress = context.console().progress("records", count)) {
      return result(job.run(new GeneratedEvents(options), progress::reached), 0);
    }
  }

  private Result publishFiles(CommandContext context, PublishJob job)
      throws IOException, InterruptedException {
    var configuration = context.configuration();
    try (var files =
            new FileEvents(configuration, new Path(input), Mapping.load(mapping, configuration));
        var progress = context.console().progress("files", files.files())) {
      var outcome = job.run(files, sent -> progress.reached(files.filesDone()));
      if (files.rejected() > 0) {
        context
            .console()
            .warn(
                files.rejected()
                    + " records are malformed and were not sent; the first: "
                    + files.firstReason());
      }
      return result(outcome, files.rejected());
    }
  }

  private void check() {
    if ((input == null) != (mapping == null)) {
      throw ClickmillException.usage(
          "Missing %s: --input and --mapping go together", input == null ? "--input" : "--mapping");
    }
    if (input != null && (events != null || days != null || from != null || seed != null)) {
      throw ClickmillException.usage(
          "Cannot make up events and read files: leave out --input, or --events, --days, --from"
              + " and --seed");
    }
    if (rate != null && rate < 1) {
      throw ClickmillException.usage("Invalid --rate: %d (expected a number from 1)", rate);
    }
    if (partitions != null && partitions < 1) {
      throw ClickmillException.usage(
          "Invalid --partitions: %d (expected a number from 1)", partitions);
    }
  }

  private Result result(PublishJob.Outcome outcome, long rejected) {
    return new Result(
        outcome.topic(),
        outcome.partitions(),
        format,
        outcome.sent(),
        rejected,
        outcome.bytes(),
        outcome.seconds());
  }

  private static String text(Result result) {
    return String.format(
        Locale.ROOT,
        "Sent %,d records (%,.1f MB) to %d partitions of topic %s in %.1f s; %,d rejected.",
        result.sent(),
        result.bytes() / 1e6,
        result.partitions(),
        result.topic(),
        result.seconds(),
        result.rejected());
  }
}
