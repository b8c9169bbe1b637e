package org.clickmill.formats.mapping;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.Reject;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Damage;

/**
 * Reads one foreign file, or a part of it, record by record: each becomes an event or a reject, or,
 * where the mapping says so, several of these or none. Not for several threads.
 *
 * <p>Both carry the file's identity as source_name and the record's place as source_offset: the
 * byte, from 0, at which a line of text or an element of a JSON array begins (of the unpacked
 * text); in Avro the byte at which the block begins, times 2<sup>20</sup>, plus the record's index
 * in it; in Parquet the number of the row, from 0. The place does not depend on the parts that a
 * file is read in. A CSV header and empty lines are no records.
 */
public abstract class SourceReader implements Closeable {
  private final SourcePart part;
  private final Utf8 sourceName;
  private final EventAssembler assembler;

  /** Null if each record is one event. */
  private final RecordEvents several;

  private long records;
  private long events;
  private long added;
  private long filtered;
  private Event event;
  private Reject reject;

  SourceReader(SourcePart part, Mapping mapping) {
    this.part = part;
    this.sourceName = new Utf8(part.identity());
    this.assembler = new EventAssembler(mapping, mapping.definition().events().get(0));
    this.several = RecordEvents.of(mapping, format(part.path().getName(), mapping));
  }

  /**
   * Opens a file, or a part of one that {@link #isSplittable}.
   *
   * @throws ClickmillException of kind usage if the file is missing, lacks a mapped column, or is
   *     of no known format, or if the mapping is for messages only; of kind failed if the file is
   *     damaged
   * @throws UncheckedIOException if the file system fails; the file may be fine
   */
  public static SourceReader open(SourcePart part, Mapping given, Configuration configuration) {
    var mapping = given.withCurrency(configuration);
    checkParts(mapping);
    var path = part.path();
    var format = format(path.getName(), mapping);
    if (!format.isText() && Compression.ofFile(path.getName()) != Compression.NONE) {
      throw ClickmillException.usage(
          "Cannot read %s: %s files are packed inside; unpack it first", path, format.text());
    }
    SourceReader reader = null;
    try {
      reader =
          switch (format) {
            case CSV ->
                RecordEvents.of(mapping, format) == null
                    ? new CsvSourceReader(part, mapping, configuration)
                    : new CsvTreeReader(part, mapping, configuration);
            case WHITESPACE -> new WhitespaceSourceReader(part, mapping, configuration);
            case JSON -> JsonSourceReader.ofFile(part, mapping, configuration);
            case AVRO -> new AvroSourceReader(part, mapping, configuration);
            case PARQUET -> new ParquetSourceReader(part, mapping, configuration);
          };
      reader.start();
      var opened = reader;
      reader = null;
      return opened;
    } catch (FileNotFoundException e) {
      throw ClickmillException.usage("Missing input file: %s", path, e);
    } catch (ClickmillException e) {
      throw e;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw failure(path, e, "");
    } finally {
      closeQuietly(reader);
    }
  }

  /**
   * Whether a file of that name can be read in parts: one that is packed as a whole cannot, nor one
   * of another encoding or whose records may hold line breaks.
   *
   * @throws ClickmillException of kind usage if neither the name nor the mapping tells its format
   */
  public static boolean isSplittable(String fileName, Mapping mapping) {
    var definition = mapping.definition();
    return !format(fileName, mapping).isText()
        || (Compression.ofFile(fileName) == Compression.NONE
            && definition.encoding() == null
            && !definition.isMultiline());
  }

  private static SourceFormat format(String fileName, Mapping mapping) {
    var named = mapping.definition().format();
    return named != null ? named : SourceFormat.ofFile(fileName);
  }

  /**
   * Goes to the next record, or to the next event of a record that becomes several.
   *
   * @return false at the end of the file
   * @throws ClickmillException of kind failed, naming file and place, if the file is damaged
   * @throws UncheckedIOException if the file system fails; the file may be fine
   */
  public final boolean next() {
    event = null;
    reject = null;
    try {
      if (several != null && several.advance()) {
        added++;
        takeOneOfSeveral();
        return true;
      }
      if (!advance()) {
        return false;
      }
      records++;
      try {
        fill(assembler);
        if (several == null) {
          event = assembler.finish(sourceName, null, offset());
          events++;
        } else if (several.advance()) {
          takeOneOfSeveral();
        } else {
          filtered++;
        }
      } catch (BadValueException e) {
        reject = rejectBecause(e.getMessage());
      }
      return true;
    } catch (ClickmillException e) {
      throw e;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw failure(path(), e, afterLast());
    }
  }

