package org.clickmill.jobs.sessions;

import org.clickmill.formats.table.TableSchema;

/** What the steps of a funnel are counted for: all sessions, or those of each value of a column. */
enum FunnelDimension {
  ALL("funnel", null),
  BRAND("funnel_by_brand", "brand"),
  CATEGORY("funnel_by_category", "category_code");

  private final String table;
  private final String column;
  private final TableSchema schema;

  FunnelDimension(String table, String column) {
    this.table = table;
    this.column = column;
    this.schema = TableSchema.load(FunnelDimension.class, table + ".avsc");
  }

  String table() {
    return table;
  }

  /** The column of funnel_sessions that holds the value, null for none. */
  String column() {
    return column;
  }

  TableSchema schema() {
    return schema;
  }

  static FunnelDimension of(String table) {
    for (var dimension : values()) {
      if (dimension.table.equals(table)) {
        return dimension;
      }
    }
    throw new IllegalArgumentException("No table of funnels: " + table);
  }
}
