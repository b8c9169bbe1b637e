package org.clickmill.distribution;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.clickmill.drivers.cli.Clickmill;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/**
 * Writes what shells and {@code man} know of the commands, as their options describe themselves:
 * {@code completion} for bash and zsh, and {@code asciidoc}, the sources of the man pages.
 */
public final class Manual {
  private static final String ZSH =
      """
      #compdef clickmill
      # The completion of bash, run by zsh's own interpreter of it.
      autoload -U +X bashcompinit && bashcompinit
      source "${${(%):-%x}:A:h}/clickmill.bash"
      """;

  /** What picocli puts between a short option, as -D, and its value: a comma, as between names. */
  private static final Pattern VALUE_BEHIND_A_COMMA = Pattern.compile("\\*, _");

  private Manual() {}

  /**
   * @param arguments the folder to write to
   */
  public static void main(String[] arguments) throws IOException {
    var folder = Path.of(arguments[0]);
    var commandLine = Clickmill.commandLine();
    var completion = Files.createDirectories(folder.resolve("completion"));
    Files.writeString(
        completion.resolve("clickmill.bash"),
        AutoComplete.bash(commandLine.getCommandName(), commandLine));
    Files.writeString(completion.resolve("_clickmill"), ZSH);
    var pages = Files.createDirectories(folder.resolve("asciidoc"));
    var commands =
        Stream.concat(Stream.of(commandLine), commandLine.getSubcommands().values().stream())
            .map(CommandLine::getCommandSpec)
            .toList();
    for (var command : commands) {
      writePage(pages, command);
    }
  }

  private static void writePage(Path folder, CommandSpec command) throws IOException {
    var file = folder.resolve(command.qualifiedName("-") + ".adoc");
    var page = new StringWriter();
    ManPageGenerator.writeSingleManPage(new PrintWriter(page), command);
    Files.writeString(file, VALUE_BEHIND_A_COMMA.matcher(page.toString()).replaceAll("* _"));
  }
}
