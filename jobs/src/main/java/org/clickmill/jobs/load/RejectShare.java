package org.clickmill.jobs.load;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.jobs.ingest.IngestSettings;
import org.clickmill.jobs.load.LoadJob.Loaded;

/** How much of what was loaded is malformed, beside what the settings allow. */
final class RejectShare {
  private static final int REASONS_SHOWN = 5;

  private final Loaded loaded;
  private final Configuration configuration;
  private final RangeCounts total;

  RejectShare(Loaded loaded, Configuration configuration) {
    this.loaded = loaded;
    this.configuration = configuration;
    this.total = loaded.total();
  }

  /**
   * Fails if it is too much, to be called after the commit.
   *
   * @throws ClickmillException of kind quality
   */
  void check() {
    if (share() > IngestSettings.MAX_REJECT_RATIO.get(configuration)) {
      throw ClickmillException.quality(
          "Too many rejects: %s, more than the share that %s allows. The records are loaded, since"
              + " Kafka will not keep them; malformed records lie in the dataset rejects. The first"
              + " reasons:%s",
          rejects(), IngestSettings.MAX_REJECT_RATIO, reasons());
    }
  }

  /** What the user should look at. */
  List<String> warnings() {
    return share() > IngestSettings.WARN_REJECT_RATIO.get(configuration)
        ? List.of(rejects() + " and lie in the dataset rejects. The first reasons:" + reasons())
        : List.of();
  }

  private double share() {
    return total.rejected() == 0 ? 0 : (double) total.rejected() / candidates();
  }

  private String rejects() {
    return total.rejected() + " of " + candidates() + " records are malformed";
  }

  /** What could have become an event: neither filtered nor a tombstone. */
  private long candidates() {
    return total.events() + total.late() + total.rejected();
  }

  private String reasons() {
    return loaded.reasons().stream()
        .limit(REASONS_SHOWN)
        .collect(Collectors.joining("\n  ", "\n  ", ""));
  }
}
