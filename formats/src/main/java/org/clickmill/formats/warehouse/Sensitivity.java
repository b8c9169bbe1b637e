package org.clickmill.formats.warehouse;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.permission.FsPermission;

/** How much is kept from those who are neither the owner of files nor in their group. */
public enum Sensitivity {
  /** Whatever the umask of the file system ({@code fs.permissions.umask-mode}) says. */
  OPEN,
  /** There are, or may be, personal data: {@link WarehouseSettings#PERSONAL_UMASK} as well. */
  PERSONAL,
  /** A key: nobody but the owner may read or write it. */
  SECRET;

  private static final FsPermission OTHERS_UMASK = new FsPermission((short) 0077);

  FsPermission file(Configuration configuration) {
    return masked(FsPermission.getFileDefault(), configuration);
  }

  FsPermission folder(Configuration configuration) {
    return masked(FsPermission.getDirDefault(), configuration);
  }

  private FsPermission masked(FsPermission permission, Configuration configuration) {
    return switch (this) {
      case OPEN -> permission;
      case PERSONAL -> permission.applyUMask(WarehouseSettings.PERSONAL_UMASK.get(configuration));
      case SECRET -> permission.applyUMask(OTHERS_UMASK);
    };
  }
}
