package org.clickmill.jobs.push;

import com.dynatrace.hash4j.hashing.Hashing;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Damage;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.SuiteVersion;
import org.clickmill.formats.warehouse.Versions;
import org.clickmill.formats.warehouse.Versions.Version;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.kernel.Run;

/** A push that has begun: older ones are fenced, and what the topic holds is known. */
final class PushRun {
  private static final int ATTEMPTS = 3;

  private final Run run;
  private final Warehouse warehouse;
  private final PushTable table;
  private final Push.Options options;
  private final VersionStore store;
  private final PushedCache cache;
  private final PushProducer producer;
  private final SentRecords sent;
  private final ChangedRows changed;
  private final PushStep.Listener steps;
  private final RowScan scan;
  private final PartitionPush push;
  private final int limit;
  private final String form;
  private final Map<LocalDate, PushedCache.Entry> pushed = new TreeMap<>();

  PushRun(
      Run run,
      PushTable table,
      Push.Options options,
      VersionStore store,
      PushedCache cache,
      PushProducer producer,
      SentRecords sent,
      RowValues values,
      ChangedRows changed,
      PushStep.Listener steps) {
    this.run = run;
    this.warehouse = run.warehouse();
    this.table = table;
    this.options = options;
    this.store = store;
    this.cache = cache;
    this.producer = producer;
    this.sent = sent;
    this.changed = changed;
    this.steps = steps;
    this.scan = new RowScan(warehouse, new RowJson(table));
    this.push = new PartitionPush(warehouse, producer, scan, values, steps);
    this.limit = PushSettings.KEYS_IN_MEMORY.get(run.configuration());
    this.form = form(table);
  }

  /** What rows look like: those of another form are others, though their columns are the same. */
  private static String form(PushTable table) {
    long hash =
        Hashing.murmur3_128()
            .hashBytesTo128Bits(PushHeaders.utf8(table.schema().avro().toString() + table.key()))
            .getMostSignificantBits();
    return SuiteVersion.text() + "-" + Long.toHexString(hash);
  }

  /**
   * Pushes partitions whose version the topic does not hold.
   *
   * @param versions those that it holds
   * @param begin when the push began, in nanoseconds of the process
   */
  PushOutcome push(SortedMap<Partition, Manifest> manifests, PushedVersions versions, long begin)
      throws IOException, InterruptedException {
    var stale =
        manifests.values().stream()
            .filter(
                manifest ->
                    options.whole() || versions.of(manifest.where().day()) != manifest.version())
            .toList();
    var known = known();
    var topic = inTopic(stale, versions);
    // Kafka forgets the offsets of a group after a week, so each run renews those it has read: in
    // the first transaction, or in one of their own where nothing is stale.
    var years = Push.years(manifests.values());
    if (stale.isEmpty() && !years.isEmpty()) {
      producer.transact(() -> writeVersions(years, versions));
    }
    long rows = 0;
    long tombstones = 0;
    long unchanged = 0;
    long bytes = 0;
    int done = 0;
    for (var manifest : stale) {
      run.progress().report("push " + table.dataset(), (double) done / stale.size());
      years.add(manifest.where().day().getYear());
      pushOne(manifest.where(), years, versions, topic, known.get(manifest.where().day()));
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
        scan.read(),
        sent.recordsRead(),
        (System.nanoTime() - begin) / 1e9,
        remember(versions).map(List::of).orElse(List.of()));
  }

  /** What the warehouse remembers of the topic; where it cannot be read, the topic is. */
  private SortedMap<LocalDate, PushedCache.Entry> known() {
    try {
      return cache.read();
    } catch (IOException e) {
      return Collections.emptySortedMap();
    }
  }

