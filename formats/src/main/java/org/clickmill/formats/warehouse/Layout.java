package org.clickmill.formats.warehouse;

import org.apache.hadoop.fs.Path;

/**
 * Where things lie below a warehouse's root.
 *
 * @param root the root folder
 */
record Layout(Path root) {
  Path published(Partition partition) {
    return partition.below(root);
  }

  Path manifest(Partition partition) {
    return new Path(root, partition + "/" + Manifest.FILE_NAME);
  }

  Path allStaging() {
    return new Path(root, "_staging");
  }

  Path staging(String runId) {
    return new Path(root, "_staging/" + runId);
  }

  /** Where a run stages a partition, below the root. */
  static String staged(String runId, Partition partition) {
    return "_staging/" + runId + "/" + partition;
  }

  Path allIntents() {
    return new Path(root, "_intents");
  }

  Path intents(String dataset) {
    return new Path(root, "_intents/" + dataset);
  }

  Path intent(Partition partition, int revision) {
    return new Path(
        root, "_intents/" + partition.dataset() + "/" + intentName(partition, revision));
  }

  static String intentName(Partition partition, int revision) {
    return intentPrefix(partition) + revision + ".json";
  }

  static String intentPrefix(Partition partition) {
    return partition.fileName() + ".r";
  }

  Path loader() {
    return new Path(root, "_loader");
  }

  Path loaderCommits() {
    return new Path(root, "_loader/commits");
  }

  /** The folder of the manifests of a dataset's expired partitions that were merged. */
  Path expired(String dataset) {
    return new Path(root, "_expired/" + dataset);
  }

  Path registrations() {
    return new Path(root, "_registrations");
  }

  Path allTrash() {
    return new Path(root, "_trash");
  }

  Path trash(String dataset) {
    return new Path(root, "_trash/" + dataset);
  }

  /** The folder of what was published of a partition before, each as {@code r<revision>}. */
  Path trash(Partition partition) {
    return new Path(root, "_trash/" + partition.dataset() + "/" + partition.fileName());
  }

  Path trash(Partition partition, int revision) {
    return new Path(trash(partition), "r" + revision);
  }
}
