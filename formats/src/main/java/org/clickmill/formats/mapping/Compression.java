package org.clickmill.formats.mapping;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.clickmill.formats.failure.ClickmillException;
import org.tukaani.xz.XZInputStream;

/** How a text file is packed as a whole, told by the end of its name. */
enum Compression {
  NONE(""),
  GZIP(".gz"),
  ZSTD(".zst"),
  BZIP2(".bz2"),
  XZ(".xz"),
  ZIP(".zip");

  /** The endings of packed text, for people. */
  static final String EXTENSIONS =
      Arrays.stream(values())
          .filter(packed -> packed != NONE)
          .map(packed -> packed.extension)
          .collect(Collectors.joining(", "));

  private static final int BUFFER = 64 * 1024;

  /** What {@code xz -9} needs to unpack is 65 MiB; a file that asks for more fails. */
  private static final int XZ_MEMORY_KB = 128 * 1024;

  private final String extension;

  Compression(String extension) {
    this.extension = extension;
  }

  /**
   * @throws ClickmillException of kind usage if the name's end says that it is packed in a way that
   *     cannot be read
   */
  static Compression ofFile(String path) {
    var name = path.toLowerCase(Locale.ROOT);
    for (var other : new String[] {".lz4", ".snappy", ".lzo", ".z", ".7z", ".rar", ".tar"}) {
      if (name.endsWith(other)) {
        throw ClickmillException.usage(
            "Cannot read %s: '%s' is not supported; unpack it, or pack it as one of %s",
            path, other, EXTENSIONS);
      }
    }
    return byName(name);
  }

  /** The name without the ending of packed text, if it has one. */
  static String stripped(String path) {
    return byName(path.toLowerCase(Locale.ROOT)).strip(path);
  }

  /** The name without the extension. */
  String strip(String path) {
    return path.substring(0, path.length() - extension.length());
  }

  /**
   * The stream unpacked; one that is cut short fails instead of ending. Of a zip, which holds
   * several files, see {@link ZipText}.
   */
  InputStream unpack(InputStream packed, long length) throws IOException {
    if (this != NONE && length == 0) {
      throw new EOFException("an empty file is no " + name().toLowerCase(Locale.ROOT));
    }
    return switch (this) {
      case NONE -> packed;
      case GZIP -> new GzipCompressorInputStream(new BufferedInputStream(packed, BUFFER), true);
      case ZSTD -> new ZstdInputStream(packed);
      case BZIP2 -> new BZip2CompressorInputStream(new BufferedInputStream(packed, BUFFER), true);
      case XZ -> new XZInputStream(new BufferedInputStream(packed, BUFFER), XZ_MEMORY_KB);
      case ZIP -> throw new IllegalStateException("a zip holds several files");
    };
  }

  private static Compression byName(String lowerCaseName) {
    return Arrays.stream(values())
        .filter(packed -> packed != NONE && lowerCaseName.endsWith(packed.extension))
        .findFirst()
        .orElse(NONE);
  }
}
