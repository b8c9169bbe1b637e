package org.clickmill.drivers.cli;

import org.apache.hadoop.fs.Path;
import org.clickmill.formats.guess.MappingGuess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints a mapping to begin with. */
@Command(
    name = "mapping",
    description = {
      "Looks at a file of events and prints a mapping for it to begin with.",
      "It reads the first 1,000 records of CSV (separated by , ; tab or |), white-space separated"
          + " text, JSON, Avro or Parquet. What is guessed has a comment that says so; what every"
          + " event needs and is not found is a comment to be filled in."
    },
    footer = {
      "",
      "Example:",
      "  clickmill mapping exports/2026-01-01.csv",
      "",
      "Redirect the output to a file, my-shop.yaml; then 'clickmill import --preview --mapping"
          + " my-shop.yaml --input exports/' shows how it reads the events."
    })
final class MappingCommand extends BaseCommand {
  @Parameters(paramLabel = "FILE", description = "The file, as import takes it.")
  private String file;

  @Override
  boolean runsJobs() {
    return false;
  }

  @Override
  boolean knowsTables() {
    return false;
  }

  @Override
  boolean usesWarehouse() {
    return false;
  }

  @Override
  protected void run(CommandContext context) {
    var guess = MappingGuess.of(new Path(file), context.configuration());
    if (!guess.missing().isEmpty()) {
      context
          .console()
          .warn(
              "nothing was found for "
                  + String.join(" and ", guess.missing())
                  + ": fill in the lines that say so");
    }
    if (guess.rejected() > 0) {
      context
          .console()
          .warn(
              "it would reject "
                  + guess.rejected()
                  + " of "
                  + guess.records()
                  + " records: see its comments");
    }
    context.console().result(guess, guess::yaml);
  }
}
