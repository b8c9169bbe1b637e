package org.clickmill.benchmarks.kernels;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.testdata.generate.FileFormat;
import org.clickmill.testdata.generate.FilePer;
import org.clickmill.testdata.generate.GenerateFiles;
import org.clickmill.testdata.generate.GeneratorOptions;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A Parquet file of one generated day, as large as a day of the large benchmark. */
@State(Scope.Benchmark)
public class DayFile {
  static final int EVENTS = 131_072;

  private static final LocalDate DAY = LocalDate.of(2024, 1, 1);

  final Configuration configuration = new Configuration();

  private FileSystem fileSystem;
  private Path folder;
  private InputFile file;

  @Setup(Level.Trial)
  public void generate() throws IOException {
    fileSystem = FileSystem.getLocal(configuration).getRawFileSystem();
    folder = new Path(Files.createTempDirectory("clickmill-kernels").toUri());
    var status = fileSystem.getFileStatus(generated(FileFormat.PARQUET));
    file =
        new InputFile(
            status.getPath().toString(),
            Partition.ofDay(Datasets.EVENTS_DAILY, DAY),
            status.getLen());
  }

  @TearDown(Level.Trial)
  public void delete() {
    try {
      if (!fileSystem.delete(folder, true)) {
        throw new IOException("Cannot delete " + folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  FileSystem fileSystem() {
    return fileSystem;
  }

  InputFile file() {
    return file;
  }

  /** A file of the same events in some format. */
  Path generated(FileFormat format) throws IOException {
    var target = new Path(folder, format.extension());
    new GenerateFiles(configuration, format, FilePer.DAY, false)
        .run(new GeneratorOptions(1, EVENTS, DAY, 1), target, events -> {});
    return Arrays.stream(fileSystem.listStatus(target))
        .map(FileStatus::getPath)
        .filter(path -> path.getName().endsWith("." + format.extension()))
        .findFirst()
        .orElseThrow();
  }

  /** A path for a file that is written. */
  Path newFile(String extension) {
    return new Path(folder, "written-" + System.nanoTime() + "." + extension);
  }
}
