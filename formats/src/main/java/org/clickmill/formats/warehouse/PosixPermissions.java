package org.clickmill.formats.warehouse;

import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.permission.FsPermission;

/** The permissions of files as java.nio and as Hadoop have them. */
final class PosixPermissions {
  /** In the order of the bits, from the lowest. */
  private static final List<PosixFilePermission> BITS =
      List.of(
          PosixFilePermission.OTHERS_EXECUTE,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.OWNER_EXECUTE,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_READ);

  private PosixPermissions() {}

  static Set<PosixFilePermission> ofHadoop(FsPermission permission) {
    var permissions = EnumSet.noneOf(PosixFilePermission.class);
    int bits = permission.toShort();
    for (int i = 0; i < BITS.size(); i++) {
      if ((bits & 1 << i) != 0) {
        permissions.add(BITS.get(i));
      }
    }
    return permissions;
  }

  static FsPermission toHadoop(Set<PosixFilePermission> permissions) {
    int bits = 0;
    for (int i = 0; i < BITS.size(); i++) {
      if (permissions.contains(BITS.get(i))) {
        bits |= 1 << i;
      }
    }
    return new FsPermission((short) bits);
  }
}
