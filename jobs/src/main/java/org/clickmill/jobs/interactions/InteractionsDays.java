package org.clickmill.jobs.interactions;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.event.EventType;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.kernel.Analysis;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.Table;

/**
 * What each user did with each product on a day: how many events of each known type. Events without
 * user_id or product_id are skipped. The table is internal, {@link Interactions} is made from it.
 */
public final class InteractionsDays implements Analysis {
  public static final String DATASET = "interactions_days";

  static final TableSchema SCHEMA = TableSchema.load(InteractionsDays.class, DATASET + ".avsc");

  private static final int LOGIC_VERSION = 1;

  @Override
  public String name() {
    return Interactions.NAME;
  }

  @Override
  public List<Table> tables() {
    return List.of(
        Table.daily(DATASET, SCHEMA, Inputs.day(Datasets.EVENTS_DAILY), LOGIC_VERSION, List.of()));
  }

  @Override
  public Fold fold(FoldContext context, Configuration configuration) {
    return new InteractionsDaysFold(context);
  }

  @Override
  public Merge merge(Table table, MergeContext context, Configuration configuration) {
    return new InteractionsDaysMerge();
  }

  /** The column that counts the events of a type. */
  static String column(EventType type) {
    return switch (type) {
      case VIEW -> "views";
      case CART -> "carts";
      case REMOVE_FROM_CART -> "removes";
      case PURCHASE -> "purchases";
      case RETURN -> "returns";
    };
  }
}
