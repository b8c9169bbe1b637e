package org.clickmill.formats.warehouse;

import java.util.List;
import org.apache.hadoop.fs.permission.FsPermission;
import org.clickmill.formats.config.ConfigKey;

/** The settings that the warehouse reads. */
public final class WarehouseSettings {
  public static final ConfigKey<Integer> TRASH_KEEP_HOURS =
      ConfigKey.ofInt(
          "clickmill.trash.keep-hours",
          24,
          1,
          24 * 365,
          "How long replaced partitions and what dead runs staged are kept before they are"
              + " deleted.");

  public static final ConfigKey<Integer> THREADS =
      ConfigKey.ofInt(
          "clickmill.warehouse.threads",
          0,
          0,
          256,
          "How many partitions are published, or manifests read, at a time; 0 means 4 on a local"
              + " disk and 16 elsewhere.");

  public static final ConfigKey<Boolean> SYNC =
      ConfigKey.ofBoolean(
          "clickmill.warehouse.sync",
          true,
          "Whether what a commit relies on is forced to the disk before it is made, so that a power"
              + " failure leaves every partition old or new. Without it publishing is faster.");

  public static final ConfigKey<FsPermission> PERSONAL_UMASK =
      ConfigKey.ofUmask(
          "clickmill.permissions.personal-umask",
          "027",
          "The permissions that nobody gets on the files of tables with a personal column, on"
              + " events, rejects and the like, and on the folders of these, beside those that"
              + " fs.permissions.umask-mode takes away.");

  private WarehouseSettings() {}

  public static List<ConfigKey<?>> all() {
    return List.of(TRASH_KEEP_HOURS, THREADS, SYNC, PERSONAL_UMASK);
  }
}
