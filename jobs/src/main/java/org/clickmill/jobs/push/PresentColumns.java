package org.clickmill.jobs.push;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.table.TableSchema.Column;

/** Which columns have a value in a row, where files of a partition may lack newer columns. */
final class PresentColumns {
  private final Set<String> names = new HashSet<>();
  private List<Column> found;

  boolean has(TableReader row, String name) {
    if (row.columns() != found) {
      found = row.columns();
      names.clear();
      found.forEach(column -> names.add(column.name()));
    }
    return names.contains(name) && !row.isNull(name);
  }
}
