package org.clickmill.benchmarks;

import java.util.List;

/**
 * A question that both sides answer.
 *
 * @param name Clickmill's command; the resources {@code <name>.sql} and {@code <name>-compare.sql}
 *     are DuckDB's way to answer it and the comparison
 * @param datasets the tables that are the answer
 * @param settings what narrows the command to these tables
 */
record Question(String name, List<String> datasets, List<String> settings) {

  static List<Question> all() {
    return List.of(
        new Question(
            "view-counts",
            List.of("view_counts"),
            List.of("clickmill.view-counts.tables=view_counts")),
        new Question(
            "sales",
            List.of("sales", "sales_by_brand"),
            List.of("clickmill.sales.tables=sales,sales_by_brand")));
  }
}
