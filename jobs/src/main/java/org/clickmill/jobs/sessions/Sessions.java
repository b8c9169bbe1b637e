package org.clickmill.jobs.sessions;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.analyst.AnalystTables;
import org.clickmill.jobs.kernel.Analysis;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.OutputPartition;
import org.clickmill.jobs.kernel.Request;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.kernel.Table.Spread;

/**
 * Sessions of visitors, by the day that they start; what is open when a day ends; and what every
 * session did in every funnel.
 */
public final class Sessions implements Analysis {
  public static final String SESSIONS = "sessions";

  /** Internal: the sessions that an event of the next day could go on with. */
  public static final String OPEN_SESSIONS = "open_sessions";

  /** Internal: what the funnels and the carts of a day are counted from. */
  public static final String FUNNEL_SESSIONS = "funnel_sessions";

  /** Internal: which products the sessions of a day had, for the tables that are made from it. */
  public static final String SESSION_PRODUCTS = "session_products";

  /** Internal: the time that each session spent with which category, for dwell. */
  public static final String SESSION_DWELL = "session_dwell";

  static final TableSchema SESSIONS_SCHEMA = schema(SESSIONS);
  static final TableSchema OPEN_SESSIONS_SCHEMA = schema(OPEN_SESSIONS);
  static final TableSchema FUNNEL_SESSIONS_SCHEMA = schema(FUNNEL_SESSIONS);

  static final TableSchema SESSION_DWELL_SCHEMA = schema(SESSION_DWELL);
  static final TableSchema SESSION_PRODUCTS_SCHEMA = schema(SESSION_PRODUCTS);

  private static final Set<String> FOR_OTHERS = Set.of(SESSION_PRODUCTS, SESSION_DWELL);

  /**
   * 2: {@code is_capped}; what is open is a state of bounded size. 3: orders and products of an
   * open session are 128-bit hashes. 4: {@code has_purchase}, and where the visitor came from.
   */
  private static final int LOGIC_VERSION = 4;

  /**
   * 2: equal sessions are one row with their number. 3: sessions of bounded size. 4: 128-bit
   * hashes.
   */
  private static final int FUNNEL_SESSIONS_LOGIC_VERSION = 4;

  @Override
  public String name() {
    return "sessions";
  }

  @Override
  public List<Table> tables() {
    return List.of(
        Table.daily(
            OPEN_SESSIONS,
            OPEN_SESSIONS_SCHEMA,
            new SessionInputs(false),
            LOGIC_VERSION,
            withDefinitions()),
        sessions(),
        Table.daily(
            FUNNEL_SESSIONS,
            FUNNEL_SESSIONS_SCHEMA,
            new SessionInputs(true),
            FUNNEL_SESSIONS_LOGIC_VERSION,
            withDefinitions()),
        Table.daily(
            SESSION_PRODUCTS,
            SESSION_PRODUCTS_SCHEMA,
            new SessionInputs(false),
            1,
            List.of(SessionsSettings.MAX_PRODUCTS)),
        Table.daily(SESSION_DWELL, SESSION_DWELL_SCHEMA, new SessionInputs(true), 1, List.of()));
  }

  /**
   * What is there for other tables is not among them. Where dwell is asked for, the state of a
   * session has more in it.
   */
  @Override
  public List<Table> tables(Configuration configuration) {
    boolean hasDwell = AnalystTables.isAsked(AnalystTables.DWELL, configuration);
    return tables().stream()
        .filter(table -> !FOR_OTHERS.contains(table.dataset()))
        .map(
            table ->
                hasDwell && table.dataset().equals(OPEN_SESSIONS)
                    ? table.declaredBy("dwell", "remembered")
                    : table)
        .toList();
  }

  /** A state says how far its session has come in every funnel. */
  private static List<ConfigKey<?>> withDefinitions() {
    var settings = new ArrayList<>(SessionsSettings.ofStates());
    settings.add(FunnelSettings.DEFINITIONS);
    return List.copyOf(settings);
  }

  @Override
  public List<OutputPartition> outputPartitions(
      Collection<Request> requests, Catalog catalog, Configuration configuration) {
    return new SessionOutputs(catalog, configuration).outputPartitions(sessions(), requests);
  }

  @Override
  public Fold fold(FoldContext context, Configuration configuration) {
    return switch (context.dataset()) {
      case Datasets.EVENTS_DAILY ->
          new SessionsFold(
              context,
              FunnelSettings.definitions(configuration),
              SessionsSettings.limits(configuration),
              new FoldedProducts(context, SessionsSettings.MAX_PRODUCTS.get(configuration)));
      case OPEN_SESSIONS -> new OpenSessionsFold(context);
      case SESSIONS -> new FinishedRowsFold(context, SESSIONS_SCHEMA);
      case SESSION_DWELL -> new FinishedRowsFold(context, SESSION_DWELL_SCHEMA);
      case FUNNEL_SESSIONS -> new FinishedRowsFold(context, FUNNEL_SESSIONS_SCHEMA);
      default -> throw new IllegalArgumentException("No input of sessions: " + context.dataset());
    };
  }

  @Override
  public Merge merge(Table table, MergeContext context, Configuration configuration) {
    return new SessionsMerge(
        context,
        FunnelSettings.definitions(configuration),
        SessionsSettings.limits(configuration),
        new MergedProducts(context, SessionsSettings.MAX_PRODUCTS.get(configuration)));
  }

  private static Table sessions() {
    return Table.daily(
            SESSIONS,
            SESSIONS_SCHEMA,
            new SessionInputs(true),
            LOGIC_VERSION,
            SessionsSettings.ofStates())
        .spreadOver(Spread.BY_HASH);
  }

  private static TableSchema schema(String dataset) {
    return TableSchema.load(Sessions.class, dataset + ".avsc");
  }
}
