package org.clickmill.drivers.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CsvTablesTest {
  @Test
  void amountsAreExactAndTextsQuotedWhereNeeded() throws IOException {
    var rows =
        List.of(
            ReportTable.row("apple", new BigDecimal("900100.1000"), 0.45, 1200L),
            ReportTable.row("хозяйка & \"co\"", new BigDecimal("-1.0000"), -0.0, 400L),
            ReportTable.row(null, null, null, null));
    assertThat(
            csv(
                SampleReport.table(
                    "t", null, "value:text revenue:money share:share orders:count", rows)))
        .isEqualTo(
            """
            value,revenue,share,orders
            apple,900100.1000,0.45,1200
            "хозяйка & ""co""\",-1.0000,-0.0,400
            ,,,
            """);
  }

  @Test
  void textsThatASpreadsheetTakesForFormulasAreMarkedAsText() throws IOException {
    var rows =
        List.of("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "=a,b", "a=b").stream()
            .map(text -> ReportTable.row(text))
            .toList();
    assertThat(csv(SampleReport.table("t", null, "value:text", rows)))
        .isEqualTo("value\n'=1+1\n'+1\n'-1\n'@SUM(A1)\n'\tx\n\"'\rx\"\n\"'=a,b\"\na=b\n");
  }

  @Test
  void everyTableOfTheReportHasAFile(@TempDir Path folder) throws IOException {
    var fileSystem = FileSystem.getLocal(new Configuration());
    var csv = folder.resolve("csv");
    var report = SampleReport.create();
    var files = new CsvTables(fileSystem, new org.apache.hadoop.fs.Path(csv.toUri())).write(report);
    assertThat(files)
        .extracting(org.apache.hadoop.fs.Path::getName)
        .containsExactlyElementsOf(
            report.tables().stream().map(table -> table.name() + ".csv").toList())
        .contains("sales.csv", "sessions.csv", "funnel.csv", "sales_by_brand.csv", "rejects.csv");
    assertThat(Files.readAllLines(csv.resolve("rejects.csv")))
        .containsExactly(
            "reason,records", "field price: … is not a number,5", "'-too few fields,2");
  }

  private static String csv(ReportTable table) throws IOException {
    var out = new StringWriter();
    CsvTables.write(table, out);
    return out.toString();
  }
}
