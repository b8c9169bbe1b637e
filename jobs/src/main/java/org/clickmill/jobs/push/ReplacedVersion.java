package org.clickmill.jobs.push;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Manifest.DataFile;
import org.clickmill.formats.warehouse.Versions.Version;
import org.clickmill.jobs.push.SentRows.Share;

/**
 * The version of a partition that the topic holds, read from the trash. Finding what has changed
 * since costs a scan of the files that the two versions do not share.
 */
final class ReplacedVersion implements HeldRows {
  private final Manifest manifest;
  private final VersionFiles before;
  private final VersionFiles now;
  private final RowScan scan;
  private final int limit;

  /** The version cannot be read, or not any more; the topic can. */
  static final class Gone extends IOException {
    private static final long serialVersionUID = 1L;

    Gone(String message, Exception cause) {
      super(message, cause);
    }
  }

  private ReplacedVersion(
      Manifest manifest, VersionFiles before, VersionFiles now, RowScan scan, int limit) {
    this.manifest = manifest;
    this.before = before;
    this.now = now;
    this.scan = scan;
    this.limit = limit;
  }

  /**
   * Compares two versions.
   *
   * @param published what is to be pushed
   * @param limit how many keys to hold
   */
  static ReplacedVersion of(
      Version replaced, Version published, ChangedRows changed, RowScan scan, int limit) {
    var wanted = changed.between(replaced.manifest(), published.manifest()).orElse(null);
    var before = replaced.manifest().files();
    var now = published.manifest().files();
    return new ReplacedVersion(
        replaced.manifest(),
        new VersionFiles(replaced.folder(), without(before, now), wanted),
        new VersionFiles(published.folder(), without(now, before), wanted),
        scan,
        limit);
  }

  /** The rows of the published version that may not be the same in the topic. */
  VersionFiles changed() {
    return now;
  }

  private static List<DataFile> without(List<DataFile> files, List<DataFile> others) {
    var same = new HashSet<>(others);
    return files.stream().filter(file -> !same.contains(file)).toList();
  }

  @Override
  public SentRows take(Share share, Consumer<Share> later) throws Gone {
    var rows = new SentRows(share, limit, later);
    long begin = scan.read();
    try {
      scan.scan(
          before, manifest.where().day(), share, (row, key, columns, hash) -> rows.put(key, hash));
    } catch (IOException | ClickmillException e) {
      throw new Gone("Cannot read " + before.folder(), e);
    }
    if (scan.read() - begin != before.rows()) {
      throw new Gone("Not all rows are in " + before.folder(), null);
    }
    return rows;
  }
}
