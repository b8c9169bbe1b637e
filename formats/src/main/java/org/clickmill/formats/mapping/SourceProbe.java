package org.clickmill.formats.mapping;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;

/** How files and times would be read, for who has no mapping yet. */
public final class SourceProbe {
  private SourceProbe() {}

  /**
   * The first bytes of a file, unpacked if its name says that it is packed.
   *
   * @param most how many
   */
  public static byte[] head(FileSystem fileSystem, Path path, int most) throws IOException {
    var compression = Compression.ofFile(path.getName());
    long length = fileSystem.getFileStatus(path).getLen();
    try (var in = SourceInput.open(fileSystem, path);
        var unpacked = compression.unpack(in, length)) {
      return unpacked.readNBytes(most);
    }
  }

  /** The format that a file's name tells, as a mapping names it; null if it tells none. */
  public static String formatByName(String fileName) {
    return SourceFormat.isKnown(fileName) ? SourceFormat.ofFile(fileName).text() : null;
  }

  /**
   * Whether a text is a time of a form.
   *
   * @param format as in a mapping; one that mappings do not know fits nothing
   */
  public static boolean isTime(String format, String text) {
    byte[] bytes = text.strip().getBytes(StandardCharsets.UTF_8);
    try {
      return TimeFormat.of(format, ZoneOffset.UTC, "probe").millis(bytes, 0, bytes.length)
          != TimeFormat.INVALID;
    } catch (ClickmillException e) {
      return false;
    }
  }
}
