package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.sales.Sales;

/** A shop of three days with a row in every table, also in those that the settings leave out. */
final class CatalogShop {
  private static final String HEADER =
      "event_time,event_type,product_id,category_id,category_code,brand,price,user_id,"
          + "user_session\n";
  private static final String BAD_RECORD =
      "2019-10-03 10:00:00 UTC,view,1,2,apparel.shoes,\"Ann, é\",cheap,7,s-7\n";

  private static final String REVIEW =
      """
      event_time,event_type,product_id,rating,review
      2019-10-03T10:00:00Z,review,1,5,"Good shoes, and they are comfortable."
      """;

  private CatalogShop() {}

  /** Imports the shop into a folder and runs the pipeline. */
  static void make(Path raw, Path warehouse) throws IOException {
    SmallShop.generate(raw, 900, 3);
    Files.writeString(raw.resolve("2019-10-03-bad.csv"), HEADER + BAD_RECORD);
    var sync = "-Dclickmill.warehouse.sync=false";
    succeed("import", sync, "--mapping=rees46", "--input=" + raw, "--warehouse=" + warehouse);
    var review = Files.writeString(raw.resolveSibling("review.csv"), REVIEW);
    succeed("import", sync, "--mapping=clickmill", "--input=" + review, "--warehouse=" + warehouse);
    var tables = new Sales().tables().stream().map(Table::dataset).collect(Collectors.joining(","));
    var all = "-D" + Sales.TABLES.name() + "=" + tables;
    var summaries =
        "-Dclickmill.summary.tables=daily_summary,traffic,orders,product_performance,dwell,"
            + "user_funnel,reviews";
    var customers = "-Dclickmill.customers.tables=cohorts";
    var checks = "-Dclickmill.checks=default";
    succeed("pipeline", sync, all, summaries, customers, checks, "--warehouse=" + warehouse);
  }

  static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  static CommandRun succeed(String... arguments) {
    var run = CommandRun.of(arguments);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run;
  }
}
