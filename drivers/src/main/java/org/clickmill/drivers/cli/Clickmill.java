package org.clickmill.drivers.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;

/** The root command: only knows the others. */
@Command(
    name = "clickmill",
    description = "Grinds a shop's clickstream into daily tables with Hadoop MapReduce.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    footer = {
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 input not ready, 4 quality gate, 5 held by"
          + " another run.",
      "'clickmill help COMMAND' explains a command, 'clickmill config' lists the settings."
    })
public final class Clickmill implements Runnable {
  private static final int HELP_WIDTH = 80;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private Clickmill() {}

  /** Runs a command line and returns its exit code. */
  public static int run(String... arguments) {
    return commandLineFor(arguments)
        .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
        .execute(arguments);
  }

  /** The parser of every command, fresh. */
  public static CommandLine commandLine() {
    var all = new ArrayList<Supplier<?>>(commands().values());
    all.add(HelpCommand::new);
    all.add(VersionCommand::new);
    return parser(all);
  }

  /** The parser of one command line: it need not know other commands than the one it names. */
  public static CommandLine commandLineFor(String... arguments) {
    var named = arguments.length == 0 ? null : commands().get(arguments[0]);
    return named == null ? commandLine() : parser(List.of(named));
  }

  private static CommandLine parser(Collection<? extends Supplier<?>> commands) {
    var root = new CommandLine(new Clickmill());
    root.getCommandSpec()
        .addOption(
            OptionSpec.builder("-v")
                .type(boolean.class)
                .versionHelp(true)
                .description("Same as --version.")
                .build());
    commands.forEach(command -> root.addSubcommand(parser(command.get())));
    // What follows reaches the subcommands added above.
    return root.registerConverter(LocalDate.class, new DayConverter())
        .setUsageHelpWidth(HELP_WIDTH)
        .setHelpFactory(CommandHelp::of)
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(new FailureReport.OfParser())
        .setExecutionExceptionHandler(new FailureReport.OfCommand());
  }

  /** Of one command; one that uses no warehouse has no option for it either. */
  private static CommandLine parser(Object command) {
    var parser = new CommandLine(command);
    if (command instanceof BaseCommand base && !base.usesWarehouse()) {
      var spec = parser.getCommandSpec();
      spec.remove(spec.findOption(BaseCommand.WAREHOUSE));
    }
    return parser;
  }

  /** The commands by name, in the order of the help: the order in which they are used. */
  private static Map<String, Supplier<BaseCommand>> commands() {
    var commands = new LinkedHashMap<String, Supplier<BaseCommand>>();
    commands.put("demo", DemoCommand::new);
    commands.put("generate", GenerateCommand::new);
    commands.put("mapping", MappingCommand::new);
    commands.put("import", ImportCommand::new);
    commands.put("load", LoadCommand::new);
    commands.put("live", LiveCommand::new);
    commands.put("publish", PublishCommand::new);
    commands.put("compact", CompactCommand::new);
    commands.put("analyze", AnalyzeCommand::new);
    commands.put("view-counts", ViewCountsCommand::new);
    commands.put("top-products", TopProductsCommand::new);
    commands.put("trending", TrendingCommand::new);
    commands.put("sales", SalesCommand::new);
    commands.put("sales-trend", SalesTrendCommand::new);
    commands.put("sessions", SessionsCommand::new);
    commands.put("funnel", FunnelCommand::new);
    commands.put("customers", CustomersCommand::new);
    commands.put("clv", ClvCommand::new);
    commands.put("interactions", InteractionsCommand::new);
    commands.put("metrics", MetricsCommand::new);
    commands.put("pipeline", PipelineCommand::new);
    commands.put("push", PushCommand::new);
    commands.put("expire", ExpireCommand::new);
    commands.put("forget", ForgetCommand::new);
    commands.put("report", ReportCommand::new);
    commands.put("status", StatusCommand::new);
    commands.put("upgrade", UpgradeCommand::new);
    commands.put("tables", ListTablesCommand::new);
    commands.put("describe", DescribeCommand::new);
    commands.put("show", ShowCommand::new);
    commands.put("explain", ExplainCommand::new);
    commands.put("diff", DiffCommand::new);
    commands.put("ddl", DdlCommand::new);
    commands.put("catalog", CatalogCommand::new);
    commands.put("config", ConfigCommand::new);
    commands.put("doctor", DoctorCommand::new);
    return commands;
  }

  /** A day as ISO 8601 writes it, or yesterday (UTC). */
  private static final class DayConverter implements CommandLine.ITypeConverter<LocalDate> {
    @Override
    public LocalDate convert(String text) {
      if (text.equalsIgnoreCase("yesterday")) {
        return LocalDate.now(ZoneOffset.UTC).minusDays(1);
      }
      try {
        return LocalDate.parse(text);
      } catch (DateTimeParseException e) {
        throw new CommandLine.TypeConversionException(
            "'" + text + "' is not a day (expected YYYY-MM-DD or yesterday)");
      }
    }
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Missing command");
  }
}
