package org.clickmill.jobs.load;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.write.AvroEventWriter;
import org.clickmill.jobs.kernel.AllClosed;
import org.clickmill.jobs.kernel.Hours;
import org.clickmill.jobs.kernel.StagedContent;
import org.clickmill.jobs.kernel.StagedFiles;

/**
 * The files that a task writes, one for each hour of events, of which a few are open at a time: an
 * hour that comes back after others have pushed it out gets another file.
 */
final class HourFiles implements AutoCloseable {
  private static final int OPEN_AT_ONCE = 24;

  private final StagedFiles files;
  private final Configuration configuration;
  private final String prefix;
  private final long watermark;
  private final Set<EventColumn> extraColumns;
  private final Map<Long, HourFile> open = new LinkedHashMap<>(32, 0.75f, true);
  private HourFile current;

  /**
   * @param prefix begins the names of the files
   * @param watermark hours before it are sealed, and their events late
   * @param extraColumns that events can have values in
   */
  HourFiles(
      StagedFiles files,
      Configuration configuration,
      String prefix,
      long watermark,
      Set<EventColumn> extraColumns) {
    this.files = files;
    this.configuration = configuration;
    this.prefix = prefix;
    this.watermark = watermark;
    this.extraColumns = extraColumns;
  }

  private static final class HourFile {
    private final long hour;
    private final AvroEventWriter writer;
    private long eventIds;

    private HourFile(long hour, AvroEventWriter writer) {
      this.hour = hour;
      this.writer = writer;
    }
  }

  /**
   * Writes an event.
   *
   * @return whether it is late
   */
  boolean write(Event event) throws IOException {
    long hour = Hours.of(event.getEventTime().toEpochMilli());
    if (current == null || current.hour != hour) {
      current = open.get(hour);
      if (current == null) {
        current = open(hour);
      }
    }
    current.writer.write(event);
    current.eventIds += event.getEventId() == null ? 0 : 1;
    return hour < watermark;
  }

  private HourFile open(long hour) throws IOException {
    if (open.size() == OPEN_AT_ONCE) {
      var eldest = open.values().iterator().next();
      finish(eldest);
      open.remove(eldest.hour);
    }
    var path = files.newFile(partition(hour), prefix, ".avro");
    var fileSystem = path.getFileSystem(configuration);
    var opened =
        new HourFile(hour, AvroEventWriter.open(fileSystem, path, configuration, extraColumns));
    open.put(hour, opened);
    return opened;
  }

  private Partition partition(long hour) {
    var dataset = hour < watermark ? Datasets.LATE : Datasets.EVENTS;
    return new Partition(dataset, Hours.partition(hour).path());
  }

  private void finish(HourFile file) throws IOException {
    var counts = new TreeMap<String, Long>();
    counts.put(StagedContent.EVENT_IDS, file.eventIds);
    files.add(partition(file.hour), file.writer.finish(), counts, new TreeMap<>());
  }

  /** Completes all files. */
  void finish() throws IOException {
    for (var file : open.values()) {
      finish(file);
    }
    open.clear();
  }

  /** Deletes the files that were not completed: each, though another cannot be deleted. */
  @Override
  public void close() throws IOException {
    var writers = open.values().stream().map(file -> file.writer).toList();
    open.clear();
    AllClosed.close(writers);
  }
}
