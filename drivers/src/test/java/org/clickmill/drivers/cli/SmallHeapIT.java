package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.clickmill.drivers.cli.WideDay.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Import, compact and every analysis in processes of 256 MB, over days that would take a multiple
 * of that as objects: no task may hold a set of everything. {@code clickmill.test.wide-events} says
 * how many events there are; {@code memory-soak} takes more than a build has time for.
 */
final class SmallHeapIT {
  private static final int EVENTS = Integer.getInteger("clickmill.test.wide-events", 400_000);

  @TempDir Path folder;

  private JobJar jobJar;

  @BeforeEach
  void setUp() throws IOException {
    jobJar = new JobJar(folder.resolve("processes"), List.of("-Xmx256m"));
  }

  @AfterEach
  void endProcesses() {
    jobJar.close();
  }

  @Test
  void nearlyEverythingIsDistinct() throws Exception {
    var shop = shop(Shape.DISTINCT, EVENTS);
    assertThat(number("SELECT sum(views) FROM read_parquet('%s/view_counts/**/*.parquet')", shop))
        .isEqualTo(views(shop));
    assertThat(
            number("SELECT count(*) FROM read_parquet('%s/interactions_users/**/*.parquet')", shop))
        .isPositive();
  }

  @Test
  void oneVisitorOneProductAndOneOrderAreMostOfIt() throws Exception {
    var shop = shop(Shape.HOT, EVENTS / 2);
    assertThat(number("SELECT sum(views) FROM read_parquet('%s/view_counts/**/*.parquet')", shop))
        .isEqualTo(views(shop));
    assertThat(number("SELECT sum(events) FROM read_parquet('%s/sessions/**/*.parquet')", shop))
        .isEqualTo(EVENTS / 2);
  }

  /** A warehouse in which everything has been computed. */
  private Path shop(Shape shape, int events) throws Exception {
    var input = folder.resolve("events.csv");
    WideDay.write(input, shape, events);
    var shop = folder.resolve("shop");
    jobJar
        .embedded("import", "--mapping=clickmill", "--input=" + input, "--warehouse=" + shop)
        .succeed();
    Files.delete(input);
    jobJar.embedded("pipeline", "--warehouse=" + shop).succeed();
    assertThat(number("SELECT count(*) FROM read_parquet('%s/events_daily/**/*.parquet')", shop))
        .isEqualTo(events);
    return shop;
  }

  private static long views(Path shop) throws SQLException {
    return number(
        "SELECT count(*) FROM read_parquet('%s/events_daily/**/*.parquet')"
            + " WHERE event_type = 'view'",
        shop);
  }

  private static long number(String sql, Path shop) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement();
        var result = statement.executeQuery(sql.replace("%s", shop.toString()))) {
      result.next();
      return result.getLong(1);
    }
  }
}
