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
    assertThat(out.toString()).contains("\n2019-10-09,,,,,,,,,\n");
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
            "sessions_by_day.csv",
            "funnel.csv",
            "funnel_by_brand.csv",
            "funnel_by_category.csv",
            "cart_abandonment.csv",
            "top_products_last_day.csv",
            "top_products.csv",
            "trending.csv",
            "sales_by_category.csv",
            "sales_by_brand.csv",
            "clv_distribution.csv",
            "clv_segments.csv",
            "clv_model.csv",
            "rejects.csv");
    assertThat(Files.readAllLines(csv.resolve("rejects.csv"))).hasSize(3);
  }

  @Test
  void sharesDurationsAndFlagsAreInFull() throws IOException {
    assertThat(csv("cart_abandonment"))
        .contains("\n2019-10-09,,,,,,,\n")
        .contains("\n2019-10-31,30000,15000,12000,3000,0.42000000000000004,3726789.1250,false\n");
    assertThat(csv("sessions_by_day"))
        .contains("\n2019-10-31,300000,1234,0.4,441.5,88.5,24000,0.08\n");
  }

  @Test
  void funnelsAreOneTableEachWithAnyNumberOfSteps() throws IOException {
    assertThat(csv("funnel"))
        .isEqualTo(
            """
            funnel,step,step_name,sessions,conversion_from_previous,conversion_from_first,median_seconds_from_previous
            <b>quick</b>,1,view,10,,1.0,
            <b>quick</b>,2,purchase,0,0.0,0.0,
            view_cart_purchase,1,view,9000000,,1.0,
            view_cart_purchase,2,cart,900000,0.1,0.1,48.0
            view_cart_purchase,3,purchase,450000,0.5,0.05,7384.5
            """);
    assertThat(csv("funnel_by_category"))
        .isEqualTo(
            """
            funnel,rank,value,step,step_name,sessions
            view_cart_purchase,1,electronics.smartphone,1,view,5000000
            view_cart_purchase,1,electronics.smartphone,2,cart,600000
            view_cart_purchase,1,electronics.smartphone,3,purchase,300000
            """);
  }

  @Test
  void tableThatIsMissingIsAHeader(@TempDir Path folder) throws IOException {
    var fileSystem = FileSystem.getLocal(new Configuration());
    new CsvTables(fileSystem, new org.apache.hadoop.fs.Path(folder.toUri()))
        .write(SampleReport.empty());
    assertThat(folder.resolve("clv_segments.csv"))
        .hasContent("segment,customers,share,revenue,mean_revenue,mean_clv");
  }

  private static String csv(String table) throws IOException {
    var out = new StringWriter();
    CsvTables.write(
        ReportTables.all(SampleReport.create()).stream()
            .filter(one -> one.name().equals(table))
            .findFirst()
            .orElseThrow(),
        out);
    return out.toString();
  }
}
