package org.clickmill.jobs.load;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.avro.AvroEventWriter;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventKey;
import org.clickmill.formats.event.Fingerprint;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.privacy.SuppressedIds;
import org.clickmill.formats.privacy.SuppressionList;
import org.clickmill.formats.read.EventFileReader;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.ingest.HourFiles;
import org.clickmill.jobs.kernel.StagedContent;
import org.clickmill.jobs.kernel.StagedFiles.StagedFile;

/**
 * Takes the events of the forgotten out of files that were loaded before these were put on the
 * suppression list. Files that were loaded since are not read. Used by several threads.
 */
final class ForgottenFilter {
  private final Warehouse warehouse;

  /** The newest generation of the list; 0 for no list. */
  private final int generation;

  private final SuppressedIds suppressed;

  private ForgottenFilter(Warehouse warehouse, int generation, SuppressedIds suppressed) {
    this.warehouse = warehouse;
    this.generation = generation;
    this.suppressed = suppressed;
  }

  /**
   * The filter of the list as it is now.
   *
   * @throws ClickmillException if there is a list that cannot be read
   */
  static ForgottenFilter of(Warehouse warehouse) throws IOException {
    var list = new SuppressionList(warehouse);
    int generation = list.generation();
    return new ForgottenFilter(
        warehouse, generation, generation == 0 ? null : list.read().orElse(null));
  }

  /** Whether a file of events may have some of the forgotten. */
  boolean concerns(StagedFile file) {
    return suppressed != null
        && !file.dataset().equals(Datasets.REJECTS)
        && generation > loadedAgainst(file);
  }

  private static int loadedAgainst(StagedFile file) {
    var note = file.notes().getOrDefault(HourFiles.SUPPRESSION, List.of());
    return note.isEmpty() ? 0 : Integer.parseInt(note.get(0));
  }

  /**
   * The file without the events of the forgotten; itself if it has none of these, and then nothing
   * is written.
   *
   * @param folder where to write it, under the same name
   * @throws FileNotFoundException if the file is gone
   * @throws ClickmillException if the file is not what was written
   */
  StagedFile filter(StagedFile file, Path placed, Path folder) throws IOException {
    var input = new InputFile(placed.toString(), PartitionFeeder.target(file), file.file().bytes());
    try {
      return has(input, file) ? write(input, file, new Path(folder, file.file().name())) : file;
    } catch (ClickmillException e) {
      if (e.getCause() instanceof FileNotFoundException gone) {
        throw gone;
      }
      throw e;
    }
  }

  private boolean has(InputFile input, StagedFile file) throws IOException {
    var lookup = suppressed.lookup();
    var key = new EventKey();
    var rows = new Fingerprint.Builder();
    boolean isFound = false;
    try (var reader = open(input)) {
      var event = new Event();
      for (event = reader.next(event); event != null; event = reader.next(event)) {
        isFound |= lookup.contains(event);
        key.encode(event);
        rows.add(key.bytes(), 0, key.contentLength());
      }
    }
    if (!rows.build().equals(file.fingerprint())) {
      throw ClickmillException.failed(
          "Damaged file: %s does not have the rows that were loaded into it. Bring it back from a"
              + " backup or a snapshot.",
          input.path());
    }
    return isFound;
  }

  private StagedFile write(InputFile input, StagedFile file, Path path) throws IOException {
    var lookup = suppressed.lookup();
    long eventIds = 0;
    try (var reader = open(input);
        var writer =
            AvroEventWriter.openInRanges(
                warehouse.fileSystem(), path, warehouse.configuration(), reader.extraColumns())) {
      var event = new Event();
      for (event = reader.next(event); event != null; event = reader.next(event)) {
        if (!lookup.contains(event)) {
          writer.write(event);
          eventIds += event.getEventId() == null ? 0 : 1;
        }
      }
      var written = writer.finish();
      var counts = new TreeMap<>(file.counts());
      counts.put(StagedContent.EVENT_IDS, eventIds);
      return new StagedFile(
          file.dataset(), file.path(), written.file(), written.fingerprint(), counts, file.notes());
    }
  }

  private EventFileReader open(InputFile input) throws IOException {
    return EventFileReader.open(warehouse.fileSystem(), input, warehouse.configuration());
  }
}
