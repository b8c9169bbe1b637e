package org.clickmill.drivers.cli;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.pipeline.PipelineReport;
import org.clickmill.drivers.pipeline.Suite.Entry;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.clv.ClvSettings;
import org.clickmill.jobs.clv.FitCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Values customers. */
@Command(
    name = "clv",
    description =
        "Renews clv and clv_model from the customers of the last day: what each customer"
            + " bought so far, scores and segment, the probability that the customer is alive,"
            + " and the value expected of the purchases to come (BG/NBD and Gamma-Gamma models).",
    footer = {
      "",
      "Examples:",
      "  clickmill clv --warehouse shop --to 2011-12-09 --horizon-days 360",
      "  clickmill clv --warehouse shop --to 2011-12-09 --holdout-weeks 13"
    })
final class ClvCommand extends TablesCommand {
  @Mixin private SnapshotOptions snapshots;

  @Option(
      names = "--horizon-days",
      paramLabel = "DAYS",
      description = "How far ahead purchases are valued: the setting clickmill.clv.horizon-days.")
  private String horizonDays;

  @Option(
      names = "--discount-rate",
      paramLabel = "RATE",
      description =
          "What a month takes from the value of a later purchase, 0.01 is 1 %%: the setting"
              + " clickmill.clv.discount-rate-monthly.")
  private String discountRate;

  @Option(
      names = "--acquired-since",
      paramLabel = "DAY",
      description =
          "Fit models to customers who first bought on this day or later: the setting"
              + " clickmill.clv.acquired-since.")
  private String acquiredSince;

  @Option(
      names = "--fit-by",
      paramLabel = "PERIOD",
      description =
          "Fit models to those who first bought in the same year, quarter or month as well: the"
              + " setting clickmill.clv.fit-by.")
  private String fitBy;

  @Option(
      names = "--holdout-weeks",
      paramLabel = "WEEKS",
      description =
          "Renew clv_calibration too, which compares the last weeks with what models expect that"
              + " are fitted to what was before: the setting clickmill.clv.holdout-weeks.")
  private String holdoutWeeks;

  @Option(
      names = "--require-fit",
      description =
          "End with exit code 4 if the model of the last day's customers does not converge.")
  private boolean requireFit;

  @Override
  void configure(Configuration configuration) {
    set(configuration, ClvSettings.HORIZON_DAYS, horizonDays);
    set(configuration, ClvSettings.DISCOUNT_RATE_MONTHLY, discountRate);
    set(configuration, ClvSettings.ACQUIRED_SINCE, acquiredSince);
    set(configuration, ClvSettings.FIT_BY, fitBy);
    set(configuration, ClvSettings.HOLDOUT_WEEKS, holdoutWeeks);
    ClvSettings.all().forEach(key -> key.get(configuration));
  }

  private static void set(Configuration configuration, ConfigKey<?> key, String value) {
    if (value != null) {
      configuration.set(key.name(), value);
    }
  }

  @Override
  List<Entry> entries(Configuration configuration) {
    return entriesOf("clv", configuration);
  }

  @Override
  boolean everyDay() {
    return snapshots.everyDay();
  }

  @Override
  Set<String> optionsOfRuns() {
    return Set.of("--require-fit");
  }

  @Override
  void finish(CommandContext context, PipelineReport report) throws IOException {
    if (!requireFit || report.to() == null) {
      return;
    }
    var warehouse = Warehouse.open(context.warehousePath(), context.configuration());
    FitCheck.requireFit(warehouse, report.to(), context.configuration());
  }
}
