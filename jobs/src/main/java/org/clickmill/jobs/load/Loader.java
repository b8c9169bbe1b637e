package org.clickmill.jobs.load;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.security.UserGroupInformation;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.privacy.DoorKeys;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.SuiteVersion;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.ingest.JobDoor;
import org.clickmill.jobs.kernel.Hours;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.load.Commit.PartitionProgress;
import org.clickmill.jobs.load.LoadJob.Loaded;

/** Brings the records of Kafka's topics into the warehouse, each exactly once. */
public final class Loader {
  private final Run run;
  private final KafkaClient client;
  private final LoadOptions options;
  private final CommitLog log;
  private final RollForward rollForward;

  public Loader(Run run, KafkaClient client, LoadOptions options) {
    this.run = run.step("load");
    this.client = client;
    this.options = options.with(options.mapping().withCurrency(run.configuration()));
    this.log = new CommitLog(run.warehouse());
    this.rollForward = new RollForward(run, log);
  }

  /**
   * The start of the first hour that is the loader's to seal; empty while there is none.
   *
   * @throws ClickmillException if the loader's commits are damaged
   */
  public static Optional<Instant> watermark(Warehouse warehouse) throws IOException {
    return new CommitLog(warehouse).last().map(Commit::sealedThrough).map(Loader::startOf);
  }

  /**
   * The topics that feed a warehouse, as the newest commit says.
   *
   * @throws ClickmillException if the loader's commits are damaged
   */
  public static List<String> topics(Warehouse warehouse) throws IOException {
    return new CommitLog(warehouse)
        .last().stream()
            .flatMap(commit -> commit.topics().stream())
            .map(Commit.Topic::name)
            .toList();
  }

  /** What a load would read, in a warehouse that stays as it is. */
  public LoadOutcome plan() throws IOException, InterruptedException {
    var last = log.last().orElse(null);
    var plan = plan(last);
    var parts =
        plan.ranges().stream()
            .map(
                range ->
                    new LoadOutcome.Part(
                        range.topic(), range.partition(), range.start(), range.end(), null))
            .toList();
    return new LoadOutcome(
        0,
        parts,
        RangeCounts.NONE,
        0,
        last == null || last.sealedThrough() == null ? null : startOf(last.sealedThrough()),
        plan.lost().stream().map(Object::toString).toList(),
        List.of());
  }

  /**
   * Loads once to the ends of the partitions.
   *
   * @throws ClickmillException of kind quality if too many records were rejected, after the commit
   */
  public LoadOutcome load() throws IOException, InterruptedException {
    var last = log.last().orElse(null);
    if (last != null) {
      rollForward.complete(last);
    }
    var plan = plan(last);
    if (!options.acceptDataLoss()) {
      plan.requireNothingLost();
    }
    var keys = DoorKeys.claim(run.warehouse(), run.id());
    var loaded = new LoadJob(run, client).run(plan.toRead(), task(last), keys);
    var commit = commit(last, plan, loaded);
    if (!isNew(commit, last, plan)) {
      return outcome(0, commit, loaded);
    }
    requireStaged(commit);
    log.syncStaged(commit);
    JobDoor.requireUnchanged(keys, run);
    if (!log.create(commit)) {
      run.warehouse().discardStaging(run.id());
      var winner = log.last().orElseThrow();
      throw ClickmillException.held(
          "Cannot commit the load: run %s of user %s made commit %d first. Nothing of this run is in"
              + " the warehouse (run again)",
          winner.runId(), winner.user(), winner.sequence());
    }
    rollForward.complete(commit);
    new RejectShare(loaded, run.configuration()).check();
    return outcome(commit.sequence(), commit, loaded);
  }

  private LoadPlan plan(Commit last) throws InterruptedException {
    var topics = options.topics();
    if (topics.isEmpty()) {
      if (last == null) {
        throw ClickmillException.usage("Missing topics: name them with --topic a,b");
      }
      topics = last.topics().stream().map(Commit.Topic::name).toList();
    }
    try (var kafka = KafkaTopics.connect(client, run.configuration())) {
      return LoadPlan.of(last, kafka.offsets(topics), partition -> start(kafka, partition));
    }
  }

