package org.clickmill.drivers.doctor;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.QuotaUsage;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.clickmill.formats.warehouse.WarehouseSite;

/** The space that the file system has left, and what quotas of HDFS leave of it. */
final class SpaceCheck implements Check {
  private static final String SPACE = "space";
  private static final String QUOTA = "quota";

  private final Path root;
  private final Configuration configuration;

  SpaceCheck(Path root, Configuration configuration) {
    this.root = root;
    this.configuration = configuration;
  }

  @Override
  public String name() {
    return SPACE;
  }

  @Override
  public String advice() {
    return "Is the file system of " + root + " up, and may the user read there?";
  }

  @Override
  public List<Finding> run() throws IOException {
    var site = WarehouseSite.of(root, configuration);
    return List.of(space(site), quota(site.fileSystem(), site.nearest()));
  }

  private static Finding space(WarehouseSite site) throws IOException {
    var status = site.fileSystem().getStatus(site.nearest());
    return Room.judge(
        SPACE,
        "of " + site.fileSystem().getUri(),
        status.getRemaining(),
        status.getCapacity(),
        "Delete what is not needed, or add disks.");
  }

  private static Finding quota(FileSystem fs, Path folder) throws IOException {
    if (!(fs instanceof DistributedFileSystem)) {
      return Finding.skipped(QUOTA, "only HDFS has quotas");
    }
    long file =
        Math.multiplyExact(fs.getDefaultBlockSize(folder), fs.getDefaultReplication(folder));
    return judge(folder, fs.getQuotaUsage(folder), file);
  }

  /**
   * Judges the quotas of a folder.
   *
   * @param leastSpace the bytes that the smallest file takes of the quota while it is written: a
   *     block with its replicas
   */
  static Finding judge(Path folder, QuotaUsage usage, long leastSpace) {
    boolean hasNames = isSet(usage.getQuota());
    boolean hasSpace = isSet(usage.getSpaceQuota());
    if (!hasNames && !hasSpace) {
      return Finding.ok(QUOTA, folder + " has none");
    }
    long names = usage.getQuota() - usage.getFileAndDirectoryCount();
    long space = usage.getSpaceQuota() - usage.getSpaceConsumed();
    var found = new StringBuilder(folder.toString()).append(" has");
    if (hasNames) {
      found.append(
          String.format(
              Locale.ROOT, " %,d of %,d names left", Math.max(0, names), usage.getQuota()));
    }
    if (hasSpace) {
      found
          .append(hasNames ? "," : "")
          .append(
              String.format(
                  Locale.ROOT,
                  " %s of %s left (replicas count)",
                  Room.text(Math.max(0, space)),
                  Room.text(usage.getSpaceQuota())));
    }
    var advice = "Have an administrator raise it (hdfs dfsadmin -setQuota, -setSpaceQuota).";
    if (hasNames && names <= 0 || hasSpace && space < leastSpace) {
      return Finding.failed(
          QUOTA,
          found
              + (hasSpace && space > 0 && space < leastSpace
                  ? ", and a file takes " + Room.text(leastSpace) + " while it is written"
                  : ""),
          advice);
    }
    boolean isLow =
        hasNames && Room.isLow(names, usage.getQuota())
            || hasSpace && Room.isLow(space, usage.getSpaceQuota());
    return isLow
        ? Finding.warning(QUOTA, found.toString(), advice)
        : Finding.ok(QUOTA, found.toString());
  }

  /** The root folder of HDFS has one that is as large as a number can be. */
  private static boolean isSet(long quota) {
    return quota > 0 && quota < Long.MAX_VALUE;
  }
}
