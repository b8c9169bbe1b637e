package org.clickmill.jobs.load;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.table.Row;

/** The offsets that some commits have loaded. */
final class CommittedOffsets {
  private static final int SOURCE = EventColumn.SOURCE_NAME.position();
  private static final int PARTITION = EventColumn.SOURCE_PARTITION.position();
  private static final int OFFSET = EventColumn.SOURCE_OFFSET.position();

  private final Map<String, Map<Integer, List<OffsetRange>>> topics = new HashMap<>();

  private CommittedOffsets() {}

  /** Those of commits that follow each other. */
  static CommittedOffsets of(List<Commit> commits) {
    var offsets = new CommittedOffsets();
    for (var commit : commits) {
      for (var progress : commit.partitions()) {
        offsets.add(
            new OffsetRange(
                progress.topic(), progress.partition(), progress.start(), progress.end()));
      }
    }
    return offsets;
  }

  private void add(OffsetRange range) {
    var ranges =
        topics
            .computeIfAbsent(range.topic(), topic -> new HashMap<>())
            .computeIfAbsent(range.partition(), partition -> new ArrayList<>());
    int last = ranges.size() - 1;
    if (last >= 0 && ranges.get(last).end() == range.start()) {
      ranges.set(
          last,
          new OffsetRange(range.topic(), range.partition(), ranges.get(last).start(), range.end()));
    } else {
      ranges.add(range);
    }
  }

  /** Whether the loader has brought an event; those of an import have no partition. */
  static boolean isLoaded(Row event) {
    return !event.isNull(PARTITION) && !event.isNull(OFFSET);
  }

  /** Whether it was these commits that brought an event. */
  boolean contain(Row event) {
    if (topics.isEmpty() || !isLoaded(event)) {
      return false;
    }
    long offset = event.longValue(OFFSET);
    return topics
        .getOrDefault(event.text(SOURCE), Map.of())
        .getOrDefault(Math.toIntExact(event.longValue(PARTITION)), List.of())
        .stream()
        .anyMatch(range -> offset >= range.start() && offset < range.end());
  }
}