  private long start(KafkaTopics kafka, PartitionOffsets partition) throws InterruptedException {
    if (options.start() == null) {
      throw ClickmillException.usage(
          "Missing start: topic '%s' was never loaded into this warehouse. Say where to begin with"
              + " --start earliest, --start latest or --start <time>",
          partition.topic());
    }
    return kafka.start(partition, options.start());
  }

  /** Before the ends of the partitions were asked for, so that what came by then is loaded. */
  private Instant sealTime() {
    return options.sealTime() == null ? run.started() : options.sealTime();
  }

  private LoadTask task(Commit last) {
    var maxAge = Duration.ofDays(LoadSettings.MAX_AGE_DAYS.get(run.configuration()));
    return new LoadTask(
        sequence(last),
        options.mapping().yaml(),
        options.format(),
        last == null || last.sealedThrough() == null ? Long.MIN_VALUE : last.sealedThrough(),
        sealTime().minus(maxAge).toEpochMilli(),
        sealTime().plus(LoadTask.AHEAD).toEpochMilli(),
        Partition.ofRun(Datasets.REJECTS, Hours.dayOf(run.started()), run.id()).path());
  }

  private static long sequence(Commit last) {
    return last == null ? 1 : last.sequence() + 1;
  }

  private Commit commit(Commit last, LoadPlan plan, Loaded loaded) throws IOException {
    var partitions = new ArrayList<PartitionProgress>();
    for (var range : plan.ranges()) {
      var counts = loaded.counts(range);
      var before =
          last == null
              ? RangeCounts.NONE
              : last.progress(range.topic(), range.partition())
                  .map(PartitionProgress::total)
                  .orElse(RangeCounts.NONE);
      partitions.add(
          new PartitionProgress(
              range.topic(),
              range.partition(),
              range.start(),
              range.end(),
              counts,
              before.plus(counts)));
    }
    var files = loaded.files();
    var inTime = files.stream().filter(file -> file.dataset().equals(Datasets.EVENTS)).toList();
    var rule = Watermark.Rule.of(run.configuration());
    var before = last == null ? Watermark.NONE : Watermark.of(last);
    var watermark = before.after(inTime, sealTime(), rule);
    return new Commit(
        sequence(last),
        Math.max(1, sequence(last) + 1 - LoadSettings.KEEP_COMMITS.get(run.configuration())),
        run.id(),
        UserGroupInformation.getCurrentUser().getShortUserName(),
        SuiteVersion.text(),
        Instant.now().truncatedTo(ChronoUnit.MILLIS),
        sealTime(),
        options.mapping().fingerprint(),
        plan.topics(),
        partitions,
        plan.lost(),
        files,
        last == null ? List.of() : last.leftOpen(),
        watermark.from(),
        watermark.through(),
        watermark.newestHour());
  }

  private static boolean isNew(Commit commit, Commit last, LoadPlan plan) {
    return plan.isNew()
        || plan.offsets() > 0
        || !plan.lost().isEmpty()
        || !commit.sealedHours().isEmpty()
        || !commit.topics().equals(last.topics());
  }

  /** What is committed must be there: a run may have slept until others tidied up. */
  private void requireStaged(Commit commit) throws IOException {
    for (var file : commit.files()) {
      var status = run.warehouse().fileSystem().getFileStatus(log.staged(commit, file));
      if (status.getLen() != file.file().bytes()) {
        throw ClickmillException.failed(
            "Cannot commit the load: %s should have %d bytes and has %d",
            status.getPath(), file.file().bytes(), status.getLen());
      }
    }
  }

  private LoadOutcome outcome(long sequence, Commit commit, Loaded loaded) {
    var parts =
        commit.partitions().stream()
            .map(
                part ->
                    new LoadOutcome.Part(
                        part.topic(), part.partition(), part.start(), part.end(), part.counts()))
            .toList();
    return new LoadOutcome(
        sequence,
        parts,
        loaded.total(),
        commit.sealedHours().size(),
        commit.sealedThrough() == null ? null : startOf(commit.sealedThrough()),
        commit.lost().stream().map(Object::toString).toList(),
        new RejectShare(loaded, run.configuration()).warnings());
  }

  private static Instant startOf(long hour) {
    return Instant.ofEpochMilli(hour * Hours.MILLISECONDS);
  }
}
