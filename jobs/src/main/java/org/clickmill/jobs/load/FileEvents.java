package org.clickmill.jobs.load;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.mapping.Mapping;
import org.clickmill.formats.mapping.SourcePart;
import org.clickmill.formats.mapping.SourceReader;
import org.clickmill.jobs.ingest.SourceFile;
import org.clickmill.jobs.ingest.SourceFiles;

/** The events of files, read as import does; records that are none are counted. */
public final class FileEvents implements EventSupply, Closeable {
  private final Configuration configuration;
  private final Mapping mapping;
  private final List<SourceFile> files;
  private int filesDone;
  private SourceReader reader;
  private long rejected;
  private String firstReason;

  /**
   * @param input a file, or a folder: all event files below it
   */
  public FileEvents(Configuration configuration, Path input, Mapping mapping) throws IOException {
    this.configuration = configuration;
    this.mapping = mapping.keepingCurrencies();
    this.files = new SourceFiles(configuration).list(input, null, mapping).files();
  }

  @Override
  public boolean next() throws IOException {
    while (reader != null || filesDone < files.size()) {
      if (reader == null) {
        reader = open(files.get(filesDone));
      }
      while (reader.next()) {
        if (reader.event() != null) {
          return true;
        }
        if (reader.reject() != null) {
          reject();
        }
      }
      close();
      filesDone++;
    }
    return false;
  }

  @Override
  public Event event() {
    return reader.event();
  }

  public int files() {
    return files.size();
  }

  /** Files that have been read to their end. */
  public int filesDone() {
    return filesDone;
  }

  /** Malformed records. */
  public long rejected() {
    return rejected;
  }

  /** Why the first of these is none, and where; null if all are events. */
  public String firstReason() {
    return firstReason;
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }

  private void reject() {
    if (rejected == 0) {
      firstReason = reader.reject().getSourceName() + ", " + reader.reject().getReason();
    }
    rejected++;
  }

  private SourceReader open(SourceFile file) throws IOException {
    var path = new Path(file.path());
    var part = SourcePart.whole(path.getFileSystem(configuration), path, file.identity());
    return SourceReader.open(part, mapping, configuration);
  }
}
