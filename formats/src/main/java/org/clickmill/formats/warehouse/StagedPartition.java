package org.clickmill.formats.warehouse;

import java.util.List;
import java.util.SortedMap;
import org.clickmill.formats.event.Fingerprint;

/**
 * A partition whose data files lie in the run's staging folder, ready to be published.
 *
 * @param partition where it goes
 * @param baseRevision the revision of the published partition that it replaces, 0 when there was
 *     none; if that moved, publishing fails
 * @param files the data files, all that the staged folder holds
 * @param fingerprint what the rows are
 * @param inputs what was read; if one of their versions moved, publishing fails
 * @param analysis the name of what made the rows
 * @param logicVersion the version of its logic
 * @param settings the settings that change its result
 * @param counts records by what became of them
 * @param sources the imported files that were read, if any
 * @param sensitivity of the dataset, for the folder that it gets with its first partition
 * @param expired what the published partition holds that this one without files replaces, because
 *     it is older than it is to be kept; else null
 * @param accepted the failed checks that somebody accepted for these rows
 */
public record StagedPartition(
    Partition partition,
    int baseRevision,
    List<Manifest.DataFile> files,
    Fingerprint fingerprint,
    List<Manifest.Input> inputs,
    String analysis,
    int logicVersion,
    SortedMap<String, String> settings,
    SortedMap<String, Long> counts,
    List<Manifest.Source> sources,
    Sensitivity sensitivity,
    Manifest.Expired expired,
    List<Manifest.Accepted> accepted) {
  /** One that has not expired. */
  public StagedPartition(
      Partition partition,
      int baseRevision,
      List<Manifest.DataFile> files,
      Fingerprint fingerprint,
      List<Manifest.Input> inputs,
      String analysis,
      int logicVersion,
      SortedMap<String, String> settings,
      SortedMap<String, Long> counts,
      List<Manifest.Source> sources,
      Sensitivity sensitivity) {
    this(
        partition,
        baseRevision,
        files,
        fingerprint,
        inputs,
        analysis,
        logicVersion,
        settings,
        counts,
        sources,
        sensitivity,
        null,
        List.of());
  }

  /**
   * What is left of a published partition when its files go: everything that its manifest says, so
   * that what was made from it is as fresh as before.
   *
   * @param sensitivity of the dataset
   * @param days the number of days that it was to be kept for
   */
  public static StagedPartition expired(Manifest published, Sensitivity sensitivity, int days) {
    return new StagedPartition(
        published.where(),
        published.revision(),
        List.of(),
        published.fingerprint(),
        published.inputs(),
        published.analysis(),
        published.logicVersion(),
        published.settings(),
        published.counts(),
        published.sources(),
        sensitivity,
        new Manifest.Expired(
            days,
            published.files().size(),
            published.bytes(),
            published.createdAt(),
            published.runId()),
        published.accepted());
  }

  /** The same partition, of which somebody accepted failed checks. */
  public StagedPartition accepting(List<Manifest.Accepted> checks) {
    return new StagedPartition(
        partition,
        baseRevision,
        files,
        fingerprint,
        inputs,
        analysis,
        logicVersion,
        settings,
        counts,
        sources,
        sensitivity,
        expired,
        checks);
  }

  /** One of a dataset that may hold personal data. */
  public StagedPartition(
      Partition partition,
      int baseRevision,
      List<Manifest.DataFile> files,
      Fingerprint fingerprint,
      List<Manifest.Input> inputs,
      String analysis,
      int logicVersion,
      SortedMap<String, String> settings,
      SortedMap<String, Long> counts,
      List<Manifest.Source> sources) {
    this(
        partition,
        baseRevision,
        files,
        fingerprint,
        inputs,
        analysis,
        logicVersion,
        settings,
        counts,
        sources,
        Sensitivity.PERSONAL);
  }

  public StagedPartition {
    files = Manifest.listOf(files);
    inputs = Manifest.listOf(inputs);
    settings = Manifest.sorted(settings);
    counts = Manifest.sorted(counts);
    sources = Manifest.listOf(sources);
    accepted = Manifest.listOf(accepted);
  }

  /**
   * The version that it will have: that of the published partition if the rows are the same.
   *
   * @param base what is published now, or null
   */
  public int versionOver(Manifest base) {
    if (base == null) {
      return 1;
    }
    return fingerprint.equals(base.fingerprint()) ? base.version() : base.version() + 1;
  }
}
