package org.clickmill.drivers.cli;

import java.io.PrintWriter;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells the user of a failure, in one line, and chooses the exit code. */
final class FailureReport {
  private FailureReport() {}

  /** A command line that cannot be parsed. */
  static final class OfParser implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException failure, String[] ignored) {
      var commandLine = failure.getCommandLine();
      var name = commandLine.getCommandSpec().qualifiedName();
      var err = commandLine.getErr();
      err.println(name + ": " + failure.getMessage());
      UnmatchedArgumentException.printSuggestions(failure, err);
      err.println("Try '" + name + " --help'.");
      err.flush();
      return Failure.USAGE.exitCode();
    }
  }

  /** A command that threw an exception. */
  static final class OfCommand implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(
        Exception failure, CommandLine commandLine, ParseResult ignored) {
      var err = commandLine.getErr();
      var name = commandLine.getCommandSpec().qualifiedName();
      boolean verbose =
          commandLine.getCommand() instanceof BaseCommand command && command.isVerbose();
      int exitCode;
      if (failure instanceof ClickmillException expected) {
        err.println(name + ": " + expected.getMessage());
        exitCode = expected.failure().exitCode();
      } else {
        err.println(name + ": " + describe(failure) + hint(verbose));
        exitCode = Failure.FAILED.exitCode();
      }
      if (verbose) {
        printStackTrace(failure, err);
      }
      err.flush();
      return exitCode;
    }
  }

  /** The class and the first line of the message of an exception that nobody wrote for users. */
  private static String describe(Throwable failure) {
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
