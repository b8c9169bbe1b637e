package org.clickmill.formats.parquet;

/**
 * Whether the pages of a column in a row group refer to a dictionary. They do until it is full, and
 * not at all if the first page with values is not smaller for it. What is given up stays so to the
 * end of the row group; earlier pages keep their dictionary.
 */
final class DictionaryUse {
  private final PageEncoder pages;
  private boolean possible;
  private int size;

  DictionaryUse(PageEncoder pages) {
    this.pages = pages;
    clear();
  }

  /** Begins a new row group. */
  void clear() {
    possible = pages.dictionaryBytes() > 0;
    size = 0;
  }

  /** Whether there is a dictionary to look values up in. */
  boolean isPossible() {
    return possible;
  }

  /** Whether a page of some number of values may refer to the dictionary. */
  boolean isPossible(int values) {
    return possible && (values > 0 || size > 0);
  }

  void giveUp() {
    possible = false;
  }

  /** How many entries of the dictionary pages refer to. */
  int size() {
    return size;
  }

  /** How many entries of a dictionary are of use, now or later. */
  int sizeOf(int dictionarySize) {
    return possible ? dictionarySize : size;
  }

  /** Puts ids into a page, unless it is the first and they do not pay off. */
  boolean putIds(int[] ids, int count, int dictionarySize, long dictionaryBytes, long plainBytes) {
    var body = pages.body();
    int start = body.length();
    if (size > 0 || dictionaryBytes < plainBytes) {
      pages.putIds(ids, count, dictionarySize);
      if (size > 0 || body.length() - start + dictionaryBytes < plainBytes) {
        size = dictionarySize;
        return true;
      }
      body.truncate(start);
    }
    giveUp();
    return false;
  }
}
