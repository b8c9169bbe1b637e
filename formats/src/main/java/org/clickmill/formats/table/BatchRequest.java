package org.clickmill.formats.table;

import java.util.List;
import java.util.Set;

/**
 * What is wanted of a file. The filters are hints: whole row groups without a wanted row are
 * skipped, but a batch may still hold rows of other types and times.
 *
 * @param schema the table's columns; columns that a file does not have are filled with its defaults
 * @param columns the columns that may be asked for
 * @param eventTypes the event types wanted; empty means all
 * @param fromMillis the earliest event_time wanted
 * @param toMillis the event_time before which events are wanted, exclusive
 */
public record BatchRequest(
    TableSchema schema,
    List<String> columns,
    Set<String> eventTypes,
    long fromMillis,
    long toMillis) {
  public static final String EVENT_TIME = "event_time";
  public static final String EVENT_TYPE = "event_type";

  public BatchRequest {
    columns = List.copyOf(columns);
    eventTypes = Set.copyOf(eventTypes);
    for (var column : columns) {
      schema.ordinal(column);
    }
  }

  /** All rows of some columns. */
  public static BatchRequest of(TableSchema schema, List<String> columns) {
    return new BatchRequest(schema, columns, Set.of(), Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** All rows of all columns. */
  public static BatchRequest all(TableSchema schema) {
    return of(schema, schema.columns().stream().map(TableSchema.Column::name).toList());
  }

  public List<ProjectedColumn> wantedColumns() {
    return columns.stream().map(column -> ProjectedColumn.of(schema, column)).toList();
  }
}
