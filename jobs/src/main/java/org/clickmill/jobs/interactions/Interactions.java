package org.clickmill.jobs.interactions;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.StagedPartition;
import org.clickmill.jobs.kernel.FoldJob;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.JobChain;
import org.clickmill.jobs.kernel.Outcome;
import org.clickmill.jobs.kernel.Request;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.Schemas;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.kernel.Table.Spread;

/**
 * Ratings of products by users over a window of days, as recommenders take them: users and products
 * are numbered from 0 without gaps, in the order of their ids.
 *
 * <p>Two jobs. The first writes the dictionaries: one reducer takes the users in order and counts,
 * another the products. The second adds up the days by user and product, sorted by both; the user's
 * number, read from the first job's dictionary, comes before what the user did, and a {@link
 * ProductIndex} of bounded memory knows the product's.
 */
public final class Interactions implements JobChain {
  public static final String DATASET = "interactions";

  static final String NAME = "interactions";
  static final String USERS = "interactions_users";
  static final String PRODUCTS = "interactions_products";

  static final TableSchema SCHEMA = schema(DATASET);

  private static final int LOGIC_VERSION = 1;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Table> tables() {
    return tables(new Configuration(false));
  }

  @Override
  public List<Table> tables(Configuration configuration) {
    Weights.of(configuration);
    return List.of(
        table(DATASET, configuration).spreadOver(Spread.BY_FIRST_PART),
        table(USERS, configuration).spreadOver(Spread.ONE_REDUCER),
        table(PRODUCTS, configuration).spreadOver(Spread.ONE_REDUCER));
  }

  @Override
  public Outcome run(Run run, Catalog catalog, Schemas schemas, List<Request> requests)
      throws IOException, InterruptedException {
    var dictionaries =
        new FoldJob(run, catalog, schemas)
            .run(
                "interactions dictionaries",
                Map.of(new DictionaryScan(), dictionaryRequests(run, requests)));
    var ratings = ratings(run, catalog, schemas, requests, dictionaries.partitions());
    var partitions = new ArrayList<>(ratings.partitions());
    for (var dictionary : dictionaries.partitions()) {
      if (isRequested(dictionary.partition(), requests)) {
        partitions.add(dictionary);
      } else {
        discard(run, dictionary.partition());
      }
    }
    return new Outcome(
        partitions,
        dictionaries.rowsRead() + ratings.rowsRead(),
        partitions.stream().mapToLong(partition -> partition.fingerprint().rows()).sum(),
        "",
        List.of());
  }

  /** Ratings need both dictionaries of their day, even if these are not asked for. */
  private List<Request> dictionaryRequests(Run run, List<Request> requests) {
    var days = new TreeSet<LocalDate>();
    requests.forEach(request -> days.add(request.start()));
    var all = new ArrayList<Request>();
    for (var table : tables(run.configuration())) {
      if (!table.dataset().equals(DATASET)) {
        days.forEach(day -> all.add(new Request(table, day)));
      }
    }
    return all;
  }

  private static Outcome ratings(
      Run run,
      Catalog catalog,
      Schemas schemas,
      List<Request> requests,
      List<StagedPartition> dictionaries)
      throws IOException, InterruptedException {
    var wanted =
        requests.stream().filter(request -> request.table().dataset().equals(DATASET)).toList();
    if (wanted.isEmpty()) {
      return new Outcome(List.of(), 0, 0, "", List.of());
    }
    return new FoldJob(run, catalog, schemas)
        .reading(dictionaries)
        .run("interactions ratings", Map.of(new RatingScan(), wanted));
  }

  private static boolean isRequested(Partition partition, List<Request> requests) {
    return requests.stream().anyMatch(request -> request.partition().equals(partition));
  }

  private static void discard(Run run, Partition partition) throws IOException {
    Path folder = run.warehouse().stagingOf(run.id(), partition);
    var fileSystem = run.warehouse().fileSystem();
    if (fileSystem.exists(folder) && !fileSystem.delete(folder, true)) {
      throw ClickmillException.failed("Cannot delete %s", folder);
    }
  }

  private static Table table(String dataset, Configuration configuration) {
    int days = InteractionsSettings.WINDOW_DAYS.get(configuration);
    return Table.daily(
            dataset,
            schema(dataset),
            Inputs.window(InteractionsDays.DATASET, days),
            LOGIC_VERSION,
            InteractionsSettings.all())
        .asSnapshot();
  }

  private static TableSchema schema(String dataset) {
    return TableSchema.load(Interactions.class, dataset + ".avsc");
  }
}
