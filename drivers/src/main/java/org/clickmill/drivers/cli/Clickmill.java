package org.clickmill.drivers.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root command: only knows the others. */
@Command(
    name = "clickmill",
    description = "Grinds a shop's clickstream into daily tables with Hadoop MapReduce.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    footer = {
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 input not ready, 4 quality gate, 5 held by another run.",
      "'clickmill COMMAND --help' explains a command, 'clickmill config' lists the settings."
    })
public final class Clickmill implements Runnable {
  private static final int HELP_WIDTH = 105;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private Clickmill() {}

  /** Runs a command line and returns its exit code. */
  public static int run(String... arguments) {
    return commandLine()
        .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
        .execute(arguments);
  }

  /** The parser of every command, fresh. */
  public static CommandLine commandLine() {
    var root = new CommandLine(new Clickmill());
    commands().forEach(root::addSubcommand);
    // What follows reaches the subcommands added above.
    return root.registerConverter(LocalDate.class, Clickmill::parseDay)
        .setUsageHelpWidth(HELP_WIDTH)
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(FailureReport::wrongUsage)
        .setExecutionExceptionHandler(FailureReport::failed);
  }

  /** The commands in the order of the help: the order in which they are used. */
  private static List<BaseCommand> commands() {
    return List.of(
        new DemoCommand(),
        new GenerateCommand(),
        new ImportCommand(),
        new CompactCommand(),
        new AnalyzeCommand(),
        new ViewCountsCommand(),
        new TopProductsCommand(),
        new TrendingCommand(),
        new SalesCommand(),
        new SalesTrendCommand(),
        new SessionsCommand(),
        new FunnelCommand(),
        new CustomersCommand(),
        new ClvCommand(),
        new InteractionsCommand(),
        new PipelineCommand(),
        new ReportCommand(),
        new StatusCommand(),
        new ConfigCommand());
  }

  private static LocalDate parseDay(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new CommandLine.TypeConversionException(
          "'" + text + "' is not a day (expected YYYY-MM-DD)");
    }
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Missing command");
  }
}
