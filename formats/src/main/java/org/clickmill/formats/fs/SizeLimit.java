package org.clickmill.formats.fs;

import org.clickmill.formats.config.ConfigKey;
import org.clickmill.formats.failure.DamagedFileException;

/**
 * The largest part of a file, a block or a page, that is taken into memory. Sizes in a damaged file
 * may be anything, and only some of them can be checked against the file.
 *
 * @param bytes that the part may have
 * @param rule where the limit comes from, as the subject of a clause
 */
public record SizeLimit(int bytes, String rule) {
  /** Parts of the memory of which one block or page may take one. */
  private static final int PARTS_OF_MEMORY = 4;

  /** Arrays cannot be larger. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - 1024;

  private static final String OF_MEMORY = "a quarter of this process's memory";

  /** No limit but this process's memory. */
  public static SizeLimit ofMemory() {
    return new SizeLimit((int) Math.min(MOST_BYTES, memory()), OF_MEMORY);
  }

  /** As many MiB as a setting says, but no more than this process has the memory for. */
  public static SizeLimit ofMebibytes(int mebibytes, ConfigKey<Integer> setting) {
    return new SizeLimit(
        (int) Math.min(Math.min(MOST_BYTES, mebibytes * 1024L * 1024L), memory()),
        setting.name() + " or " + OF_MEMORY);
  }

  /**
   * Checks the size of a part before room for it is made.
   *
   * @param part what it is, with its article
   * @throws DamagedFileException if the part is larger than allowed
   */
  public void check(String part, long size) {
    if (size > bytes) {
      throw new DamagedFileException("%s of %d bytes, more than %s allows", part, size, rule);
    }
  }

  private static long memory() {
    return Runtime.getRuntime().maxMemory() / PARTS_OF_MEMORY;
  }
}
