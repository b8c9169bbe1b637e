package org.clickmill.jobs.ingest;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Mapper;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventKey;
import org.clickmill.formats.event.Reject;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.clickmill.formats.mapping.Mapping;
import org.clickmill.formats.mapping.SourcePart;
import org.clickmill.formats.mapping.SourceReader;
import org.clickmill.formats.parquet.RejectWriter;
import org.clickmill.formats.privacy.Door;
import org.clickmill.formats.read.EventFileReader;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.BundleInputFormat;
import org.clickmill.jobs.kernel.Hours;
import org.clickmill.jobs.kernel.StagedFiles;
import org.clickmill.jobs.kernel.TaskFailures;

/**
 * Writes the events of source files into a file an hour, and malformed records into rejects. Events
 * that come in no order of time go to the reducers as keys that sort by it.
 */
final class ImportMapper extends Mapper<NullWritable, Text, BytesWritable, NullWritable> {
  /** Name of the tasks' notes on columns that files lack. */
  static final String ABSENT = "absent";

  /** Name of the notes on columns that parts of files lack. */
  static final String ABSENT_OF_PARTS = "absent_of_parts";

  /** Names of the notes on corrupt files: who they are, and why. */
  static final String SKIPPED = "skipped";

  static final String REASONS_OF_SKIPPED = "reasons_of_skipped";

