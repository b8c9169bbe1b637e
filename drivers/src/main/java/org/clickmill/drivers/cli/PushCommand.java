package org.clickmill.drivers.cli;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.pipeline.DayRange;
import org.clickmill.drivers.pipeline.StepReport;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.push.PushOutcome;
import org.clickmill.jobs.push.PushPlan;
import org.clickmill.jobs.push.PushSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings tables to Kafka. */
@Command(
    name = "push",
    description = {
      "Pushes the partitions of a table to a Kafka topic: all rows of those that it does not hold,"
          + " of others the rows that have changed since, and a tombstone for each key that is gone.",
      "Each version of a row is in the topic once for consumers that read committed records,"
          + " whatever is killed when. Without a table, pushes all of clickmill.push. A topic that"
          + " is missing is made, with compaction."
    },
    footer = {
      "",
      "Examples:",
      "  clickmill push sales --warehouse shop --topic shop-sales \\",
      "      --bootstrap-servers localhost:9092",
      "  clickmill push --warehouse shop --bootstrap-servers localhost:9092 --last 7d \\",
      "      -D clickmill.push=sales=shop-sales,top_products=shop-top"
    })
final class PushCommand extends BaseCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "TABLE",
      description = "The table (default: those of clickmill.push).")
  private String table;

  @Mixin private KafkaOptions kafka;
  @Mixin private DayOptions days;

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      description = "The topic (default: that of clickmill.push for the table).")
  private String topic;

  @Option(
      names = "--schema-registry",
      paramLabel = "URL",
      description =
          "Push values as Avro, and register their schema in this registry (default: JSON).")
  private String schemaRegistry;

  @Option(
      names = "--whole",
      description =
          "Push all rows of the partitions, also those that the topic holds: after the warehouse was"
              + " made anew, or the format of the values has changed.")
  private boolean whole;

  @Option(
      names = "--dry-run",
      description = "Print which partitions would be pushed; change nothing.")
  private boolean dryRun;

  /** What was pushed. */
  record Result(List<PushOutcome> pushes) {}

  /** What would be pushed. */
  record Plan(List<PushPlan> pushes) {}

  @Override
  boolean runsJobs() {
    return false;
  }

  @Override
  String observedAs() {
    return dryRun ? null : name();
  }

  @Override
  protected void run(CommandContext context) throws IOException, InterruptedException {
    var configuration = context.configuration();
    kafka.setPush(configuration);
    if (schemaRegistry != null) {
      PushSettings.SCHEMA_REGISTRY.set(configuration, schemaRegistry);
    }
    var range = days.range();
    var pushes = pushes(configuration);
    var warehouse = context.warehouse();
    try (var bar = new JobProgress(context.console())) {
      var run = Run.start(warehouse, configuration, Clock.systemUTC(), bar);
      if (dryRun) {
        var plans = new ArrayList<PushPlan>();
        for (var push : pushes) {
          plans.add(push.push(run, whole).plan(range.from(), range.to()));
        }
        context.console().result(new Plan(plans), () -> planText(plans, range));
        return;
      }
      var outcomes = new ArrayList<PushOutcome>();
      for (var push : pushes) {
        var job = push.push(run, whole);
        var outcome = push.tell(context.observed(), () -> job.run(range.from(), range.to()));
        context.observed().done(step(outcome));
        outcomes.add(outcome);
      }
      bar.close();
      context.console().result(new Result(outcomes), () -> text(outcomes, range));
      outcomes.stream()
          .flatMap(outcome -> outcome.warnings().stream())
          .forEach(context.console()::warn);
    }
  }

  private static StepReport step(PushOutcome outcome) {
    return new StepReport(
        "push",
        outcome.pushed(),
        outcome.pushed(),
        outcome.fresh(),
        outcome.rows() + outcome.unchanged(),
        outcome.rows() + outcome.tombstones(),
        0,
        outcome.seconds(),
        outcome.table() + " to topic " + outcome.topic(),
        outcome.warnings());
  }

  private List<TablePush> pushes(Configuration configuration) {
    var topics = PushSettings.topics(configuration);
    if (table == null) {
      if (topic != null) {
        throw ClickmillException.usage("Missing table: --topic goes with one");
      }
      if (topics.isEmpty()) {
        throw ClickmillException.usage(
            "Missing table: name one, with --topic, or set %s", PushSettings.TOPICS);
      }
      return TablePush.ofSettings(configuration);
    }
    var target = topic == null ? topics.get(table) : topic;
    if (target == null) {
      throw ClickmillException.usage(
          "Missing topic of table %s: name it with --topic, or in the setting %s",
          table, PushSettings.TOPICS);
    }
    return List.of(TablePush.of(table, target, configuration));
  }

  private static String noPartition(DayRange range) {
    return range.equals(DayRange.ALL) ? "it has no partition" : "it has no partition in these days";
  }

  private static String text(List<PushOutcome> outcomes, DayRange range) {
    var lines = new ArrayList<String>();
    for (var outcome : outcomes) {
      if (outcome.pushed() + outcome.fresh() == 0) {
        lines.add("Nothing to push of " + outcome.table() + ": " + noPartition(range) + ".");
        continue;
      }
      lines.add(
          outcome.pushed() == 0
              ? String.format(
                  Locale.ROOT,
                  "Nothing to push of %s: topic %s holds all %,d partitions.",
                  outcome.table(),
                  outcome.topic(),
                  outcome.fresh())
              : String.format(
                  Locale.ROOT,
                  "Pushed %,d partitions of %s to topic %s in %.1f s: %,d rows and %,d tombstones"
                      + " (%.1f MB); %,d rows and %,d partitions were there.",
                  outcome.pushed(),
                  outcome.table(),
                  outcome.topic(),
                  outcome.seconds(),
                  outcome.rows(),
                  outcome.tombstones(),
                  outcome.bytes() / 1e6,
                  outcome.unchanged(),
                  outcome.fresh()));
    }
    return String.join(System.lineSeparator(), lines);
  }

  private String planText(List<PushPlan> plans, DayRange range) {
    var lines = new ArrayList<String>();
    for (var plan : plans) {
      if (plan.partitions().isEmpty()) {
        lines.add(plan.table() + ": " + noPartition(range) + ". Nothing was run.");
        continue;
      }
      var parts = whole ? plan.partitions() : plan.stale();
      for (var part : parts) {
        lines.add(
            String.format(
                Locale.ROOT,
                "%s/%s: version %d to push, topic %s holds %s",
                plan.table(),
                part.partition(),
                part.version(),
                plan.topic(),
                part.pushed() == 0 ? "none" : "version " + part.pushed()));
      }
      lines.add(
          String.format(
              Locale.ROOT,
              "%s: %,d of %,d partitions to push to topic %s, which is %,d versions behind. Nothing"
                  + " was run.",
              plan.table(),
              parts.size(),
              plan.partitions().size(),
              plan.topic(),
              plan.behind()));
    }
    return String.join(System.lineSeparator(), lines);
  }
}
