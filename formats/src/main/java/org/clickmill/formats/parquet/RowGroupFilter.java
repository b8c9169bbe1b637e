package org.clickmill.formats.parquet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.statistics.BinaryStatistics;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.schema.MessageType;
import org.clickmill.formats.table.BatchRequest;
import org.clickmill.formats.table.LongConversion;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.formats.table.TableSchema.Type;

/** Tells row groups that cannot hold a wanted event from those that may. */
final class RowGroupFilter {
  private final BatchRequest request;
  private final List<byte[]> types;
  private final int timeIndex;
  private final int typeIndex;
  private final LongConversion timeConversion;

  RowGroupFilter(MessageType file, BatchRequest request) {
    this.request = request;
    this.types =
        request.eventTypes().stream().map(type -> type.getBytes(StandardCharsets.UTF_8)).toList();
    boolean wantsAllTimes =
        request.fromMillis() == Long.MIN_VALUE && request.toMillis() == Long.MAX_VALUE;
    this.timeIndex = wantsAllTimes ? -1 : indexOf(file, BatchRequest.EVENT_TIME);
    this.typeIndex = types.isEmpty() ? -1 : indexOf(file, BatchRequest.EVENT_TYPE);
    this.timeConversion =
        timeIndex < 0
            ? null
            : LongConversion.of(file.getColumns().get(timeIndex).getPrimitiveType(), Type.TIME)
                .orElse(null);
  }

  boolean mayHaveWantedTimes(BlockMetaData group) {
    if (timeConversion == null
        || !(statistics(group, timeIndex) instanceof LongStatistics statistics)) {
      return true;
    }
    return timeConversion.apply(statistics.getMax()) >= request.fromMillis()
        && timeConversion.apply(statistics.getMin()) < request.toMillis();
  }

  boolean mayHaveWantedTypes(BlockMetaData group) {
    if (typeIndex < 0 || !(statistics(group, typeIndex) instanceof BinaryStatistics statistics)) {
      return true;
    }
    byte[] least = statistics.getMinBytes();
    byte[] most = statistics.getMaxBytes();
    for (byte[] type : types) {
      if (Arrays.compareUnsigned(type, least) >= 0 && Arrays.compareUnsigned(type, most) <= 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether a wanted type is among those of a batch. */
  boolean hasWantedType(StringColumn column) {
    if (types.isEmpty()) {
      return true;
    }
    byte[] bytes = column.bytes();
    for (int id = 0; id < column.dictionarySize(); id++) {
      int from = column.offset(id);
      int to = from + column.length(id);
      for (byte[] type : types) {
        if (Arrays.equals(bytes, from, to, type, 0, type.length)) {
          return true;
        }
      }
    }
    return false;
  }

  private static Statistics<?> statistics(BlockMetaData group, int index) {
    var statistics = group.getColumns().get(index).getStatistics();
    return statistics != null && statistics.hasNonNullValue() ? statistics : null;
  }

  private static int indexOf(MessageType file, String column) {
    var columns = file.getColumns();
    for (int i = 0; i < columns.size(); i++) {
      var path = columns.get(i).getPath();
      if (path.length == 1 && path[0].equals(column)) {
        return i;
      }
    }
    return -1;
  }
}
