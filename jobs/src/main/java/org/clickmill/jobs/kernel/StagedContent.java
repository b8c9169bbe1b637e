package org.clickmill.jobs.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.clickmill.formats.event.Fingerprint;
import org.clickmill.formats.table.WrittenFile;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Manifest.DataFile;
import org.clickmill.formats.warehouse.Manifest.Source;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.StagedPartition;
import org.clickmill.jobs.kernel.StagedFiles.StagedFile;

/**
 * What the tasks of a job wrote for one partition, taken together.
 *
 * @param files by name
 * @param fingerprint of all rows
 * @param counts the sums of the files' counts, and {@code rows}
 */
public record StagedContent(
    List<DataFile> files, Fingerprint fingerprint, SortedMap<String, Long> counts) {
  /** Version of the hash by which a day of events is clustered, in its manifest. */
  public static final String VISITOR_HASH = "visitor_hash";

  /** Into how many ranges of hashes a day of events is cut, in its manifest. */
  public static final String HASH_RANGES = "hash_ranges";

  /** Count of events with an event_id, which tells compact whether it has to look for repeats. */
  public static final String EVENT_IDS = "event_ids";

  /**
   * Count of a day's events with both a visitor_id and a user_id. If there are none, a day that is
   * clustered by visitor is clustered by user, too.
   */
  public static final String VISITOR_AND_USER_IDS = "visitor_and_user_ids";

  private static final String ROWS = "rows";

  /** A partition without rows. */
  public static final StagedContent EMPTY = of(List.of());

  public static StagedContent of(Collection<StagedFile> staged) {
    var files = new ArrayList<DataFile>();
    var fingerprint = Fingerprint.EMPTY;
    var counts = new TreeMap<String, Long>();
    for (var file : staged) {
      files.add(file.file());
      fingerprint = fingerprint.plus(file.fingerprint());
      file.counts().forEach((name, count) -> counts.merge(name, count, Long::sum));
    }
    return of(files, fingerprint, counts);
  }

  /** One file, written by the driver. */
  public static StagedContent of(WrittenFile file) {
    return of(List.of(file.file()), file.fingerprint(), new TreeMap<>());
  }

  /** The content of every partition that a job wrote files for. */
  public static Map<Partition, StagedContent> byPartition(Collection<StagedFile> staged) {
    return staged.stream()
        .collect(
            Collectors.groupingBy(
                StagedFile::partition,
                Collectors.collectingAndThen(Collectors.toList(), StagedContent::of)));
  }

  /** This and what a partition holds already. */
  public StagedContent plus(Manifest published) {
    var allFiles = new ArrayList<>(files);
    allFiles.addAll(published.files());
    var allCounts = new TreeMap<>(counts);
    published.counts().forEach((name, count) -> allCounts.merge(name, count, Long::sum));
    return of(allFiles, fingerprint.plus(published.fingerprint()), allCounts);
  }

  /**
   * The staged partition with this content, made from no other partition.
   *
   * @param baseRevision the revision that it replaces, 0 for none
   */
  public StagedPartition madeOf(
      List<Source> sources,
      Partition partition,
      int baseRevision,
      String analysis,
      int logicVersion) {
    return new StagedPartition(
        partition,
        baseRevision,
        files,
        fingerprint,
        List.of(),
        analysis,
        logicVersion,
        new TreeMap<>(),
        counts,
        sources);
  }

  private static StagedContent of(
      List<DataFile> files, Fingerprint fingerprint, SortedMap<String, Long> counts) {
    counts.put(ROWS, DataFile.records(files));
    return new StagedContent(
        files.stream().sorted(Comparator.comparing(DataFile::name)).toList(),
        fingerprint,
        Collections.unmodifiableSortedMap(counts));
  }
}
