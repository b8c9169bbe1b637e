package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A visitor with a million events who never pauses, a session of 100,000 events, and a product with
 * half of all views, in processes of 512 MB.
 */
final class SkewIT {
  private static final long MIDNIGHT = Instant.parse("2024-03-01T00:00:00Z").toEpochMilli();
  private static final long DAY = 86_400_000;
  private static final int RESTLESS = 1_000_000;
  private static final long PAUSE = 2 * DAY / RESTLESS;

  /** Events in the first 24 hours. */
  private static final long FIRST_DAY = 1 + DAY / PAUSE;

  private static final int LONG_SESSION = 100_000;
  private static final int OTHERS = 100_000;

  @TempDir Path folder;

  private final Random random = new Random(7);
  private JobJar jobJar;

  @BeforeEach
  void setUp() throws IOException {
    jobJar = new JobJar(folder.resolve("processes"));
  }

  @AfterEach
  void endProcesses() {
    jobJar.close();
  }

  @Test
  void skewedDaysAreComputedInTheSameMemory() throws Exception {
    var input = folder.resolve("skewed.csv");
    write(input);
    var shop = folder.resolve("shop");
    jobJar
        .embedded("import", "--mapping=clickmill", "--input=" + input, "--warehouse=" + shop)
        .succeed();
    jobJar.embedded("pipeline", "--warehouse=" + shop).succeed();

    // A million events without a pause for two days are two sessions, cut at 24 hours.
    assertThat(
            rows(
                "SELECT events, cut_at_24_hours FROM read_parquet('%s/sessions/**/*.parquet')"
                    + " WHERE visitor = 'restless' ORDER BY start_time",
                shop))
        .containsExactly(FIRST_DAY + " true", RESTLESS - FIRST_DAY + " false");
    assertThat(
            rows(
                "SELECT events, views + carts FROM read_parquet('%s/sessions/**/*.parquet')"
                    + " WHERE visitor = 'long'",
                shop))
        .containsExactly("100000 100000");
    assertThat(rows("SELECT sum(events), NULL FROM read_parquet('%s/sessions/**/*.parquet')", shop))
        .containsExactly(RESTLESS + LONG_SESSION + OTHERS + " null");
  }

  private void write(Path file) throws IOException {
    try (var out = Files.newBufferedWriter(file)) {
      out.write("event_time,event_type,product_id,price,visitor_id,user_id,user_session\n");
      for (int i = 0; i < RESTLESS; i++) {
        line(out, MIDNIGHT + i * PAUSE, "restless");
      }
      for (int i = 0; i < LONG_SESSION; i++) {
        line(out, MIDNIGHT + DAY - 7_200_000 + i * 100L, "long");
      }
      for (int i = 0; i < OTHERS; i++) {
        line(out, MIDNIGHT + random.nextLong(2 * DAY), "v" + random.nextInt(20_000));
      }
    }
  }

  private void line(BufferedWriter out, long time, String visitor) throws IOException {
    var product = random.nextBoolean() ? "hot" : "p" + random.nextInt(10_000);
    var type = random.nextInt(4) == 0 ? "cart" : "view";
    out.write(Instant.ofEpochMilli(time).toString());
    out.write("," + type + "," + product + ",9.99," + visitor + "," + visitor + ",s\n");
  }

  private static List<String> rows(String sql, Path shop) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement();
        var result = statement.executeQuery(sql.replace("%s", shop.toString()))) {
      var rows = new ArrayList<String>();
      while (result.next()) {
        rows.add(result.getString(1) + " " + result.getString(2));
      }
      return rows;
    }
  }
}
