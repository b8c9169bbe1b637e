package org.clickmill.drivers.pipeline;

import java.io.IOException;
import java.util.List;
import org.clickmill.formats.warehouse.StagedPartition;
import org.clickmill.jobs.kernel.Outcome.Refused;
import org.clickmill.jobs.kernel.Run;

/**
 * Judges what a step has staged, before any of it is published. Steps run side by side, so it is
 * asked by several threads.
 */
@FunctionalInterface
public interface PublishGate {
  /** Lets everything pass. */
  PublishGate OPEN = (run, staged) -> new Judged(staged, List.of(), List.of());

  /**
   * Judges partitions.
   *
   * @param run the step, in whose staging folder their files lie
   * @param staged all that the step is about to publish
   */
  Judged judge(Run run, List<StagedPartition> staged) throws IOException, InterruptedException;

  /**
   * What becomes of staged partitions.
   *
   * @param passed those that are published
   * @param stopped those that are not, with the reason
   * @param warnings what the user should look at
   */
  record Judged(List<StagedPartition> passed, List<Refused> stopped, List<String> warnings) {
    public Judged {
      passed = List.copyOf(passed);
      stopped = List.copyOf(stopped);
      warnings = List.copyOf(warnings);
    }
  }
}
