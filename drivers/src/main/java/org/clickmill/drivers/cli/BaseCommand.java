package org.clickmill.drivers.cli;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.GenericOptionsParser;
import org.apache.hadoop.util.Tool;
import org.apache.hadoop.util.ToolRunner;
import org.clickmill.drivers.kerberos.KerberosLogin;
import org.clickmill.drivers.metastore.MetastoreClient;
import org.clickmill.drivers.observe.ObservedRun;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.jobs.metrics.MetricFiles;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What every command has in common: the shared options, the configuration and the checks of the
 * settings. A command is a class like
 *
 * <pre>{@code
 * @Command(
 *     name = "compact",
 *     description = "Makes days of hours.",
 *     footer = {"", "Example:", "  clickmill compact --warehouse shop --from 2019-10-01"})
 * final class CompactCommand extends BaseCommand {
 *   @Option(names = "--from", paramLabel = "DAY", description = "The first day.")
 *   private LocalDate from;
 *
 *   @Override
 *   protected void run(CommandContext context) throws IOException {
 *     var result = new Compactor(context.configuration(), context.warehousePath()).compact(from);
 *     context.console().result(result, () -> "Compacted " + result.days() + " days.");
 *   }
 * }
 * }</pre>
 *
 * and one line in {@link Clickmill}. It fails by throwing a {@link
 * org.clickmill.formats.failure.ClickmillException}, whose message and exit code reach the user;
 * any other exception is reported as a defect with exit code 1.
 */
@Command(mixinStandardHelpOptions = true, versionProvider = VersionProvider.class)
public abstract class BaseCommand implements Callable<Integer> {
  static final String WAREHOUSE = "--warehouse";

  @Spec private CommandSpec spec;

  @Option(
      names = WAREHOUSE,
      paramLabel = "PATH",
      description =
          "Root folder of the warehouse (also CLICKMILL_WAREHOUSE, or the setting"
              + " clickmill.warehouse).")
  private String warehouse;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Option(
      names = "--verbose",
      description = "Print the stack trace of an unexpected failure (also CLICKMILL_DEBUG).")
  private boolean verbose;

  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      description = "Set a setting ('clickmill config' lists them) or a property of Hadoop.")
  private List<String> properties = new ArrayList<>();

  @ArgGroup(exclusive = false, validate = false, heading = "%nOptions of Hadoop:%n")
  private HadoopOptions hadoop = new HadoopOptions();

  @ArgGroup(exclusive = false, validate = false, heading = "%nOptions of a secure cluster:%n")
  private SecureClusterOptions secureCluster = new SecureClusterOptions();

  private Console console;
  private Configuration configuration = new Configuration(false);

  /** Does the work. The options have been parsed and the settings checked. */
  protected abstract void run(CommandContext context) throws Exception;

  /** Sets up Hadoop and runs the command; picocli calls this. */
  @Override
  public final Integer call() throws Exception {
    var commandLine = spec.commandLine();
    console = new Console(spec.name(), commandLine.getOut(), commandLine.getErr(), json);
    configuration = EmbeddedHadoop.configuration();
    EnvironmentSettings.apply(System.getenv(), configuration);
    return ToolRunner.run(configuration, new CommandTool(), hadoop.settings(properties));
  }

  /** Whether the command runs MapReduce jobs, so that its help lists Hadoop's options. */
  boolean runsJobs() {
    return true;
  }

  /** Whether the command reads or writes a warehouse, and one that the user names. */
  boolean usesWarehouse() {
    return true;
  }

  /** Whether the command registers what it publishes, where a metastore is set. */
  boolean registers() {
    return runsJobs();
  }

  /**
   * Whether the command plans or describes tables, so that it reads the metrics of the settings.
   */
  boolean knowsTables() {
    return true;
  }

  /**
   * The name by which metrics and lineage know a run of the command; null where it changes nothing
   * and tells nobody.
   */
  String observedAs() {
    return null;
  }

  /** A run of the command that tells others of itself. */
  final ObservedRun observe(Configuration configuration, String name) {
    var texts = spec.usageMessage().description();
    var text = texts.length == 0 ? null : texts[0].replace("%%", "%");
    return new ObservedRun(name, text, configuration, console::warn);
  }

  /** The command's name. */
  final String name() {
    return spec.name();
  }

  /** Whether the command may touch a file system, which a secure cluster wants a login for. */
  boolean usesFileSystems() {
    return true;
  }

  /**
   * Whether a failure is to be printed as JSON: it is asked for, and no result has been printed.
   */
  boolean wantsJsonError() {
    return json && (console == null || !console.hasResult());
  }

  /** Those of some options that the command line has, by their names. */
  final List<String> given(Collection<String> options) {
    return spec.commandLine().getParseResult().matchedOptions().stream()
        .map(OptionSpec::longestName)
        .filter(options::contains)
        .sorted()
        .toList();
  }

  /**
   * Refuses options that would do nothing.
   *
   * @param reason why, in words such as "--steps publishes nothing"
   * @throws ClickmillException if the command line has one of them
   */
  final void refuse(Collection<String> options, String reason) {
    var given = given(options);
    if (!given.isEmpty()) {
      throw ClickmillException.usage(
          "Invalid options: %s: leave out %s", reason, String.join(", ", given));
    }
  }

  /** What the command works with; nothing is set before it has been called. */
  Configuration configuration() {
    return configuration;
  }

  boolean isVerbose() {
    return verbose || System.getenv("CLICKMILL_DEBUG") != null;
  }

  /** Runs the command after Hadoop's own option parser has changed the configuration. */
  private final class CommandTool extends Configured implements Tool {
    @Override
    public int run(String[] ignored) throws Exception {
      Configuration configuration = getConf();
      EmbeddedHadoop.leaveToCluster(configuration);
      if (warehouse != null) {
        DriverSettings.WAREHOUSE.set(configuration, warehouse);
      }
      secureCluster.set(configuration);
      Settings.check(configuration);
      var name = observedAs();
      var observed = name == null ? ObservedRun.silent() : observe(configuration, name);
      try {
        run(configuration, observed);
      } catch (Exception e) {
        observed.end(e, FailureReport.kind(e).exitCode(), false);
        throw e;
      }
      observed.end(null, 0, false);
      return 0;
    }

    private void run(Configuration configuration, ObservedRun observed) throws Exception {
      if (usesFileSystems()) {
        KerberosLogin.ensure(configuration, isRemote(configuration));
      }
      takeFilesForTasks(configuration);
      if (knowsTables()) {
        MetricFiles.load(configuration);
      }
      DriverSettings.applyJavaHome(configuration);
      try (var metastore = new MetastoreClient(configuration)) {
        metastore.check(registers());
        BaseCommand.this.run(new CommandContext(configuration, console, metastore, observed));
      }
    }

    private boolean isRemote(Configuration configuration) {
      var path = DriverSettings.WAREHOUSE.get(configuration);
      return runsJobs() && !EmbeddedHadoop.isLocal(configuration)
          || isRemote(FileSystem.getDefaultUri(configuration))
          || path != null && !path.isEmpty() && isRemote(new Path(path).toUri());
    }

    private static boolean isRemote(URI uri) {
      return uri.getScheme() != null && !uri.getScheme().equals("file");
    }

    /** Not with the other options of Hadoop, since they may lie where a login is wanted. */
    private void takeFilesForTasks(Configuration configuration) throws IOException {
      var arguments = hadoop.filesForTasks();
      if (arguments.length > 0) {
        new GenericOptionsParser(configuration, arguments);
      }
    }
  }
}
