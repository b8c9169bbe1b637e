package org.clickmill.formats.mapping;

import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A file as parquet-java wants it, read through the file system that we were given. */
record FileSystemInput(FileSystem fileSystem, Path path, long length) implements InputFile {
  @Override
  public long getLength() {
    return length;
  }

  @Override
  public SeekableInputStream newStream() throws IOException {
    return HadoopStreams.wrap(SourceInput.open(fileSystem, path));
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
