package org.clickmill.formats.warehouse;

/**
 * What became of a staged partition.
 *
 * @param partition the partition
 * @param outcome whether its files were replaced
 * @param version the version that is now published
 */
public record Publication(Partition partition, Outcome outcome, int version) {
  /** How a partition was published. */
  public enum Outcome {
    /** The staged files took the place of those before. */
    PUBLISHED,
    /** The rows had not changed: files and version stay, the manifest says what they came from. */
    RENEWED
  }
}
