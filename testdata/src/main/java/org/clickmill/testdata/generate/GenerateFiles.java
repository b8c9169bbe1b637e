package org.clickmill.testdata.generate;

import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.avro.AvroEventWriter;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.parquet.ParquetTableWriter;
import org.clickmill.formats.table.EventRows;

/**
 * Generates events into the files of a folder, in the order of time within and across files. A file
 * has its name when it is complete; until then the name begins with a dot.
 */
public final class GenerateFiles {
  private static final long PROGRESS_MASK = (1L << 16) - 1;
  private static final int BUFFER_SIZE = 1 << 16;

  private final Configuration configuration;
  private final FileFormat format;
  private final FilePer filePer;
  private final boolean gzip;

  /**
   * @param configuration of the file system, and of the Avro and Parquet writers
   * @param gzip whether CSV or JSON lines are compressed; Avro and Parquet always are, by zstd
   */
  public GenerateFiles(
      Configuration configuration, FileFormat format, FilePer filePer, boolean gzip) {
    if (gzip && !format.isText()) {
      throw ClickmillException.usage(
          "Invalid compression: gzip is for csv and json, %s is compressed already",
          format.extension());
    }
    this.configuration = configuration;
    this.format = format;
    this.filePer = filePer;
    this.gzip = gzip;
  }

  /**
   * Writes the files. None that exists is overwritten: before anything is written, that is a usage
   * error.
   *
   * @param folder where to, made if missing
   * @return how many events were written
   */
  public long run(GeneratorOptions options, Path folder, ProgressListener listener)
      throws IOException {
    var fileSystem = folder.getFileSystem(configuration);
    if (!fileSystem.mkdirs(folder)) {
      throw ClickmillException.failed("Cannot create folder: %s", folder);
    }
    refuseToOverwrite(fileSystem, options, folder);
    var generator = new EventGenerator(options);
    long events = 0;
    boolean more = generator.next();
    while (more) {
      long second = generator.second();
      long number = filePer.file(second);
      var name = fileName(second);
      var unfinished = new Path(folder, "." + name + ".unfinished");
      deleteLeftover(fileSystem, unfinished);
      try (var file = open(fileSystem, unfinished)) {
        while (more && filePer.file(generator.second()) == number) {
          file.write(generator);
          events++;
          if ((events & PROGRESS_MASK) == 0) {
            listener.generated(events);
          }
          more = generator.next();
        }
        file.finish();
      }
      if (!fileSystem.rename(unfinished, new Path(folder, name))) {
        throw ClickmillException.failed("Cannot rename generated file: %s to %s", unfinished, name);
      }
    }
    listener.generated(events);
    return events;
  }

  /** What a run that was killed left behind. */
  private static void deleteLeftover(FileSystem fileSystem, Path path) throws IOException {
    if (fileSystem.exists(path) && !fileSystem.delete(path, false)) {
      throw ClickmillException.failed("Cannot delete leftover of an earlier run: %s", path);
    }
  }

  private void refuseToOverwrite(FileSystem fileSystem, GeneratorOptions options, Path folder)
      throws IOException {
    Set<String> present =
        Arrays.stream(fileSystem.listStatus(folder))
            .map(FileStatus::getPath)
            .map(Path::getName)
            .collect(Collectors.toSet());
    for (var name : fileNames(options)) {
      if (present.contains(name)) {
        throw ClickmillException.usage(
            "Cannot overwrite file: %s (remove it, or choose another folder)",
            new Path(folder, name));
      }
    }
  }

  private List<String> fileNames(GeneratorOptions options) {
    long first = options.from().atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    long end = options.from().plusDays(options.days()).atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    var names = new ArrayList<String>();
    for (long second = first; second < end; second += 3600) {
      if (second == first || filePer.file(second) != filePer.file(second - 1)) {
        names.add(fileName(second));
      }
    }
    return names;
  }

  private String fileName(long second) {
    return filePer.name(second) + "." + format.extension() + (gzip ? ".gz" : "");
  }

  private EventFile open(FileSystem fileSystem, Path path) throws IOException {
    return switch (format) {
      case CSV -> new CsvFile(openText(fileSystem, path));
      case JSON -> new JsonFile(openText(fileSystem, path));
      case AVRO -> new AvroFile(AvroEventWriter.open(fileSystem, path, configuration, Set.of()));
      case PARQUET ->
          new ParquetFile(
              ParquetTableWriter.open(fileSystem, path, EventRows.SCHEMA, configuration));
    };
  }

  private OutputStream openText(FileSystem fileSystem, Path path) throws IOException {
    var out = fileSystem.create(path, false, BUFFER_SIZE);
    return gzip ? new GZIPOutputStream(out, BUFFER_SIZE) : out;
  }
}