  private static final int REASONS_SHOWN = 5;

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailures.tell(context, () -> new Import(context).run());
  }

  /**
   * What a mapper is given: a file to import, or a file of a published hour to carry over.
   *
   * @param start of the part of the source file, in bytes
   * @param end of that part, exclusive; {@link Long#MAX_VALUE} for the file's end
   */
  record Input(SourceFile source, long start, long end, InputFile carried) {
    static Input ofSource(SourceFile source, long start, long end) {
      return new Input(source, start, end, null);
    }

    private boolean isWhole() {
      return start == 0 && end == Long.MAX_VALUE;
    }

    static Input ofCarried(InputFile file) {
      return new Input(null, 0, 0, file);
    }
  }

  private static final class Import {
    private final Context context;
    private final ImportTask task;
    private final Mapping mapping;
    private final StagedFiles files;
    private final HourFiles hours;
    private final Partition rejectPartition;
    private final EventKey key = new EventKey();
    private final BytesWritable output = new BytesWritable();
    private final List<String> reasons = new ArrayList<>();
    private final AbsentColumns absent = new AbsentColumns();
    private final EventTimeLimits limits;

    /** Null if events come in as they are. */
    private final Door door;

    private RejectWriter rejects;
    private long duplicates;
    private long rejected;
    private long forgotten;

    private Import(Context context) throws IOException, InterruptedException {
      this.context = context;
      var configuration = context.getConfiguration();
      task = ImportTask.read(configuration);
      mapping = Mapping.parse(task.mapping(), "the import's mapping").withCurrency(configuration);
      files = new StagedFiles(context);
      hours = new HourFiles(files, configuration, Hours::partition, null, task.extraColumns());
      limits = new EventTimeLimits(configuration, task.now());
      door = JobDoor.receive(context);
      rejectPartition =
          Partition.ofRun(Datasets.REJECTS, LocalDate.parse(task.day()), task.runId());
    }

    private void run() throws IOException, InterruptedException {
      try (hours) {
        while (context.nextKeyValue()) {
          var input = BundleInputFormat.describe(context.getCurrentValue(), Input.class);
          if (input.source() == null) {
            carry(input.carried());
          } else if (!task.skipCorruptFiles() || isReadable(input)) {
            importFile(input);
          }
        }
        finish();
      } finally {
        if (rejects != null) {
          rejects.close();
        }
      }
    }

    private void importFile(Input input) throws IOException, InterruptedException {
      var file = input.source();
      var hoursDone = new HashSet<>(file.hoursDone());
      long steps = 0;
      boolean hasEvents = false;
      try (var reader = open(input)) {
        while (reader.next()) {
          var event = reader.event();
          if (event != null) {
            hasEvents = true;
            importEvent(event, hoursDone, reader);
          } else if (reader.reject() != null) {
            reject(reader.reject());
          }
          if ((++steps & 0xffff) == 0) {
            context.progress();
          }
        }
        if (!input.isWhole()) {
          if (hasEvents) {
            files.note(ABSENT_OF_PARTS, AbsentColumns.ofPart(file.identity(), reader));
          }
        } else {
          absent.add(file.identity(), reader.absentColumns());
          files.count(IngestCounter.FILES_WITH_EVENTS, hasEvents ? 1 : 0);
        }
        files.count(IngestCounter.PRICES_ROUNDED, reader.rounded());
        files.count(IngestCounter.RECORDS_READ, reader.records());
        files.count(IngestCounter.ADDED, reader.added());
        files.count(IngestCounter.FILTERED, reader.filtered());
      }
    }

    private void importEvent(Event event, HashSet<Long> hoursDone, SourceReader reader)
        throws IOException, InterruptedException {
      if (door != null && !door.admits(event)) {
        forgotten++;
        return;
      }
      long hour = Hours.of(event.getEventTime().toEpochMilli());
      var reason = limits.reasonAgainst(event);
      if (reason != null) {
        reject(reader.rejectFor(reason));
      } else if (!hoursDone.isEmpty() && hoursDone.contains(hour)) {
        duplicates++;
      } else {
        emit(hour, event);
      }
    }

    /**
     * Hands on the rows of a published hour, but those of files that are replaced, and of the
     * forgotten.
     */
    private void carry(InputFile file) throws IOException, InterruptedException {
      var fileSystem = fileSystem(new Path(file.path()));
      long carried = 0;
      try (var reader = EventFileReader.open(fileSystem, file, context.getConfiguration())) {
        var event = new Event();
        for (event = reader.next(event); event != null; event = reader.next(event)) {
          if (isKept(event)) {
            carried++;
            emit(Hours.of(event.getEventTime().toEpochMilli()), event);
          }
        }
      }
      files.count(IngestCounter.EVENTS_CARRIED, carried);
    }

    private boolean isKept(Event event) {
      return !task.replaced().contains(String.valueOf(event.getSourceName()))
          && (door == null || !door.isForgotten(event));
    }

    private void emit(long hour, Event event) throws IOException, InterruptedException {
      if (hours.takes(hour)) {
        hours.write(hour, event);
        return;
      }
      key.encode(event);
      output.set(key.bytes(), 0, key.length());
      context.write(output, NullWritable.get());
    }

    private void reject(Reject reject) throws IOException {
      write(reject);
      if (reasons.size() < REASONS_SHOWN) {
        reasons.add(reject.getSourceName() + ": " + reject.getReason());
      }
      rejected++;
    }

    private void write(Reject reject) throws IOException {
      if (door != null) {
        Door.redact(reject);
      }
      if (rejects == null) {
        var path = files.newFile(rejectPartition, ".parquet");
        rejects = RejectWriter.open(fileSystem(path), path, context.getConfiguration());
      }
      rejects.write(reject);
    }

    /** Reads a file to its end before anything of it is handed on. */
    private boolean isReadable(Input input) throws IOException {
      var file = input.source();
      long read = 0;
      try (var reader = open(input)) {
        while (reader.next()) {
          read = reader.records();
          context.progress();
        }
        return true;
      } catch (ClickmillException e) {
        // The old rows of a file that is replaced are gone, so its new ones may not be missing.
        if (e.failure() != Failure.FAILED || task.replaced().contains(file.identity())) {
          throw e;
        }
        files.note(SKIPPED, file.identity());
        files.note(REASONS_OF_SKIPPED, file.identity() + ": " + e.getMessage());
        var reason = "record " + (read + 1) + ": the file cannot be read from here, and is skipped";
        write(new Reject(new Utf8(reason), new Utf8(file.identity()), null, null, null));
        files.count(IngestCounter.FILES_SKIPPED, 1);
        return false;
      }
    }

    private SourceReader open(Input input) throws IOException {
      var path = new Path(input.source().path());
      var identity = input.source().identity();
      var part = new SourcePart(fileSystem(path), path, identity, input.start(), input.end());
      return SourceReader.open(part, mapping, context.getConfiguration());
    }

    private FileSystem fileSystem(Path path) throws IOException {
      return path.getFileSystem(context.getConfiguration());
    }

    private void finish() throws IOException {
      hours.finish();
      files.count(IngestCounter.EVENTS_WRITTEN, hours.written());
      if (rejects != null) {
        var notes = new TreeMap<String, List<String>>();
        notes.put("reasons", reasons);
        files.add(rejectPartition, rejects.finish(), new TreeMap<>(), notes);
        rejects = null;
      }
      absent.notes().forEach(note -> files.note(ABSENT, note));
      files.count(IngestCounter.DUPLICATES, duplicates);
      files.count(IngestCounter.REJECTED, rejected);
      files.count(IngestCounter.FORGOTTEN, forgotten);
      files.report();
    }
  }
}
