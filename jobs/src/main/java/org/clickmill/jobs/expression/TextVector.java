package org.clickmill.jobs.expression;

import org.clickmill.formats.table.StringColumn;

/** A text for each row, as an id in a dictionary. */
public final class TextVector {
  private StringColumn dictionary;
  private int[] ids = new int[0];

  /**
   * Makes room.
   *
   * @param texts what ids stand for
   */
  public void reset(StringColumn texts, int size) {
    dictionary = texts;
    if (ids.length < size) {
      ids = new int[size];
    }
  }

  /** What the ids stand for; its own rows are others. */
  public StringColumn dictionary() {
    return dictionary;
  }

  /** The id of each row, {@link StringColumn#NULL} for none; may be longer. */
  public int[] ids() {
    return ids;
  }
}
