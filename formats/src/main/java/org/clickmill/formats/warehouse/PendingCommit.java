package org.clickmill.formats.warehouse;

import org.apache.hadoop.fs.Path;

/**
 * A file in the folder of intents.
 *
 * @param file the file
 * @param partition the partition that it is of, by its name
 * @param intent what it says, or null if that is not to be believed
 * @param problem why it is not, or null
 */
record PendingCommit(Path file, Partition partition, Intent intent, String problem) {
  static PendingCommit of(Layout layout, Intent intent) {
    var file = layout.intent(intent.where(), intent.revision());
    return new PendingCommit(file, intent.where(), intent, null);
  }
}
