package org.clickmill.formats.mapping;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A part of a file: the records that begin in a range of its bytes. Parts that cover a file have
 * each of its records once.
 *
 * @param identity who the file is, which its events say they come from
 * @param start first byte of the range
 * @param end the byte behind the range; at least the file's length for all up to its end
 */
public record SourcePart(FileSystem fileSystem, Path path, String identity, long start, long end) {
  /** A whole file. */
  public static SourcePart whole(FileSystem fileSystem, Path path, String identity) {
    return new SourcePart(fileSystem, path, identity, 0, Long.MAX_VALUE);
  }

  long length() throws IOException {
    return fileSystem.getFileStatus(path).getLen();
  }

  FSDataInputStream open() throws IOException {
    return SourceInput.open(fileSystem, path);
  }
}
