package org.clickmill.jobs.groupby;

import java.util.List;
import org.clickmill.jobs.kernel.ByteWriter;

/** Numbers the groups that rows fall into, from 0 on, in the order in which they turn up. */
final class Slots {
  private final List<Key.Numbers> keys;

  /** Numbers a group by the first keys together with the next; the first key has none before. */
  private final Pairs[] withKeysBefore;

  private int[] slotOfRow = new int[0];
  private int[] numbers = new int[0];
  private int size;

  Slots(List<Key> declared) {
    keys = declared.stream().map(Key::numbers).toList();
    withKeysBefore = new Pairs[keys.size()];
    for (int i = 1; i < keys.size(); i++) {
      withKeysBefore[i] = new Pairs();
    }
  }

  int size() {
    return size;
  }

  /**
   * The group of each selected row, by the row's number.
   *
   * @return is filled anew for each batch; without meaning for rows that are not selected
   */
  int[] of(Rows<?> rows) {
    var selection = rows.all();
    reserve(rows.source().batchRows().length);
    if (keys.isEmpty()) {
      // One group, whose number never changes.
      size = selection.size() > 0 ? 1 : size;
      return slotOfRow;
    }
    keys.get(0).of(rows, slotOfRow);
    size = keys.get(0).size();
    for (int i = 1; i < keys.size(); i++) {
      keys.get(i).of(rows, numbers);
      withKeysBefore[i].number(selection, slotOfRow, numbers);
      size = withKeysBefore[i].size();
    }
    return slotOfRow;
  }

  private void reserve(int rows) {
    if (slotOfRow.length < rows) {
      slotOfRow = new int[rows];
      numbers = keys.size() > 1 ? new int[rows] : numbers;
    }
  }

  /** Writes the keys of a group. */
  void putKey(int slot, ByteWriter key) {
    put(keys.size() - 1, slot, key);
  }

  private void put(int index, int group, ByteWriter key) {
    if (index < 0) {
      return;
    }
    int number = group;
    if (index > 0) {
      put(index - 1, withKeysBefore[index].first(group), key);
      number = withKeysBefore[index].second(group);
    }
    keys.get(index).put(number, key, index == keys.size() - 1);
  }

  long memoryBytes() {
    long bytes = (long) Integer.BYTES * (slotOfRow.length + numbers.length);
    for (int i = 0; i < keys.size(); i++) {
      bytes += keys.get(i).memoryBytes();
      bytes += i == 0 ? 0 : withKeysBefore[i].memoryBytes();
    }
    return bytes;
  }

  void clear() {
    keys.forEach(Key.Numbers::clear);
    for (int i = 1; i < keys.size(); i++) {
      withKeysBefore[i].clear();
    }
    size = 0;
  }
}
