package org.clickmill.benchmarks.spark;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Locale;
import org.apache.spark.ml.recommendation.ALS;
import org.apache.spark.sql.SparkSession;

/**
 * Recommends products to the users of the table {@code interactions}, and looks at the week after
 * it: which of ten recommended products that are new to a user were bought, beside those of the ten
 * most popular products that are new to the user.
 */
final class Recommendations {
  private static final int RECOMMENDED = 10;
  private static final int HELD_OUT_DAYS = 7;

  private final SparkSession spark;
  private final String warehouse;
  private final LocalDate day;

  private Recommendations(SparkSession spark, String warehouse, LocalDate day) {
    this.spark = spark;
    this.warehouse = warehouse;
    this.day = day;
  }

  /**
   * Prints how good the recommendations are.
   *
   * @param arguments the warehouse, and the day of {@code interactions}
   */
  public static void main(String[] arguments) throws IOException {
    var builder =
        SparkSession.builder()
            .master("local[*]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", "8");
    try (var session = builder.getOrCreate()) {
      session.sparkContext().setLogLevel("ERROR");
      // Else what ALS computes in many iterations is a plan too deep for the stack.
      session.sparkContext().setCheckpointDir(System.getProperty("java.io.tmpdir"));
      new Recommendations(session, arguments[0], LocalDate.parse(arguments[1])).run();
    }
  }

  private void run() {
    for (var table : new String[] {"interactions", "interactions_users", "interactions_products"}) {
      spark
          .read()
          .parquet(warehouse + "/" + table + "/dt=" + day)
          .cache()
          .createOrReplaceTempView(table);
    }
    spark.read().parquet(warehouse + "/events_daily").createOrReplaceTempView("events_daily");
    view(
        "bought",
        """
        SELECT DISTINCT u.user_index, p.product_index
        FROM events_daily e
        JOIN interactions_users u ON u.user_id = e.user_id
        JOIN interactions_products p ON p.product_id = e.product_id
        LEFT ANTI JOIN interactions i
          ON i.user_index = u.user_index AND i.product_index = p.product_index
        WHERE e.dt > '%s' AND e.dt <= '%s' AND e.event_type = 'purchase' AND e.quantity > 0
        """
            .formatted(day, day.plusDays(HELD_OUT_DAYS)));
    view("tested", "SELECT DISTINCT user_index FROM bought");
    recommendByFactors();
    recommendPopular();
    long users = count("SELECT count(*) FROM tested");
    long hits = count("SELECT count(*) FROM by_factors NATURAL JOIN bought");
    long popularHits = count("SELECT count(*) FROM popular NATURAL JOIN bought");
    System.out.printf(
        Locale.ROOT,
        "%d users bought products that are new to them in the %d days after %s.%n"
            + "precision@%d of ALS: %.4f, of the most popular products: %.4f%n",
        users,
        HELD_OUT_DAYS,
        day,
        RECOMMENDED,
        (double) hits / (RECOMMENDED * users),
        (double) popularHits / (RECOMMENDED * users));
  }

  /** The view {@code by_factors}: the products that a factor model of all ratings scores best. */
  private void recommendByFactors() {
    var model =
        new ALS()
            .setImplicitPrefs(true)
            .setUserCol("user_index")
            .setItemCol("product_index")
            .setRatingCol("rating")
            .setRank(64)
            .setMaxIter(10)
            .setCheckpointInterval(2)
            .setRegParam(0.1)
            .setAlpha(1)
            .setSeed(1)
            .fit(spark.sql("SELECT user_index, product_index, rating FROM interactions"));
    // All products are scored, since those that a user knows are left out afterwards.
    int products = (int) count("SELECT count(*) FROM interactions_products");
    model
        .recommendForUserSubset(spark.table("tested"), products)
        .selectExpr("user_index", "inline(recommendations)")
        .withColumnRenamed("rating", "score")
        .createOrReplaceTempView("scored");
    view("by_factors", best("SELECT user_index, product_index, score FROM scored"));
  }

  /** The view {@code popular}: the products with most users. */
  private void recommendPopular() {
    view(
        "popular",
        best(
            """
            SELECT t.user_index, p.product_index, p.score
            FROM tested t
            CROSS JOIN (
              SELECT product_index, count(*) AS score FROM interactions GROUP BY product_index) p
            """));
  }

  private static String best(String scored) {
    return """
        SELECT user_index, product_index
        FROM (
          SELECT
            s.user_index,
            s.product_index,
            row_number() OVER (
              PARTITION BY s.user_index ORDER BY s.score DESC, s.product_index) AS place
          FROM (%s) s
          LEFT ANTI JOIN interactions i
            ON i.user_index = s.user_index AND i.product_index = s.product_index)
        WHERE place <= %s
        """
        .formatted(scored, Integer.toString(RECOMMENDED));
  }

  private void view(String name, String query) {
    spark.sql(query).cache().createOrReplaceTempView(name);
  }

  private long count(String query) {
    return spark.sql(query).first().getLong(0);
  }
}
