package org.clickmill.oozie;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.testdata.generate.FileFormat;
import org.clickmill.testdata.generate.FilePer;
import org.clickmill.testdata.generate.GenerateFiles;
import org.clickmill.testdata.generate.GeneratorOptions;

/**
 * A small shop's events as they come in: a file an hour, which can be moved to folders of their
 * own. The mapping is {@code rees46}.
 */
final class RawEvents {
  static final LocalDate FIRST_DAY = LocalDate.of(2019, 10, 1);

  private final Path hours;

  private RawEvents(Path hours) {
    this.hours = hours;
  }

  static RawEvents generate(Path folder, long events, int days) throws IOException {
    var hours = folder.resolve("hours");
    new GenerateFiles(new Configuration(), FileFormat.CSV, FilePer.HOUR, false)
        .run(
            new GeneratorOptions(7, events, FIRST_DAY, days),
            new org.apache.hadoop.fs.Path(hours.toUri()),
            written -> {});
    return new RawEvents(hours);
  }

  /** Moves the files of some hours of a day, from the first to the last, to a folder. */
  void move(LocalDate day, int first, int last, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (int hour = first; hour <= last; hour++) {
      Files.move(file(day, hour), folder.resolve(file(day, hour).getFileName()));
    }
  }

  /** Deletes the file of an hour, in which nothing happens then. */
  void delete(LocalDate day, int hour) throws IOException {
    Files.delete(file(day, hour));
  }

  /** Moves the second half of an hour's events to a folder. */
  void moveHalf(LocalDate day, int hour, Path folder) throws IOException {
    var lines = Files.readAllLines(file(day, hour), StandardCharsets.UTF_8);
    int middle = lines.size() / 2;
    assertThat(middle).as("events of an hour").isGreaterThan(1);
    var moved = new ArrayList<>(List.of(lines.get(0)));
    moved.addAll(lines.subList(middle, lines.size()));
    Files.createDirectories(folder);
    Files.write(folder.resolve("late.csv"), moved);
    Files.write(file(day, hour), lines.subList(0, middle));
  }

  private Path file(LocalDate day, int hour) {
    return hours.resolve(String.format(Locale.ROOT, "%s-%02d.csv", day, hour));
  }
}
