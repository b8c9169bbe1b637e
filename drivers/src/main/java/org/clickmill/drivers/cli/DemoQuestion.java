package org.clickmill.drivers.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.catalog.PartitionRows;
import org.clickmill.drivers.catalog.TableCatalog;
import org.clickmill.drivers.catalog.TextRows;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.views.Trending;

/** What the user of a demo may ask next: a question in SQL with its answer, and commands. */
final class DemoQuestion {
  private static final int ROWS = 3;

  private final Warehouse warehouse;
  private final String command;

  /**
   * @param launcher how the launcher was called, or null if this was not run by it
   */
  DemoQuestion(Warehouse warehouse, String launcher) {
    this.warehouse = warehouse;
    this.command = launcher == null ? "clickmill" : quoted(launcher);
  }

  /** The last lines of the demo. */
  String text() throws IOException {
    var root = quoted(warehouse.root().toString());
    var manifests = warehouse.manifests(Trending.DATASET, null, null);
    var commands =
        String.format(
            Locale.ROOT,
            "Go on with:%n"
                + "  %2$s show clv --warehouse %1$s%n"
                + "  %2$s explain sales --warehouse %1$s%n"
                + "  %2$s ddl --engine duckdb --warehouse %1$s",
            root,
            command);
    return manifests.isEmpty() ? commands : question(manifests.lastKey()) + commands;
  }

  private String question(Partition last) throws IOException {
    var folder = warehouse.pathOf(last);
    var path = "file".equals(folder.toUri().getScheme()) ? folder.toUri().getPath() : folder;
    return String.format(
        Locale.ROOT,
        "Which products are in fashion this week? In DuckDB:%n"
            + "  SELECT rank, product_id, views, views_before%n"
            + "  FROM '%s/*.parquet'%n"
            + "  WHERE window_days = 7 ORDER BY rank LIMIT %d;%n%n%s%n",
        path.toString().replace("'", "''"),
        ROWS,
        answer(last));
  }

  /** As a shell takes it for one word. */
  private static String quoted(String path) {
    return path.matches("[\\w/:.,=@%+-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
  }

  /** The rows of the shortest window come first, in order of rank. */
  private String answer(Partition last) throws IOException {
    var answer = new StringWriter();
    var table = TableCatalog.of(new Configuration(false)).named(Trending.DATASET);
    new PartitionRows(warehouse, table, List.of("rank", "product_id", "views", "views_before"))
        .print(List.of(last), ROWS, new TextRows(new PrintWriter(answer)));
    return answer.toString();
  }
}
