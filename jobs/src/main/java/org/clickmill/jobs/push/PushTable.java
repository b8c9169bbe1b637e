package org.clickmill.jobs.push;

import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.kernel.Grain;
import org.clickmill.jobs.kernel.Table;

/**
 * A table that may be pushed.
 *
 * @param dataset its name
 * @param schema its columns
 * @param grain the days of one partition
 * @param key the columns that identify a row within its partition, none of them where it has one
 *     row at most; empty where rows may be equal
 * @param personal the columns that hold personal data
 */
public record PushTable(
    String dataset,
    TableSchema schema,
    Grain grain,
    Optional<List<String>> key,
    List<String> personal) {
  public PushTable {
    key = key.map(List::copyOf);
    personal = List.copyOf(personal);
  }

  /** A table of the suite, as its schema describes it. */
  public static PushTable of(Table table) {
    var description = table.description();
    return new PushTable(
        table.dataset(),
        table.schema(),
        table.grain(),
        description.key(),
        description.personalColumns());
  }

  /**
   * Checks that rows of the table may be published.
   *
   * @throws ClickmillException of kind usage if it has no key, or personal columns that nobody has
   *     allowed to be published
   */
  public void requirePublishable(Configuration configuration) {
    if (key.isEmpty()) {
      throw ClickmillException.usage(
          "Cannot push table %s: it has no key, so a row could not take the place of its older"
              + " version; choose another table",
          dataset);
    }
    if (!personal.isEmpty() && !PushSettings.ALLOW_PERSONAL.get(configuration).contains(dataset)) {
      throw ClickmillException.usage(
          "Cannot push table %s: it holds personal data (%s); whoever may publish it adds the table"
              + " to %s",
          dataset, String.join(", ", personal), PushSettings.ALLOW_PERSONAL);
    }
  }
}