  private void takeOneOfSeveral() {
    try {
      several.fill();
      event = several.finish(sourceName, null, offset());
    } catch (BadValueException e) {
      reject = rejectBecause(e.getMessage());
    }
  }

  /**
   * The record as an event, or null if it is none. The event, its texts and its price are
   * overwritten by the next record.
   */
  public final Event event() {
    return event;
  }

  /**
   * Why the record should be an event and is none, else null: also where the mapping leaves it out,
   * and the record is neither. May be kept.
   */
  public final Reject reject() {
    return reject;
  }

  /** The record at hand as a reject, for a reason that only the caller can see. */
  public final Reject rejectFor(String reason) {
    return rejectBecause(reason);
  }

  /**
   * Records so far. They and {@link #added} are as many as the events, the rejects and {@link
   * #filtered}.
   */
  public final long records() {
    return records;
  }

  /** Events and rejects so far beyond the first of their record. */
  public final long added() {
    return added;
  }

  /** Records so far that the mapping leaves out: by conditions, or because there are no items. */
  public final long filtered() {
    return filtered;
  }

  /** Events so far whose price was rounded because the mapping says so. */
  public final long rounded() {
    return several == null ? assembler.rounded() : several.rounded();
  }

  /**
   * The mapped columns that no record so far had; none as long as no record was an event, but for
   * those of conditions. A column is there where it is named, even if its values are empty or null.
   */
  public final List<AbsentColumn> absentColumns() {
    if (records == 0 || (several == null && events == 0)) {
      return List.of();
    }
    var present = BadValueException.shown(presentColumns(), 1000);
    return several == null ? assembler.absentColumns(present) : several.absentColumns(present);
  }

  /** The columns that there are, for people. */
  abstract String presentColumns();

  /** Prepares for the first record: reads a header, finds the mapped columns. */
  abstract void start() throws IOException;

  /** Goes to the next record; false at the end. */
  abstract boolean advance() throws IOException;

  /**
   * Calls every setter once with a value of the record; or begins {@link #several} with it, where
   * that is not null.
   */
  abstract void fill(EventAssembler target) throws BadValueException, IOException;

  /** Where a failure is that no record's place tells better. */
  private String afterLast() {
    if (records > 0) {
      return "after " + place() + ": ";
    }
    return part.start() == 0 ? "at its beginning: " : "after byte " + part.start() + ": ";
  }

  /** The record's place in the words of a reason. */
  abstract String place();

  /** The record's place as source_offset. */
  abstract long offset();

  /** The record's bytes, for its reject. */
  abstract byte[] raw();

  final EventAssembler assembler() {
    return assembler;
  }

  /** The events of a record; null if each record is one. */
  final RecordEvents several() {
    return several;
  }

  final Path path() {
    return part.path();
  }

  private Reject rejectBecause(String reason) {
    var rejected = new Reject();
    var item = several == null ? "" : several.place();
    rejected.setReason(new Utf8(place() + item + ": " + reason));
    rejected.setSourceName(sourceName);
    rejected.setSourceOffset(offset());
    rejected.setRaw(ByteBuffer.wrap(raw()));
    return rejected;
  }

  /** A file has no messages: what they feed is no value, where that may be. */
  private static void checkParts(Mapping mapping) {
    for (var field : mapping.definition().parts()) {
      if (!field.isOptional() || field.target().isRequired()) {
        throw ClickmillException.usage(
            "Cannot read files with mapping %s: field %s is the message's %s, and files have no"
                + " messages",
            mapping.name(), field.target().text(), field.part());
      }
    }
  }

  private static RuntimeException failure(Path path, Throwable thrown, String where) {
    for (var cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof UncheckedIOException outage) {
        return new UncheckedIOException(
            "Cannot read file " + path + ": " + outage.getCause().getMessage(), outage.getCause());
      }
    }
    return ClickmillException.failed(
        "Cannot read file %s: %s%s",
        path, where.isEmpty() ? "" : "damaged " + where, Damage.describe(thrown), thrown);
  }

  private static void closeQuietly(SourceReader reader) {
    if (reader != null) {
      try {
        reader.close();
      } catch (IOException | RuntimeException e) {
        // The failure that brought us here says more.
      }
    }
  }
}
