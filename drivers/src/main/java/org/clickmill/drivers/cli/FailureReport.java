package org.clickmill.drivers.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.VersionInfo;
import org.clickmill.drivers.kerberos.SecurityFailure;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.ClusterFailure;
import org.clickmill.formats.failure.Failure;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Tells the user of a failure, in one line on standard error, and chooses the exit code.
 *
 * <p>With {@code --json}, standard output is always one JSON document: the result of the command,
 * or, if it failed before it had one, an object with the field {@code error}.
 */
final class FailureReport {
  private FailureReport() {}

  /** A failure as JSON. */
  record Document(Error error) {}

  /**
   * What went wrong.
   *
   * @param command with the program's name, such as {@code clickmill import}
   * @param kind failed, usage, not-ready, quality or held
   * @param message as on standard error
   */
  record Error(String command, String kind, String message, int exitCode) {}

  private static void printJson(
      CommandLine commandLine, String name, Failure failure, String message) {
    var kind = failure.name().toLowerCase(Locale.ROOT).replace('_', '-');
    var error = new Error(name, kind, message, failure.exitCode());
    commandLine.getOut().println(Console.toJson(new Document(error)));
    commandLine.getOut().flush();
  }

  /** A command line that cannot be parsed. */
  static final class OfParser implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
      var commandLine = failure.getCommandLine();
      var name = commandLine.getCommandSpec().qualifiedName();
      var err = commandLine.getErr();
      var invalidCommand = invalidCommand(failure);
      var message = invalidCommand.orElse(failure.getMessage());
      err.println(name + ": " + message);
      if (invalidCommand.isEmpty()) {
        UnmatchedArgumentException.printSuggestions(failure, err);
      }
      err.println("Try '" + name + " --help'.");
      err.flush();
      if (Arrays.asList(arguments).contains("--json")) {
        printJson(commandLine, name, Failure.USAGE, message);
      }
      return Failure.USAGE.exitCode();
    }

    /** The message for a word that stands where a command is asked for; else empty. */
    private static Optional<String> invalidCommand(ParameterException failure) {
      var commands = failure.getCommandLine().getSubcommands().keySet();
      return failure instanceof UnmatchedArgumentException unmatched
              && !unmatched.isUnknownOption()
              && !commands.isEmpty()
          ? Optional.of(HelpCommand.invalid(unmatched.getUnmatched().get(0), commands))
          : Optional.empty();
    }
  }

  /** A command that threw an exception. */
  static final class OfCommand implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(
        Exception thrown, CommandLine commandLine, ParseResult ignored) {
      var configuration =
          commandLine.getCommand() instanceof BaseCommand command
              ? command.configuration()
              : new Configuration(false);
      var failure = told(thrown, configuration);
      var err = commandLine.getErr();
      var name = commandLine.getCommandSpec().qualifiedName();
      boolean verbose =
          commandLine.getCommand() instanceof BaseCommand command && command.isVerbose();
      boolean isExpected = failure instanceof ClickmillException;
      var message = isExpected ? failure.getMessage() : describe(failure);
      var kind = kind(failure);
      err.println(name + ": " + message + (isExpected ? "" : hint(verbose)));
      if (verbose) {
        printStackTrace(failure, err);
      }
      err.flush();
      if (commandLine.getCommand() instanceof BaseCommand command && command.wantsJsonError()) {
        printJson(commandLine, name, kind, message);
      }
      return kind.exitCode();
    }
  }

  /** What kind of failure a command that threw an exception ends with. */
  static Failure kind(Exception thrown) {
    return told(thrown, new Configuration(false)) instanceof ClickmillException expected
        ? expected.failure()
        : Failure.FAILED;
  }

  /** What a cluster refuses or cannot do is said in words for users. */
  private static Exception told(Exception thrown, Configuration configuration) {
    var ofJava = ofJava(thrown);
    if (ofJava.isPresent()) {
      return ofJava.get();
    }
    return thrown instanceof ClickmillException
        ? thrown
        : SecurityFailure.of(thrown)
            .or(() -> ClusterFailure.of(thrown, configuration))
            .<Exception>map(told -> told)
            .orElse(thrown);
  }

  /**
   * Java 24 has removed that by which older Hadoops learn who runs them. They meet it everywhere,
   * and so it may be the cause of what is said otherwise, too.
   */
  private static Optional<ClickmillException> ofJava(Exception thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnsupportedOperationException
          && "getSubject is not supported".equals(cause.getMessage())) {
        return Optional.of(
            ClickmillException.usage(
                "Cannot run with Java %s: Hadoop %s does not run on it. Set JAVA_HOME to Java 17 or"
                    + " 21, or take a newer Hadoop.",
                System.getProperty("java.version"), VersionInfo.getVersion(), thrown));
      }
    }
    return Optional.empty();
  }

  /** The class and the first line of the message of an exception that nobody wrote for users. */
  static String describe(Throwable failure) {
    var message = failure.getMessage();
    var firstLine = message == null ? "" : message.lines().findFirst().orElse("");
    return failure.getClass().getSimpleName() + (firstLine.isBlank() ? "" : ": " + firstLine);
  }

  private static String hint(boolean verbose) {
    return verbose ? "" : " (--verbose shows where)";
  }

  private static void printStackTrace(Throwable failure, PrintWriter err) {
    failure.printStackTrace(err);
  }
}
