package org.clickmill.jobs.ingest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.event.Reject;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.clickmill.formats.mapping.Mapping;
import org.clickmill.formats.mapping.SourcePart;
import org.clickmill.formats.mapping.SourceReader;
import org.clickmill.formats.privacy.Door;
import org.clickmill.jobs.ingest.ImportJob.Options;

/**
 * Reads the first records of an input as an import would read them, and writes nothing. Runs no job
 * and needs no warehouse; of each file no more is read than its reader buffers.
 */
public final class ImportPreview {
  /** Where a mapping leaves almost every record out, no more than these are looked at. */
  private static final long MOST_READ = 100_000;

  private final Configuration configuration;
  private final Options options;
  private final Mapping mapping;
  private final EventTimeLimits limits;

  /** Null if events come in as they are. */
  private final Door door;

  private final List<Row> rows = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final AbsentColumns absent = new AbsentColumns();
  private int filesLookedAt;
  private int filesWithEvents;
  private long read;
  private long added;
  private long filtered;
  private long forgotten;
  private long rounded;

  /**
   * How a record would be read: as an event, or as a reject.
   *
   * @param file identity of its file
   * @param record its number in the file, from 1
   * @param event the fields that the mapping feeds, in the order of the schema: texts, integers,
   *     decimals, an instant, or null for no value; null as a whole for a reject
   * @param reason why it would be rejected, with its place; null for an event
   */
  public record Row(String file, long record, Map<String, Object> event, String reason) {}

  /**
   * What was read: {@code read + added = events + rejected + filtered + forgotten}.
   *
   * @param fields the fields that the mapping feeds, in the order of the schema
   * @param rows the events and rejects in the order of the files' identities; of records that the
   *     mapping leaves out there are none, nor of the forgotten
   * @param files found below the input
   * @param filesLookedAt of these, opened
   * @param read records
   * @param added events and rejects beyond the first of their record, where a record is several
   * @param filtered records that the mapping leaves out
   * @param forgotten events of users and visitors on the suppression list
   * @param rounded prices that the mapping rounded
   * @param warnings for the user
   */
  public record Preview(
      List<String> fields,
      List<Row> rows,
      int files,
      int filesLookedAt,
      long read,
      long added,
      long events,
      long rejected,
      long filtered,
      long forgotten,
      long rounded,
      List<String> warnings) {}

  /** A preview of events as they come in where nothing is known of the warehouse. */
  public ImportPreview(Configuration configuration, Options options, Instant now) {
    this(configuration, options, now, null);
  }

  /**
   * @param now when the run began; hours that are not over then take no events
   * @param door of the warehouse that would be imported into; null where that is not known, or
   *     events come in as they are
   */
  public ImportPreview(Configuration configuration, Options options, Instant now, Door door) {
    this.door = door;
    this.configuration = configuration;
    this.options = options;
    mapping = Mapping.load(options.mapping(), configuration);
    limits = new EventTimeLimits(configuration, now.toEpochMilli());
  }

  /**
   * Reads the first records.
   *
   * @param input a file, or a folder of which the first files are read
   * @param most how many events and rejects, of all files together
   * @throws ClickmillException of kind usage if there is no record; of the kind that import ends
   *     with if a file cannot be read
   */
  public Preview of(Path input, int most) throws IOException {
    var found = new SourceFiles(configuration).list(input, options.sourceName(), mapping);
    warnings.addAll(found.warnings());
    for (var file : found.files()) {
      if (isEnough(most, read)) {
        break;
      }
      readOrSkip(file, most);
    }
    if (rows.isEmpty() && forgotten > 0) {
      throw ClickmillException.usage(
          "Nothing to preview: all %d events of the first %d records of %s are of users or visitors"
              + " on the suppression list",
          forgotten, read, input);
    }
    if (rows.isEmpty() && filtered > 0) {
      throw ClickmillException.usage(
          "Nothing to preview: mapping %s leaves out all of the first %d records of %s (by its"
              + " 'where', or because they have no items)",
          mapping.name(), filtered, input);
    }
    if (rows.isEmpty()) {
      throw ClickmillException.usage(
          "Nothing to preview: %s has no records%s",
          input, filesLookedAt == 1 ? "" : " in " + filesLookedAt + " files");
    }
    absent
        .warnings(mapping.name(), Mapping.SHIPPED.contains(options.mapping()), filesWithEvents)
        .forEach(warning -> warnings.add("of these " + read + " records: " + warning));
    long rejected = rows.stream().filter(row -> row.event() == null).count();
    return new Preview(
        mapping.fields(),
        List.copyOf(rows),
        found.files().size(),
        filesLookedAt,
        read,
        added,
        rows.size() - rejected,
        rejected,
        filtered,
        forgotten,
        rounded,
        List.copyOf(warnings));
  }

  private void readOrSkip(SourceFile file, int most) throws IOException {
    int before = rows.size();
    filesLookedAt++;
    try {
      read(file, most);
    } catch (ClickmillException e) {
      if (!options.skipCorruptFiles() || e.failure() != Failure.FAILED) {
        throw e;
      }
      rows.subList(before, rows.size()).clear();
      warnings.add(file.identity() + ": " + e.getMessage());
    }
  }

  private void read(SourceFile file, int most) throws IOException {
    var path = new Path(file.path());
    boolean hasEvents = false;
    var whole = SourcePart.whole(path.getFileSystem(configuration), path, file.identity());
    try (var reader = SourceReader.open(whole, mapping, configuration)) {
      while (!isEnough(most, read + reader.records()) && reader.next()) {
        if (reader.event() == null && reader.reject() == null) {
          continue;
        }
        long record = reader.records();
        if (door != null && reader.event() != null && !door.admits(reader.event())) {
          hasEvents = true;
          forgotten++;
          continue;
        }
        var reject = reject(reader);
        hasEvents |= reject == null;
        rows.add(
            reject == null
                ? new Row(file.identity(), record, values(reader.event()), null)
                : new Row(file.identity(), record, null, reject.getReason().toString()));
      }
      absent.add(file.identity(), reader.absentColumns());
      filesWithEvents += hasEvents ? 1 : 0;
      rounded += reader.rounded();
      read += reader.records();
      added += reader.added();
      filtered += reader.filtered();
    }
  }

  private boolean isEnough(int most, long recordsRead) {
    return rows.size() >= most || recordsRead >= MOST_READ;
  }

  /** The record at hand as a reject, or null if import would write it. */
  private Reject reject(SourceReader reader) {
    var reject = rejected(reader);
    if (reject != null && door != null) {
      Door.redact(reject);
    }
    return reject;
  }

  private Reject rejected(SourceReader reader) {
    if (reader.event() == null) {
      return reader.reject();
    }
    var reason = limits.reasonAgainst(reader.event());
    return reason == null ? null : reader.rejectFor(reason);
  }

  /** A copy, since the next record overwrites the event. */
  private Map<String, Object> values(Event event) {
    var values = new LinkedHashMap<String, Object>();
    for (var field : mapping.fields()) {
      var value = event.get(event.getSchema().getField(field).pos());
      values.put(field, value instanceof CharSequence text ? text.toString() : plain(value));
    }
    return Collections.unmodifiableMap(values);
  }

  private static Object plain(Object value) {
    if (value instanceof ByteBuffer money) {
      var amount = Money.decimal(Money.fromAvro(money)).stripTrailingZeros();
      return amount.scale() < 0 ? amount.setScale(0) : amount;
    }
    return value;
  }
}
