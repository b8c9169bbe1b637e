package org.clickmill.drivers.cli;

import java.io.IOException;
import java.time.Clock;
import org.clickmill.drivers.upgrade.UpgradeCheck;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.jobs.kernel.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what this version would compute again of a warehouse. */
@Command(
    name = "upgrade",
    description = {
      "With --check shows what this version would compute again of a warehouse that another version"
          + " has written: by table the partitions, their days, the bytes of their input, and why; what"
          + " pipeline does by itself, and what only pipeline --recompute-outdated does.",
      "It reads every manifest, so it fails where one is damaged, or of a version that is newer."
          + " There is nothing to convert: the next command of this version works on what is there."
    },
    footer = {"", "Example:", "  clickmill upgrade --check --warehouse shop"})
final class UpgradeCommand extends BaseCommand {
  @Option(names = "--check", description = "Look, and compute nothing.")
  private boolean check;

  @Override
  boolean runsJobs() {
    return false;
  }

  @Override
  protected void run(CommandContext context) throws IOException, InterruptedException {
    if (!check) {
      throw ClickmillException.usage(
          "Missing option: --check. There is nothing else to do for an upgrade; 'clickmill pipeline"
              + " --recompute-outdated' computes again what an older logic made");
    }
    var run =
        Run.start(
            context.warehouse(), context.configuration(), Clock.systemUTC(), Run.Progress.SILENT);
    var report = new UpgradeCheck(run).look();
    context.console().result(report, report::text);
  }
}
