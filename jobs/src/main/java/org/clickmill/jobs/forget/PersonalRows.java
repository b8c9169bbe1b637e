package org.clickmill.jobs.forget;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.formats.table.TableDescription;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Datasets;

/**
 * Which rows of a table are of some persons, by the columns that its schema marks as personal. Keys
 * of orders and sessions and free text do not name a person by themselves; sketches hold hashes,
 * and no row is of one visitor because of them.
 */
final class PersonalRows {
  private static final Set<String> NOT_IDS =
      Set.of("order_id", "user_session", "session_id", "review");

  private static final byte[] SESSION = "session:".getBytes(StandardCharsets.UTF_8);

  private final List<Column> columns;

  private PersonalRows(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  /** Whether a value is of one of the persons. */
  private interface Test {
    boolean isOfPerson(byte[] bytes, int offset, int length);
  }

  private record Column(String name, Test test) {}

  /** Whether a table can have rows of a person. */
  static boolean isPersonal(String dataset, TableSchema schema) {
    return !of(dataset, schema, new PersonIds(List.of(), List.of())).columns.isEmpty();
  }

  static PersonalRows of(String dataset, TableSchema schema, PersonIds ids) {
    var columns = new ArrayList<Column>();
    for (var column : TableDescription.of(schema).columns()) {
      if (column.isPersonal() && column.type().isBytes()) {
        test(dataset, column.name(), column.type(), ids)
            .ifPresent(test -> columns.add(new Column(column.name(), test)));
      }
    }
    return new PersonalRows(columns);
  }

  private static Optional<Test> test(
      String dataset, String column, TableSchema.Type type, PersonIds ids) {
    if (dataset.equals(Datasets.REJECTS)) {
      var all = new TreeSet<>(ids.users());
      all.addAll(ids.visitors());
      return Optional.of(new TextSearch(all)::isIn);
    }
    if (type == TableSchema.Type.BINARY) {
      return column.equals("state") ? Optional.of(new StateSearch(ids)::isIn) : Optional.empty();
    }
    return switch (column) {
      case "user_id" -> Optional.of(ids::isUser);
      case "visitor_id" -> Optional.of(ids::isVisitor);
      case "visitor" ->
          Optional.of(
              (bytes, offset, length) ->
                  ids.isVisitor(bytes, offset, length)
                      || isNamed((byte) 'v', bytes, offset, length)
                          && ids.isVisitor(bytes, offset + 2, length - 2)
                      || isNamed((byte) 'u', bytes, offset, length)
                          && ids.isUser(bytes, offset + 2, length - 2));
      case "order_key" ->
          Optional.of((bytes, offset, length) -> isOrderOf(ids, bytes, offset, length));
      default ->
          NOT_IDS.contains(column)
              ? Optional.empty()
              : Optional.of(
                  (bytes, offset, length) ->
                      ids.isUser(bytes, offset, length) || ids.isVisitor(bytes, offset, length));
    };
  }

  /** Whether a visitor is called after its kind, as in v:7f3a. */
  private static boolean isNamed(byte kind, byte[] bytes, int offset, int length) {
    return length > 2 && bytes[offset] == kind && bytes[offset + 1] == ':';
  }

  /** Whether an order without order_id is called after one of the persons: session:4:7f3a:… */
  private static boolean isOrderOf(PersonIds ids, byte[] bytes, int offset, int length) {
    int end = offset + length;
    if (length < SESSION.length
        || !Arrays.equals(bytes, offset, offset + SESSION.length, SESSION, 0, SESSION.length)) {
      return false;
    }
    int size = 0;
    int i = offset + SESSION.length;
    for (; i < end && bytes[i] >= '0' && bytes[i] <= '9' && size < length; i++) {
      size = 10 * size + bytes[i] - '0';
    }
    int visitor = i + 1;
    return i < end
        && bytes[i] == ':'
        && size <= end - visitor
        && (ids.isVisitor(bytes, visitor, size) || ids.isUser(bytes, visitor, size));
  }

  /** The columns that are read. */
  List<String> columns() {
    return columns.stream().map(Column::name).toList();
  }

  /** The same for a file that may lack columns. */
  PersonalRows of(List<String> fileColumns) {
    return new PersonalRows(
        columns.stream().filter(column -> fileColumns.contains(column.name())).toList());
  }

  /** The rows of a batch that are of one of the persons. */
  BitSet in(ColumnBatch batch) {
    var rows = new BitSet();
    for (var column : columns) {
      add(batch.strings(column.name()), column.test(), batch.size(), rows);
    }
    return rows;
  }

  private static void add(StringColumn values, Test test, int size, BitSet rows) {
    var ids = new BitSet();
    for (int id = 0; id < values.dictionarySize(); id++) {
      if (test.isOfPerson(values.bytes(), values.offset(id), values.length(id))) {
        ids.set(id);
      }
    }
    if (ids.isEmpty()) {
      return;
    }
    int[] idOfRow = values.ids();
    for (int row = 0; row < size; row++) {
      if (idOfRow[row] != StringColumn.NULL && ids.get(idOfRow[row])) {
        rows.set(row);
      }
    }
  }
}
