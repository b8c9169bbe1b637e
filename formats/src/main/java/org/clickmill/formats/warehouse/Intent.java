package org.clickmill.formats.warehouse;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.Instant;

/**
 * A commit that may not be carried out yet.
 *
 * @param formatVersion version of this format
 * @param kind whether files or only the manifest are replaced
 * @param dataset the partition's dataset
 * @param partition the partition's path
 * @param revision the revision that it publishes
 * @param staged the staged folder, below the warehouse's root
 * @param runId the run that committed
 * @param user the user who ran it
 * @param createdAt when; information only
 */
record Intent(
    int formatVersion,
    Kind kind,
    String dataset,
    String partition,
    int revision,
    String staged,
    String runId,
    String user,
    @JsonSerialize(using = ToStringSerializer.class)
        @JsonDeserialize(converter = Manifest.InstantParser.class)
        Instant createdAt) {

  enum Kind {
    /** The staged folder takes the place of the published one. */
    REPLACE,
    /** The staged manifest takes the place of the published one. */
    RENEW
  }

  Partition where() {
    return new Partition(dataset, partition);
  }

  /** Whether a published manifest is what this commit was to publish. */
  boolean isOf(Manifest published) {
    return published.revision() == revision && published.runId().equals(runId);
  }
}
