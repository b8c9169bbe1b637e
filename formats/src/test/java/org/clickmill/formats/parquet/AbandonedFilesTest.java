package org.clickmill.formats.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.clickmill.formats.avro.AvroEventWriter;
import org.clickmill.formats.event.Reject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is given up is closed and then deleted, since HDFS cannot close what is gone. */
final class AbandonedFilesTest {
  @TempDir java.nio.file.Path folder;

  private final Configuration configuration = new Configuration(false);
  private final ClosingLast fileSystem = new ClosingLast();

  @BeforeEach
  void initialize() throws IOException {
    fileSystem.initialize(URI.create("file:///"), configuration);
  }

  @Test
  void abandonedEventsAreClosedThenDeleted() throws IOException {
    var path = path("events.avro");
    AvroEventWriter.open(fileSystem, path, configuration).close();
    assertThat(Files.exists(folder.resolve("events.avro"))).isFalse();
  }

  @Test
  void abandonedTableIsClosedThenDeleted() throws IOException {
    var path = path("table.parquet");
    try (var writer = RejectWriter.open(fileSystem, path, configuration)) {
      writer.write(new Reject(null, null, null, null, null));
    } catch (RuntimeException e) {
      // A reject without a reason is refused, and the file given up because of it.
      assertThat(e.getSuppressed()).isEmpty();
    }
    assertThat(Files.exists(folder.resolve("table.parquet"))).isFalse();
  }

  @Test
  void fileThatCannotBeClosedIsDeletedAllTheSame() throws IOException {
    var writer = AvroEventWriter.open(fileSystem, path("full.avro"), configuration);
    fileSystem.failure = "No space left on device";
    assertThatThrownBy(writer::close)
        .isInstanceOf(IOException.class)
        .hasMessage("No space left on device");
    assertThat(Files.exists(folder.resolve("full.avro"))).isFalse();
  }

  private Path path(String name) {
    return new Path(folder.resolve(name).toUri());
  }

  /** Refuses to close a file that was deleted before, as a NameNode does. */
  private static final class ClosingLast extends RawLocalFileSystem {
    private String failure;

    @Override
    public FSDataOutputStream create(
        Path path,
        FsPermission permission,
        boolean overwrite,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      return closingLast(
          path,
          super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress));
    }

    @Override
    public FSDataOutputStream create(
        Path path,
        boolean overwrite,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      return closingLast(
          path, super.create(path, overwrite, bufferSize, replication, blockSize, progress));
    }

    private FSDataOutputStream closingLast(Path path, OutputStream out) throws IOException {
      return new FSDataOutputStream(
          new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
              out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
              out.close();
              if (failure != null) {
                throw new IOException(failure);
              }
              if (!exists(path)) {
                throw new FileNotFoundException("File does not exist: " + path);
              }
            }
          },
          null);
    }
  }
}
