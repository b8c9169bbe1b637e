package org.clickmill.jobs.reviews;

import static org.clickmill.jobs.reviews.ReviewRows.NEGATIVE;
import static org.clickmill.jobs.reviews.ReviewRows.NEUTRAL;
import static org.clickmill.jobs.reviews.ReviewRows.POSITIVE;
import static org.clickmill.jobs.reviews.ReviewRows.RATED;
import static org.clickmill.jobs.reviews.ReviewRows.REVIEW;
import static org.clickmill.jobs.reviews.ReviewRows.WRITTEN;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.analyst.AnalystTables;
import org.clickmill.jobs.groupby.GroupBy;
import org.clickmill.jobs.groupby.Grouping;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.Table;

/** The reviews of each product on a day: how many, how it is rated, and how they sound. */
public final class Reviews extends GroupBy<ReviewRows> {
  private static final String DATASET = AnalystTables.REVIEWS;
  private static final double SCALE = 1e4;
  private static final TableSchema SCHEMA = TableSchema.load(Reviews.class, DATASET + ".avsc");

  /** Raised when the same text is judged in another way. */
  private static final int LOGIC_VERSION = 1;

  public Reviews() {
    super(DATASET, ReviewRows::new);
  }

  @Override
  public String command() {
    return "pipeline";
  }

  @Override
  public boolean bringsInputs() {
    return true;
  }

  @Override
  public List<Table> tables() {
    return List.of(
        Table.daily(DATASET, SCHEMA, Inputs.day(Datasets.EVENTS_DAILY), LOGIC_VERSION, List.of()));
  }

  @Override
  public List<Table> tables(Configuration configuration) {
    return AnalystTables.asked(tables(), configuration);
  }

  @Override
  protected void declare(Grouping<ReviewRows> events) {
    events.where(REVIEW);
    events.key("product_id");
    events.count("reviews");
    var rated = events.filter(RATED);
    var ratings = rated.count("ratings");
    var stars = rated.sum(ReviewRows::ratings);
    events.computedDouble(
        "mean_rating", () -> (double) stars.value() / ratings.value(), () -> ratings.value() > 0);
    events.filter(POSITIVE).count("positive");
    events.filter(NEUTRAL).count("neutral");
    events.filter(NEGATIVE).count("negative");
    var written = events.filter(WRITTEN);
    var texts = written.count();
    var sum = written.sum(ReviewRows::sentiments);
    events.computedDouble(
        "mean_sentiment", () -> sum.value() / SCALE / texts.value(), () -> texts.value() > 0);
  }
}
