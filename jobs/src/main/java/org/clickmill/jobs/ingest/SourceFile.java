package org.clickmill.jobs.ingest;

import java.util.List;

/**
 * A file to be imported, as the mapper is told of it.
 *
 * @param path where it lies
 * @param identity who it is: the source's name and the path below the source's folder
 * @param bytes its length
 * @param modified when it was written last, in milliseconds since the epoch
 * @param checksum of its bytes; null until it is needed
 * @param hoursDone hours since the epoch that hold its rows already, from an import that was cut
 *     off
 */
public record SourceFile(
    String path,
    String identity,
    long bytes,
    long modified,
    String checksum,
    List<Long> hoursDone) {
  SourceFile withChecksum(String sum) {
    return new SourceFile(path, identity, bytes, modified, sum, hoursDone);
  }

  SourceFile withHoursDone(List<Long> hours) {
    return new SourceFile(path, identity, bytes, modified, checksum, hours);
  }
}
