package org.clickmill.formats.table;

import java.nio.charset.StandardCharsets;

/**
 * A column of texts of one batch as dictionary ids: each row holds an id, each id stands for a run
 * of bytes. Work that depends on the text is done once an id, not once a row.
 *
 * <p>Ids are dense from 0 to {@link #dictionarySize()}; two ids may stand for equal texts (a file
 * without dictionary gives each row its own). The arrays belong to the batch: read only, and valid
 * until the reader moves on.
 */
public final class StringColumn {
  /** The id of a row without value. */
  public static final int NULL = -1;

  private final int[] ids;
  private final byte[] bytes;
  private final int[] offsets;
  private final int dictionarySize;
  private final boolean isDistinct;

  /**
   * @param ids the id of each row
   * @param bytes the texts of all ids, one after the other
   * @param offsets where each id's text begins in bytes, and one more for the end of the last
   * @param isDistinct whether the texts of any two ids differ
   */
  public StringColumn(
      int[] ids, byte[] bytes, int[] offsets, int dictionarySize, boolean isDistinct) {
    this.ids = ids;
    this.bytes = bytes;
    this.offsets = offsets;
    this.dictionarySize = dictionarySize;
    this.isDistinct = isDistinct;
  }

  /** The id of each row, {@link #NULL} for none. May be longer than the batch. */
  public int[] ids() {
    return ids;
  }

  public int dictionarySize() {
    return dictionarySize;
  }

  /** Whether equal ids are the only way for two rows to have equal texts. */
  public boolean isDistinct() {
    return isDistinct;
  }

  /** Where each id's text begins in {@link #bytes()}, and one more for the end of the last. */
  public int[] offsets() {
    return offsets;
  }

  /** The bytes that all texts lie in, UTF-8. */
  public byte[] bytes() {
    return bytes;
  }

  public int offset(int id) {
    return offsets[id];
  }

  public int length(int id) {
    return offsets[id + 1] - offsets[id];
  }

  /** The text of an id, or null for {@link #NULL}. */
  public String text(int id) {
    return id == NULL ? null : new String(bytes, offset(id), length(id), StandardCharsets.UTF_8);
  }
}
