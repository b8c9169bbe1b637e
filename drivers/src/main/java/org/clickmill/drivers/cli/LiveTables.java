package org.clickmill.drivers.cli;

import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.live.LiveOutcome;

/** Keeps the live tables, and the topics that they are pushed to, up with a load. */
final class LiveTables {
  private final CommandContext context;
  private final LivePush push;

  LiveTables(CommandContext context, LivePush push) {
    this.context = context;
    this.push = push;
  }

  /** Updates and pushes once. */
  void update(Warehouse warehouse) throws Exception {
    push.run(context, updated(warehouse));
  }

  /** Goes on whatever the live tables fail with: a later update reads the same commits. */
  void follow(Warehouse warehouse) throws InterruptedException {
    LiveOutcome updated;
    try {
      updated = updated(warehouse);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      // It may have published some, and so may the one that was faster.
      push.missed();
      warn("Live tables are behind, loading goes on: ", e);
      return;
    }
    try {
      push.run(context, updated);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      warn("Topics of live tables are behind, loading goes on: ", e);
    }
  }

  private LiveOutcome updated(Warehouse warehouse) throws Exception {
    var updated = LiveCommand.update(context, warehouse);
    if (!updated.days().isEmpty()) {
      context.console().note(LiveCommand.text(updated));
    }
    return updated;
  }

  private void warn(String what, Exception failure) {
    context
        .console()
        .warn(
            what
                + (failure instanceof ClickmillException
                    ? failure.getMessage()
                    : FailureReport.describe(failure)));
  }
}
