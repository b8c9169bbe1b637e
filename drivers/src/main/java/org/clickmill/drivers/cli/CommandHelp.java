package org.clickmill.drivers.cli;

import java.util.Set;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** The help of a command. One that runs no job takes Hadoop's options, but does not list them. */
final class CommandHelp {
  private CommandHelp() {}

  static Help of(CommandSpec spec, Help.ColorScheme colors) {
    return spec.userObject() instanceof BaseCommand command && !command.runsJobs()
        ? new WithoutGroups(spec, colors)
        : new Help(spec, colors);
  }

  /** Hadoop's options are the only group that commands have. */
  private static final class WithoutGroups extends Help {
    WithoutGroups(CommandSpec spec, ColorScheme colors) {
      super(spec, colors);
    }

    @Override
    protected Ansi.Text createDetailedSynopsisGroupsText(Set<ArgSpec> grouped) {
      // What is in here is not listed option by option either.
      commandSpec().argGroups().forEach(group -> grouped.addAll(group.allOptionsNested()));
      return ansi().text("");
    }

    @Override
    public String optionListGroupSections() {
      return "";
    }
  }
}
