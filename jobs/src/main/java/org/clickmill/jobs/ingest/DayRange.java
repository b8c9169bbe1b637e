package org.clickmill.jobs.ingest;

import java.time.LocalDate;
import java.util.List;
import org.clickmill.formats.table.InputFile;

/**
 * Some of the hash ranges of a day that is to be compacted, with all files in which their events
 * lie.
 *
 * @param day as days since the epoch
 * @param span the ranges
 * @param findsDuplicates whether repeated event_ids are to be found on the way; then this is the
 *     whole day
 * @param hours the files of the day's hours
 * @param dropped files of events that are to be dropped
 */
record DayRange(
    long day,
    HashSpan span,
    boolean findsDuplicates,
    List<InputFile> hours,
    List<InputFile> dropped) {

  /** The same ranges without the events of some files. */
  DayRange dropping(List<InputFile> files) {
    return new DayRange(day, span, false, hours, files);
  }

  /** Bytes to be read. */
  long bytes() {
    return hours.stream().mapToLong(InputFile::bytes).sum();
  }

  /** Names it among those of a job. */
  String name() {
    return LocalDate.ofEpochDay(day) + "#" + span.first();
  }
}
