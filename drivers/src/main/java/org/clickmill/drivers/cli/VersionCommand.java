package org.clickmill.drivers.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The same as the option {@code --version}, for who writes it as a command. */
@Command(
    name = "version",
    description = "Shows the version.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    footer = {"", "Example:", "  clickmill version"})
final class VersionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    spec.commandLine().printVersionHelp(out);
    out.flush();
    return 0;
  }
}
