package org.clickmill.jobs.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.groupby.GroupBy;
import org.clickmill.jobs.groupby.Grouping;
import org.clickmill.jobs.kernel.Grain;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.kernel.Table.Cadence;
import org.clickmill.jobs.kernel.Table.Spread;

/** A metric as an analysis. Tasks make theirs of its {@link #definition}. */
public final class MetricAnalysis extends GroupBy<MetricRows> {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Raised when the same declaration gives other rows. */
  private static final int LOGIC_VERSION = 1;

  private final Definition definition;
  private final CompiledMetric metric;
  private final Table table;

  /**
   * All that a metric is made of.
   *
   * @param origin what messages call the file
   * @param input the dataset that is read
   * @param inputSchema its columns, as Avro's JSON
   * @param grain of its partitions, and so of the metric's
   * @param cadence likewise
   * @param maxRows the most rows of a partition
   * @param zone whose clock its functions read times off
   */
  private record Definition(
      String origin,
      String yaml,
      String input,
      String inputSchema,
      Grain grain,
      Cadence cadence,
      long maxRows,
      String zone) {}

  /** Takes what {@link #definition} gives. */
  public MetricAnalysis(String definition) {
    this(read(definition));
  }

  private MetricAnalysis(Definition definition) {
    this(definition, compile(definition));
  }

  private MetricAnalysis(Definition definition, CompiledMetric metric) {
    super(metric.name(), () -> new MetricRows(metric));
    this.definition = definition;
    this.metric = metric;
    table = table(definition, metric);
  }

  /**
   * A metric over a table.
   *
   * @param input the table; null for events and order lines
   * @param inputSchema the columns of the dataset that is read
   * @param zone whose clock its functions read times off
   * @throws ClickmillException of kind usage, with file, line and column, if something is wrong
   */
  static MetricAnalysis of(
      MetricText text, Table input, TableSchema inputSchema, long maxRows, ZoneId zone) {
    return new MetricAnalysis(
        new Definition(
            text.origin(),
            text.yaml(),
            input == null ? Datasets.EVENTS_DAILY : input.dataset(),
            inputSchema.avro().toString(),
            input == null ? Grain.DAY : input.grain(),
            input == null ? Cadence.EVERY_PERIOD : input.cadence(),
            maxRows,
            zone.getId()));
  }

  private static CompiledMetric compile(Definition definition) {
    var metric = MetricYaml.read(new MetricText(definition.origin(), definition.yaml()));
    var zone = ZoneId.of(definition.zone());
    if (metric.from().text().equals(Metrics.ORDER_LINES)) {
      return MetricCompiler.compile(metric, LineSource::new, zone);
    }
    var schema = TableSchema.of(new Schema.Parser().parse(definition.inputSchema()));
    boolean areEvents = definition.input().equals(Datasets.EVENTS_DAILY);
    return MetricCompiler.compile(metric, () -> new TableSource(schema, areEvents), zone);
  }

  private static Table table(Definition definition, CompiledMetric metric) {
    var table =
        Table.daily(
                metric.name(),
                metric.schema(),
                Inputs.day(definition.input()),
                LOGIC_VERSION,
                List.of())
            .ofGrain(definition.grain())
            .withCadence(definition.cadence())
            .declaredBy("declaration", metric.fingerprint())
            .ofAtMost(definition.maxRows());
    return metric.top() == null ? table : table.spreadOver(Spread.ONE_REDUCER);
  }

  private static Definition read(String json) {
    try {
      return JSON.readValue(json, Definition.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Invalid definition of a metric: " + json, e);
    }
  }

  @Override
  public String definition() {
    try {
      return JSON.writeValueAsString(definition);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String command() {
    return "pipeline";
  }

  @Override
  public List<Table> tables() {
    return List.of(table);
  }

  /** The metric's table. */
  public Table table() {
    return table;
  }

  /** The path of its file. */
  public String origin() {
    return definition.origin();
  }

  /** What its rows are from, as the file says: events, order_lines or a table. */
  public String from() {
    return metric.from();
  }

  /**
   * The same question in DuckDB's SQL.
   *
   * @param files the glob of a dataset's files
   */
  public String sql(Function<String, String> files) {
    return new MetricSql(metric, definition.input(), files).text();
  }

  @Override
  protected void declare(Grouping<MetricRows> rows) {
    new MetricMeasures(metric, rows).declare();
  }
}
