package org.clickmill.jobs.kernel;

import java.util.Arrays;

/**
 * The rows of a batch by the group that each belongs to, such as the dictionary id of a column:
 * those of a group stand together, in the order that they have in the batch. Sorted by counting, in
 * time that grows with rows and groups alone.
 */
public final class RowGroups {
  /** The group of a row that is left out. */
  public static final int NONE = -1;

  private int[] groups = new int[0];
  private int[] starts = new int[2];
  private int[] rows = new int[0];
  private int size;

  /** An array for the group of each row, to be filled before {@link #sort}. */
  public int[] groups(int rowCount) {
    if (groups.length < rowCount) {
      groups = new int[rowCount];
      rows = new int[rowCount];
    }
    return groups;
  }

  /** Groups the rows as {@link #groups} says, each from 0 or {@link #NONE}. */
  public void sort(int rowCount, int groupCount) {
    if (starts.length < groupCount + 2) {
      starts = new int[groupCount + 2];
    }
    Arrays.fill(starts, 0, groupCount + 2, 0);
    for (int row = 0; row < rowCount; row++) {
      // Those left out are counted in a place of their own, which is forgotten.
      starts[groups[row] + 2]++;
    }
    starts[1] = 0;
    for (int group = 2; group < groupCount + 2; group++) {
      starts[group] += starts[group - 1];
    }
    size = starts[groupCount + 1];
    // While rows are placed, starts[group + 1] is where the next row of a group goes.
    for (int row = 0; row < rowCount; row++) {
      int group = groups[row];
      if (group != NONE) {
        rows[starts[group + 1]++] = row;
      }
    }
  }

  /** Number of rows that belong to a group. */
  public int size() {
    return size;
  }

  /** Where the rows of a group begin in {@link #rows()}; the next group's begin at their end. */
  public int start(int group) {
    return starts[group];
  }

  /** The rows, group after group. */
  public int[] rows() {
    return rows;
  }
}
