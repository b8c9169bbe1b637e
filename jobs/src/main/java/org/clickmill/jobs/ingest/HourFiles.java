package org.clickmill.jobs.ingest;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.avro.AvroEventWriter;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.AllClosed;
import org.clickmill.jobs.kernel.StagedContent;
import org.clickmill.jobs.kernel.StagedFiles;

/**
 * The files that a task writes, one for each hour of events, of which a bounded number are open at
 * a time: the one that was written to least recently is completed for a new one.
 */
public final class HourFiles implements AutoCloseable {
  /** Name of a file's note on the sources of its events. */
  static final String SOURCES = "sources";

  /** Name of a file's note on its first event. */
  static final String FIRST = "first";

  /**
   * Name of a file's note on which generation of the suppression list its events were held against;
   * none if there was no list.
   */
  public static final String SUPPRESSION = "suppression";

  private static final int MOST_OPEN = 64;

  /** An open hour may be completed when this many events were all of other hours. */
  private static final long IDLE_EVENTS = 100_000;

  private final StagedFiles files;
  private final Configuration configuration;
  private final LongFunction<Partition> partitions;
  private final String prefix;
  private final Set<EventColumn> extraColumns;
  private final int suppression;
  private final Map<Long, HourFile> open = new LinkedHashMap<>(2 * MOST_OPEN, 0.75f, true);
  private final Set<Long> completed = new HashSet<>();
  private HourFile current;
  private long written;

  /**
   * @param partitions gives the partition that an hour's events are written to; hours since the
   *     epoch
   * @param prefix begins the names of the files; null for none
   * @param extraColumns those that the files have beside the columns of every file
   */
  public HourFiles(
      StagedFiles files,
      Configuration configuration,
      LongFunction<Partition> partitions,
      String prefix,
      Set<EventColumn> extraColumns) {
    this(files, configuration, partitions, prefix, extraColumns, 0);
  }

  /**
   * As the other, for files that are kept before they are published.
   *
   * @param suppression for {@link #SUPPRESSION}; 0 for no note
   */
  public HourFiles(
      StagedFiles files,
      Configuration configuration,
      LongFunction<Partition> partitions,
      String prefix,
      Set<EventColumn> extraColumns,
      int suppression) {
    this.files = files;
    this.configuration = configuration;
    this.partitions = partitions;
    this.prefix = prefix;
    this.extraColumns = extraColumns;
    this.suppression = suppression;
  }

  private static final class HourFile {
    private final long hour;
    private final Partition partition;
    private final AvroEventWriter writer;
    private final Set<String> sources = new TreeSet<>();
    private final String first;
    private Utf8 source;
    private long eventIds;

    /** How many events the task had written when it wrote to this file last. */
    private long lastWrite;

    private HourFile(long hour, Partition partition, AvroEventWriter writer, Event event) {
      this.hour = hour;
      this.partition = partition;
      this.writer = writer;
      first =
          event.getSourceName()
              + ", source_offset "
              + event.getSourceOffset()
              + " (event_time "
              + event.getEventTime()
              + ")";
    }

    private void write(Event event) throws IOException {
      writer.write(event);
      eventIds += event.getEventId() == null ? 0 : 1;
      if (!event.getSourceName().equals(source)) {
        source = new Utf8(event.getSourceName());
        sources.add(source.toString());
      }
    }
  }

  /**
   * Whether an event of an hour can be written so that the hour has one file of this task, and no
   * other hour is completed too early. Where it cannot, the events come in no order of time.
   */
  boolean takes(long hour) {
    if (current != null && current.hour == hour || open.containsKey(hour)) {
      return true;
    }
    if (completed.contains(hour)) {
      return false;
    }
    return open.size() < MOST_OPEN || written - eldest().lastWrite > IDLE_EVENTS;
  }

  /** Writes an event of an hour; one that comes back after it was completed gets another file. */
  public void write(long hour, Event event) throws IOException {
    if (current == null || current.hour != hour) {
      if (current != null) {
        current.lastWrite = written;
      }
      current = open.get(hour);
      if (current == null) {
        current = open(hour, event);
      }
    }
    current.write(event);
    written++;
  }

  /** How many events have been written. */
  long written() {
    return written;
  }

  private HourFile eldest() {
    return open.values().iterator().next();
  }

  private HourFile open(long hour, Event event) throws IOException {
    if (open.size() == MOST_OPEN) {
      var eldest = eldest();
      complete(eldest);
      open.remove(eldest.hour);
      completed.add(eldest.hour);
    }
    var partition = partitions.apply(hour);
    var path =
        prefix == null
            ? files.newFile(partition, ".avro")
            : files.newFile(partition, prefix, ".avro");
    var fileSystem = path.getFileSystem(configuration);
    var writer = AvroEventWriter.openInRanges(fileSystem, path, configuration, extraColumns);
    var opened = new HourFile(hour, partition, writer, event);
    open.put(hour, opened);
    return opened;
  }

  private void complete(HourFile file) throws IOException {
    var counts = new TreeMap<String, Long>();
    counts.put(StagedContent.EVENT_IDS, file.eventIds);
    var notes = new TreeMap<String, List<String>>();
    notes.put(SOURCES, List.copyOf(file.sources));
    notes.put(FIRST, List.of(file.first));
    if (suppression > 0) {
      notes.put(SUPPRESSION, List.of(Integer.toString(suppression)));
    }
    files.add(file.partition, file.writer.finish(), counts, notes);
  }

  /** Completes all files. */
  public void finish() throws IOException {
    for (var file : open.values()) {
      complete(file);
    }
    open.clear();
    current = null;
  }

  /** Deletes the files that were not completed: each, though another cannot be deleted. */
  @Override
  public void close() throws IOException {
    var writers = open.values().stream().map(file -> file.writer).toList();
    open.clear();
    AllClosed.close(writers);
  }
}
