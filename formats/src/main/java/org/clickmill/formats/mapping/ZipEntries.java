package org.clickmill.formats.mapping;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.ZipInputStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;

/**
 * The files in a zip, one after the other, with their checksums checked. Folders are skipped, and
 * files that are hidden: they or a folder above them begin with a dot or an underscore. All others
 * must have the same extension.
 */
final class ZipEntries implements Closeable {
  private static final int END_SIZE = 22;
  private static final int LONGEST_COMMENT = 0xffff;

  /** Stands in the archive's end where there are more entries than two bytes count. */
  private static final int MANY_ENTRIES = 0xffff;

  private final Path path;
  private final ZipInputStream zip;
  private final UnpackLimit limited;
  private final int expected;
  private int entries;
  private String firstName;

  ZipEntries(FSDataInputStream in, Path path, long length, int ratio) throws IOException {
    this.path = path;
    this.expected = entriesAtEnd(in, length);
    this.zip = new ZipInputStream(in);
    this.limited = new UnpackLimit(zip, path, length, ratio);
  }

  /** The unpacked bytes of the next file, which end with it; null behind the last. */
  InputStream next() throws IOException {
    for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      entries++;
      if (!entry.isDirectory() && !isHidden(entry.getName())) {
        checkName(entry.getName());
        return limited;
      }
    }
    // ZipInputStream takes whatever is no entry for the end.
    if (expected != MANY_ENTRIES && entries != expected) {
      throw new IOException(
          "damaged zip: " + entries + " files where its directory names " + expected);
    }
    if (firstName == null) {
      throw ClickmillException.failed("Cannot read file %s: the zip holds no file", path);
    }
    return null;
  }

  /** The error that the file at hand is not of the shape of the first. */
  ClickmillException differs(String how) {
    return ClickmillException.usage(
        "Cannot read file %s: the files in a zip must be of one shape, and the %s; put them into"
            + " zips of their own",
        path, how);
  }

  String firstName() {
    return firstName;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  private void checkName(String name) {
    if (firstName == null) {
      firstName = name;
    } else if (!extension(name).equals(extension(firstName))) {
      throw differs(
          "names of '"
              + BadValueException.shown(firstName)
              + "' and '"
              + BadValueException.shown(name)
              + "' end differently");
    }
  }

  private static boolean isHidden(String name) {
    for (var part : name.split("/")) {
      if (part.startsWith(".") || part.startsWith("_")) {
        return true;
      }
    }
    return false;
  }

  private static String extension(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /** The number of entries that the end of the archive tells; an archive that is cut has none. */
  private static int entriesAtEnd(FSDataInputStream in, long length) throws IOException {
    int size = (int) Math.min(length, END_SIZE + LONGEST_COMMENT);
    byte[] tail = new byte[size];
    in.readFully(length - size, tail);
    for (int i = size - END_SIZE; i >= 0; i--) {
      if (tail[i] == 'P' && tail[i + 1] == 'K' && tail[i + 2] == 5 && tail[i + 3] == 6) {
        return (tail[i + 10] & 0xff) | ((tail[i + 11] & 0xff) << 8);
      }
    }
    throw new IOException("not a zip, or cut off: its directory is missing");
  }
}
