package org.clickmill.jobs.ingest;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.clickmill.formats.read.InputFile;

/**
 * Neighbouring hours of a day that become one file.
 *
 * @param day as days since the epoch
 * @param number of the range in its day, from 0
 * @param files of the hours, in the order of the hours
 */
record HourRange(long day, int number, List<InputFile> files) {
  /** Names a range among those of a job. */
  String name() {
    return LocalDate.ofEpochDay(day) + "#" + number;
  }

  long bytes() {
    return files.stream().mapToLong(InputFile::bytes).sum();
  }

  /** The files hour by hour, in order. */
  Collection<List<InputFile>> hours() {
    return files.stream()
        .collect(Collectors.groupingBy(InputFile::partition, TreeMap::new, Collectors.toList()))
        .values();
  }
}
