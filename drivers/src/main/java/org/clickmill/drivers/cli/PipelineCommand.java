package org.clickmill.drivers.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.pipeline.FreshDays;
import org.clickmill.drivers.pipeline.PipelineReport;
import org.clickmill.drivers.pipeline.Suite;
import org.clickmill.drivers.pipeline.Suite.Entry;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.live.LiveSwitch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Renews everything that is stale. */
@Command(
    name = "pipeline",
    description = {
      "Runs the whole chain: compact, the analyses, and the tables made from theirs.",
      "What is fresh is skipped; what turns out unchanged keeps its version. Days that lack"
          + " hours are named at the end (exit code 3), after everything else is done. --tables"
          + " narrows it to some tables and what these are made from.",
      "Tables that the setting clickmill.push names are pushed to their Kafka topics afterwards, as"
          + " the command push does."
    },
    footer = {
      "",
      "Example:",
      "  clickmill pipeline --warehouse shop --from 2010-12-01 --to 2011-12-09"
    })
final class PipelineCommand extends TablesCommand {
  @Mixin private SnapshotOptions snapshots;

  @Option(
      names = "--tables",
      split = ",",
      paramLabel = "TABLE",
      description =
          "Renew only these tables and what they are made from; default: all that the settings ask"
              + " for.")
  private List<String> tables = List.of();

  @Option(
      names = "--report-json",
      paramLabel = "FILE",
      description = "Write the table of steps to a file as JSON, too.")
  private Path reportFile;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Write the report up to the last day too, as the command report does, if no day lacks its"
              + " input.")
  private String page;

  @Option(
      names = "--report-from",
      paramLabel = "DAY",
      description =
          "The first day of the report (default: the first with sales, or else with any table).")
  private LocalDate pageFrom;

  private final PipelinePush push = new PipelinePush();

  @Override
  void configure(Configuration configuration) {
    if (pageFrom != null && page == null) {
      throw ClickmillException.usage("Invalid option: --report-from goes with --report FILE");
    }
    var to = range().to();
    if (pageFrom != null && to != null && pageFrom.isAfter(to)) {
      throw ClickmillException.usage(
          "Invalid value of --report-from: %s is after the last day, %s", pageFrom, to);
    }
    // Before anything is computed.
    TablePush.ofSettings(configuration);
  }

  @Override
  List<Entry> entries(Configuration configuration) {
    var all = Suite.entries(configuration);
    return tables.isEmpty() ? all : Suite.withInputs(tables, all);
  }

  @Override
  boolean everyDay() {
    return snapshots.everyDay();
  }

  @Override
  Set<String> optionsOfRuns() {
    return Set.of("--report", "--report-from", "--report-json");
  }

  @Override
  PipelineReport follow(CommandContext context, Run run, PipelineReport report)
      throws IOException, InterruptedException {
    new LiveSwitch(run, new FreshDays(run)).endFreshDays();
    return report.plus(
        push.run(run, TablePush.ofSettings(context.configuration()), context.observed()));
  }

  @Override
  void end() throws Exception {
    push.end();
  }

  private void writePage(CommandContext context) throws IOException {
    var step = context.observed().begin("report");
    try {
      ReportCommand.write(
          context, pageFrom, range().to(), new org.apache.hadoop.fs.Path(page), step);
      step.ended(null);
    } catch (IOException | RuntimeException e) {
      step.ended(e);
      throw e;
    }
  }

  @Override
  void finish(CommandContext context, PipelineReport report) throws Exception {
    if (reportFile != null) {
      Files.writeString(reportFile, Console.toJson(report), StandardCharsets.UTF_8);
    }
    if (page != null && report.notReady().isEmpty()) {
      writePage(context);
    }
  }
}
