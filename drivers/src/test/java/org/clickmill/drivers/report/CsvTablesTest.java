package org.clickmill.drivers.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CsvTablesTest {
  @Test
  void amountsAreExactAndTextsQuotedWhereNeeded() throws IOException {
    var out = new StringWriter();
    CsvTables.write(ReportTables.brands(SampleReport.create()), out);
    assertThat(out.toString())
        .isEqualTo(
            """
            rank,value,revenue,share,orders,units_sold
            1,apple,900100.1000,0.45,1200,2400
            2,samsung,700200.2000,0.35,600,1200
            3,"хозяйка & ""co""\",1.0000,0.0,400,800
            """);
  }

  @Test
  void missingValueIsEmpty() throws IOException {
    var out = new StringWriter();
    CsvTables.write(ReportTables.daily(SampleReport.create()), out);
    assertThat(out.toString()).contains("\n2019-10-09,,,,,,,\n");
  }

  @Test
  void everyTableOfTheReportHasAFile(@TempDir Path folder) throws IOException {
    var fileSystem = FileSystem.getLocal(new Configuration());
    var csv = folder.resolve("csv");
    var files =
        new CsvTables(fileSystem, new org.apache.hadoop.fs.Path(csv.toUri()))
            .write(SampleReport.create());
    assertThat(files)
        .extracting(org.apache.hadoop.fs.Path::getName)
        .containsExactly(
            "sales_by_day.csv",
            "top_products_last_day.csv",
            "top_products.csv",
            "sales_by_category.csv",
            "sales_by_brand.csv",
            "rejects.csv");
    assertThat(Files.readAllLines(csv.resolve("rejects.csv"))).hasSize(3);
  }
}
