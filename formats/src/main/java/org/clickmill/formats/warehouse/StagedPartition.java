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
 * @param keepsVersion whether the version stays although the rows change, so that nothing that was
 *     made from them becomes stale
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
    boolean keepsVersion,
    List<Manifest.Accepted> accepted) {
  /** One that has not expired, whose version says whether its rows have changed. */
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
        false,
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
        false,
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
        keepsVersion,
        checks);
  }

  /**
   * What is left of a published partition when some of its rows go: all else that its manifest says
   * stays.
   *
   * @param files the data files, without these rows
   * @param fingerprint of what is left
   * @param counts of what is left
   * @param inputs those that the manifest is to name
   * @param sensitivity of the dataset
   * @param keepsVersion whether what was made from it stays as fresh as it was
   */
  public static StagedPartition reduced(
      Manifest published,
      List<Manifest.DataFile> files,
      Fingerprint fingerprint,
      SortedMap<String, Long> counts,
      List<Manifest.Input> inputs,
      Sensitivity sensitivity,
      boolean keepsVersion) {
    return new StagedPartition(
        published.where(),
        published.revision(),
        files,
        fingerprint,
        inputs,
        published.analysis(),
        published.logicVersion(),
        published.settings(),
        counts,
        published.sources(),
        sensitivity,
        null,
        keepsVersion,
        published.accepted());
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
   * The version that it will have: that of the published partition if the rows are the same, or if
   * it is to stay.
   *
   * @param base what is published now, or null
   */
  public int versionOver(Manifest base) {
    if (base == null) {
      return 1;
    }
    return keepsVersion || fingerprint.equals(base.fingerprint())
        ? base.version()
        : base.version() + 1;
  }
}
