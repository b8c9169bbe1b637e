package org.clickmill.drivers.oozie;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import org.clickmill.drivers.cli.Clickmill;
import org.clickmill.drivers.cli.DriverSettings;
import org.clickmill.formats.failure.ClickmillException;
import picocli.CommandLine;

/**
 * The main class of java actions: runs the command line that its arguments are, and ends with the
 * command's exit code, which Oozie takes for the error code.
 *
 * <p>A success returns the figures of the command's result as the action's output. A failure leaves
 * its reason in the {@link OozieFolder}.
 */
public final class OozieAction {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Launcher launcher;
  private final Clock clock;
  private final PrintWriter out;
  private final PrintWriter err;
  private final StringWriter reason = new StringWriter();

  OozieAction(Launcher launcher, Clock clock, PrintWriter out, PrintWriter err) {
    this.launcher = launcher;
    this.clock = clock;
    this.out = out;
    this.err = err;
  }

  public static void main(String[] arguments) throws IOException {
    var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int exitCode;
    try {
      var launcher = Launcher.of(System::getProperty, System.getenv());
      exitCode = new OozieAction(launcher, Clock.systemUTC(), out, err).run(arguments);
    } catch (ClickmillException e) {
      err.println("clickmill: " + e.getMessage());
      exitCode = e.failure().exitCode();
    }
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  /**
   * The command line that an action's arguments stand for: without the options of the form {@code
   * --option=}, by which a workflow says that a parameter is not set.
   */
  public static List<String> commandLine(String... arguments) {
    return Arrays.stream(arguments).filter(word -> !word.matches("--[^=]+=")).toList();
  }

  /** Runs the command and returns its exit code. */
  int run(String... arguments) throws IOException {
    var words = commandLine(arguments);
    var result = new StringWriter();
    int exitCode = execute(words, result);
    out.print(result);
    out.flush();
    if (exitCode == 0) {
      writeOutput(words, result.toString());
    }
    keepReason(words, exitCode);
    return exitCode;
  }

  private int execute(List<String> words, StringWriter result) {
    var line = Clickmill.commandLineFor(words.toArray(String[]::new));
    var ofParser = line.getParameterExceptionHandler();
    var ofCommand = line.getExecutionExceptionHandler();
    return line.setOut(new PrintWriter(result))
        .setErr(err)
        .setParameterExceptionHandler(
            (failure, all) ->
                listen(failure.getCommandLine(), () -> ofParser.handleParseException(failure, all)))
        .setExecutionExceptionHandler(
            (failure, command, parsed) ->
                listen(command, () -> ofCommand.handleExecutionException(failure, command, parsed)))
        .execute(withLaunchersOptions(line, words).toArray(String[]::new));
  }

  /** Hands the command what the launcher has, behind its name, unless it takes no such thing. */
  private List<String> withLaunchersOptions(CommandLine line, List<String> words) {
    if (words.isEmpty() || !line.getSubcommands().containsKey(words.get(0))) {
      return words;
    }
    var all = new ArrayList<String>();
    all.add(words.get(0));
    var command = line.getSubcommands().get(words.get(0)).getCommandSpec();
    if (command.findOption("-conf") != null) {
      all.addAll(List.of("-conf", launcher.actionConfiguration().toString()));
      launcher
          .tokens()
          .ifPresent(file -> all.addAll(List.of("-D", "mapreduce.job.credentials.binary=" + file)));
      launcher
          .tags(launcher.configuration())
          .ifPresent(tags -> all.addAll(List.of("-D", "mapreduce.job.tags=" + tags)));
    }
    if (command.findOption("--json") != null && !words.contains("--json")) {
      all.add("--json");
    }
    all.addAll(words.subList(1, words.size()));
    return all;
  }

  /** Lets the report of a failure be printed, and keeps what it says. */
  private int listen(CommandLine command, Callable<Integer> report) throws Exception {
    command.setErr(new PrintWriter(reason));
    try {
      return report.call();
    } finally {
      command.setErr(err);
      err.print(reason);
      err.flush();
    }
  }

  private void writeOutput(List<String> words, String result) throws IOException {
    var output = new OutputProperties();
    output.add("command", words.get(0));
    try {
      Figures.of(JSON.readTree(result)).forEach(output::add);
    } catch (JsonProcessingException e) {
      // Such as the text of --help, which has no figures.
      note("The command's result is not JSON: the action's output has no figures of it");
    }
    if (output.omitted() > 0) {
      note(
          output.omitted()
              + " figures are left out of the action's output, of which Oozie takes "
              + OutputProperties.LIMIT
              + " characters");
    }
    output.write(launcher.output());
  }

  /** Writes down why the action failed, or that it has not; the exit code stays what it is. */
  private void keepReason(List<String> words, int exitCode) {
    var warehouse = warehouse(words);
    if (warehouse.isEmpty()) {
      note("Cannot keep the reason of a failure: neither --warehouse nor a setting names one");
      return;
    }
    try {
      var folder = OozieFolder.open(warehouse.get(), launcher.configuration());
      if (exitCode == 0) {
        folder.removeReason(launcher.workflow(), launcher.action());
      } else {
        folder.write(
            Reason.of(
                launcher.workflow(),
                launcher.action(),
                words,
                exitCode,
                reason.toString(),
                clock.instant()));
      }
      folder.purge(clock.instant());
    } catch (IOException | ClickmillException e) {
      note("Cannot keep the reason of a failure in " + warehouse.get() + ": " + e.getMessage());
    }
  }

  /** The warehouse of a command line, which need not be one that can be parsed. */
  private Optional<Path> warehouse(List<String> words) {
    var named = Optional.<String>empty();
    for (int i = 0; i < words.size(); i++) {
      var word = words.get(i);
      if (word.startsWith("--warehouse=")) {
        named = Optional.of(word.substring(word.indexOf('=') + 1));
      } else if (word.equals("--warehouse") && i + 1 < words.size()) {
        named = Optional.of(words.get(i + 1));
      }
    }
    return named
        .or(() -> Optional.ofNullable(DriverSettings.WAREHOUSE.get(launcher.configuration())))
        .filter(path -> !path.isEmpty())
        .map(Path::new);
  }

  private void note(String text) {
    err.println("clickmill on Oozie: " + text);
    err.flush();
  }
}
