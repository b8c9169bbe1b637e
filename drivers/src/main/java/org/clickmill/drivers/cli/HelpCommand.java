package org.clickmill.drivers.cli;

import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.clickmill.drivers.pipeline.Nearest;
import org.clickmill.formats.failure.ClickmillException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The same as the option {@code --help}, for who writes it as a command. */
@Command(
    name = "help",
    description = "Shows which commands there are, or the help of one.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    footer = {"", "Example:", "  clickmill help pipeline"})
final class HelpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "COMMAND",
      description = "The command whose help is shown (default: all are listed).")
  private String command;

  @Override
  public Integer call() {
    var root = spec.parent().commandLine();
    var commands = root.getSubcommands();
    if (command != null && !commands.containsKey(command)) {
      throw ClickmillException.usage("%s", invalid(command, commands.keySet()));
    }
    var out = spec.commandLine().getOut();
    (command == null ? root : commands.get(command)).usage(out);
    out.flush();
    return 0;
  }

  /**
   * The message for a command that there is not.
   *
   * @param commands the names of those that there are
   */
  static String invalid(String command, Collection<String> commands) {
    return String.format(
        Locale.ROOT,
        "Invalid command: '%s'.%s",
        command,
        Nearest.question(command, commands, "'clickmill help' lists the commands."));
  }
}
