package org.clickmill.drivers.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The help of a command. Its first line shows what the command cannot do without; the list of
 * options follows. A command that runs no job takes Hadoop's options, but does not list them.
 */
final class CommandHelp extends Help {
  private final boolean runsJobs;
  private final boolean usesFileSystems;
  private boolean makesSections;

  private CommandHelp(CommandSpec spec, ColorScheme colors) {
    super(spec, colors);
    var command = spec.userObject() instanceof BaseCommand base ? base : null;
    runsJobs = command == null || command.runsJobs();
    usesFileSystems = command == null || command.usesFileSystems();
  }

  static Help of(CommandSpec spec, ColorScheme colors) {
    return new CommandHelp(spec, colors);
  }

  @Override
  public String synopsis(int headingLength) {
    if (!commandSpec().subcommands().isEmpty()) {
      return super.synopsis(headingLength);
    }
    var required = commandSpec().options().stream().filter(OptionSpec::required).toList();
    var none = ansi().text("");
    return makeSynopsisFromParts(
        headingLength,
        ansi()
            .text(" [OPTION]...")
            .concat(createDetailedSynopsisOptionsText(List.of(), required, null, false)),
        none,
        none,
        createDetailedSynopsisPositionalsText(Set.<ArgSpec>of()),
        none);
  }

  /**
   * All groups, since options of others would stand among those of no group; those that are listed
   * while the sections are made.
   */
  @Override
  public List<ArgGroupSpec> optionSectionGroups() {
    var all = super.optionSectionGroups();
    return makesSections ? all.stream().filter(this::isListed).toList() : all;
  }

  /** Without the groups whose options mean nothing to the command. */
  @Override
  public String optionListGroupSections() {
    makesSections = true;
    try {
      return super.optionListGroupSections();
    } finally {
      makesSections = false;
    }
  }

  private boolean isListed(ArgGroupSpec group) {
    boolean isHadoops =
        group.options().stream().anyMatch(option -> option.longestName().equals("-conf"));
    return isHadoops ? runsJobs : usesFileSystems;
  }

  @Override
  public Layout createDefaultLayout(
      List<OptionSpec> options, List<PositionalParamSpec> positionals, ColorScheme colors) {
    var usual = super.createDefaultLayout(options, positionals, colors);
    return new WholeWords(colors, usual.textTable());
  }

  @Override
  public IParamLabelRenderer parameterLabelRenderer() {
    return new SpacedLabels(super.parameterLabelRenderer());
  }

  @Override
  public String description(Object... parameters) {
    var usage = commandSpec().usageMessage();
    var glued = Arrays.stream(usage.description()).map(Glue::put).toArray(String[]::new);
    var lines =
        join(
            ansi(),
            usage.width(),
            usage.adjustLineBreaksForWideCJKCharacters(),
            glued,
            new StringBuilder(),
            parameters);
    return Glue.remove(lines.toString());
  }

  /** {@code -conf FILE} beside {@code --input=FILE}, as people write them. */
  private record SpacedLabels(IParamLabelRenderer usual) implements IParamLabelRenderer {
    @Override
    public Ansi.Text renderParameterLabel(ArgSpec argument, Ansi ansi, List<Ansi.IStyle> styles) {
      var label = usual.renderParameterLabel(argument, ansi, styles);
      boolean isShort =
          argument instanceof OptionSpec option && !option.longestName().startsWith("--");
      return isShort && label.plainString().startsWith(usual.separator())
          ? ansi.text(separator()).concat(label.substring(usual.separator().length()))
          : label;
    }

    /** That of options without a long name. */
    @Override
    public String separator() {
      return " ";
    }
  }

  /** Options whose descriptions are broken between words. */
  private static final class WholeWords extends Layout {
    WholeWords(ColorScheme colors, TextTable usual) {
      super(colors, new Table(colors, usual));
    }

    @Override
    public String toString() {
      return Glue.remove(super.toString());
    }

    private static final class Table extends TextTable {
      Table(ColorScheme colors, TextTable usual) {
        super(colors, usual.columns());
        indentWrappedLines = usual.indentWrappedLines;
      }

      @Override
      public Cell putValue(int row, int column, Ansi.Text value) {
        return super.putValue(
            row, column, column == columns().length - 1 ? Glue.put(value) : value);
      }
    }
  }

  /** A character in words that lines are broken within otherwise, behind dots and colons. */
  private static final class Glue {
    /** No line is broken where it is, and nobody is to see it. */
    private static final String CHARACTER = "\uFEFF";

    private Glue() {}

    static String put(String text) {
      var glued = new StringBuilder();
      for (int i = 0; i < text.length(); i++) {
        glued.append(isNeeded(text, i) ? CHARACTER : "").append(text.charAt(i));
      }
      return glued.toString();
    }

    static Ansi.Text put(Ansi.Text text) {
      var plain = text.plainString();
      var glued = text.substring(0, 0);
      int begin = 0;
      for (int i = 1; i < plain.length(); i++) {
        if (isNeeded(plain, i)) {
          glued = glued.concat(text.substring(begin, i)).concat(CHARACTER);
          begin = i;
        }
      }
      return glued.concat(text.substring(begin));
    }

    static String remove(String text) {
      return text.replace(CHARACTER, "");
    }

    private static boolean isNeeded(String text, int position) {
      if (position == 0 || text.charAt(position) <= ' ' || text.charAt(position - 1) <= ' ') {
        return false;
      }
      char before = text.charAt(position - 1);
      return ".:/,|=[".indexOf(before) >= 0
          || text.charAt(position) == '['
          || before == '-' && (position == 1 || !Character.isLetter(text.charAt(position - 2)));
    }
  }
}
