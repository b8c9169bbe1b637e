package org.clickmill.formats.mapping;

import com.github.luben.zstd.ZstdInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.clickmill.formats.failure.ClickmillException;

/** How a text file is packed as a whole, told by the end of its name. */
enum Compression {
  NONE(""),
  GZIP(".gz"),
  ZSTD(".zst");

  private final String extension;

  Compression(String extension) {
    this.extension = extension;
  }

  static Compression ofFile(String path) {
    var name = path.toLowerCase(Locale.ROOT);
    for (var other : new String[] {".bz2", ".xz", ".lz4", ".snappy", ".zip", ".lzo", ".z"}) {
      if (name.endsWith(other)) {
        throw ClickmillException.usage(
            "Cannot read %s: '%s' is not supported; unpack it, or pack it as .gz or .zst",
            path, other);
      }
    }
    if (name.endsWith(GZIP.extension)) {
      return GZIP;
    }
    return name.endsWith(ZSTD.extension) ? ZSTD : NONE;
  }

  /** The name without .gz or .zst. */
  static String stripped(String path) {
    var name = path.toLowerCase(Locale.ROOT);
    if (name.endsWith(GZIP.extension)) {
      return GZIP.strip(path);
    }
    return name.endsWith(ZSTD.extension) ? ZSTD.strip(path) : path;
  }

  /** The name without the extension. */
  String strip(String path) {
    return path.substring(0, path.length() - extension.length());
  }

  /** The stream unpacked; one that is cut short fails instead of ending. */
  InputStream unpack(InputStream packed, long length) throws IOException {
    return switch (this) {
      case NONE -> packed;
      case GZIP -> new GzipStream(packed);
      case ZSTD -> {
        if (length == 0) {
          throw new EOFException("an empty file is no zstd frame");
        }
        yield new ZstdInputStream(packed);
      }
    };
  }
}