  /** Keeps what the topic holds; what was pushed is committed, so a failure is only a warning. */
  private Optional<String> remember(PushedVersions versions) {
    try {
      cache.add(versions, pushed);
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

  /** What the topic itself tells of the partitions that it may hold something of. */
  private SentPartitions inTopic(List<Manifest> stale, PushedVersions versions) {
    var partitions =
        stale.stream()
            .filter(manifest -> options.whole() || versions.of(manifest.where().day()) > 0)
            .map(Manifest::partition)
            .toList();
    return new SentPartitions(sent::read, partitions, limit);
  }

  /** Pushes a partition in a transaction, again if another run publishes it meanwhile. */
  private void pushOne(
      Partition partition,
      TreeSet<Integer> years,
      PushedVersions versions,
      SentPartitions topic,
      PushedCache.Entry known)
      throws IOException, InterruptedException {
    int before = versions.of(partition.day());
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      var found = warehouse.manifest(partition);
      if (found.isEmpty() || found.get().hasExpired()) {
        break;
      }
      var manifest = found.get();
      // The last attempt needs nothing that others may delete.
      var replaced =
          attempt < ATTEMPTS
              ? replaced(manifest, before, known)
              : Optional.<ReplacedVersion>empty();
      if (replaced.isEmpty()) {
        // Before the transaction begins, whose own records are not read back.
        sent.moveEnds();
      }
      boolean isPushed =
          producer.transact(
              () -> {
                if (!isSent(manifest, replaced, held(partition, before, topic))) {
                  return false;
                }
                versions.put(partition.day(), manifest.version());
                return writeVersions(years, versions);
              });
      if (isPushed) {
        steps.at(PushStep.COMMITTED);
        years.clear();
        pushed.put(
            partition.day(),
            new PushedCache.Entry(manifest.version(), manifest.fingerprint(), form));
        return;
      }
      versions.put(partition.day(), before);
    }
    throw ClickmillException.held(
        "Cannot push %s: others keep publishing it; try again", warehouse.pathOf(partition));
  }

  private HeldRows held(Partition partition, int before, SentPartitions topic) {
    return before > 0 || options.whole() ? topic.of(partition) : HeldRows.NOTHING;
  }

  /**
   * The version that the topic holds, if a push of this warehouse has sent it, in the form of
   * today, and its files are still there.
   *
   * @param version what Kafka says that the topic holds
   * @param known what the warehouse remembers of it; may be of another version
   */
  private Optional<ReplacedVersion> replaced(
      Manifest manifest, int version, PushedCache.Entry known) throws IOException {
    if (options.whole()
        || known == null
        || known.version() != version
        || !form.equals(known.form())) {
      return Optional.empty();
    }
    try {
      return Versions.newestReplaced(
              warehouse, manifest.where(), before -> before.fingerprint().equals(known.rows()))
          .map(
              before -> {
                var now = new Version(manifest, warehouse.pathOf(manifest.where()), true);
                return ReplacedVersion.of(before, now, changed, scan, limit);
              });
    } catch (ClickmillException e) {
      // The version in the trash is damaged.
      return Optional.empty();
    }
  }

  /** Sends the rows of a version; false if another attempt is needed. */
  private boolean isSent(Manifest manifest, Optional<ReplacedVersion> replaced, HeldRows topic)
      throws IOException, InterruptedException {
    try {
      if (replaced.isPresent()) {
        push.send(manifest, replaced.get().changed(), replaced.get(), false);
      } else {
        var folder = warehouse.pathOf(manifest.where());
        push.send(
            manifest, new VersionFiles(folder, manifest.files(), null), topic, options.whole());
      }
    } catch (ReplacedVersion.Gone e) {
      return false;
    } catch (IOException | ClickmillException e) {
      // Its files may have been replaced while they were read.
      if (isPublished(manifest, Manifest::revision)) {
        throw e;
      }
      return false;
    }
    return isPublished(manifest, Manifest::version);
  }

  private boolean isPublished(Manifest manifest, ToIntFunction<Manifest> number)
      throws IOException {
    return warehouse.manifest(manifest.where()).stream()
        .anyMatch(now -> number.applyAsInt(now) == number.applyAsInt(manifest));
  }

  private boolean writeVersions(Collection<Integer> years, PushedVersions versions) {
    for (int year : years) {
      store.write(year, versions, producer.transaction());
    }
    steps.at(PushStep.VERSION_SENT);
    return true;
  }
}
