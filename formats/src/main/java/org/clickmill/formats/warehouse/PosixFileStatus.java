package org.clickmill.formats.warehouse;

import java.nio.file.attribute.PosixFileAttributes;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** The status of a local file; looks up the names of owner and group only when asked for them. */
final class PosixFileStatus extends FileStatus {
  private static final long serialVersionUID = 1L;

  private final transient PosixFileAttributes attributes;

  PosixFileStatus(PosixFileAttributes attributes, long blockSize, Path path) {
    super(
        attributes.size(),
        attributes.isDirectory(),
        1,
        blockSize,
        attributes.lastModifiedTime().toMillis(),
        attributes.lastAccessTime().toMillis(),
        PosixPermissions.toHadoop(attributes.permissions()),
        null,
        null,
        path);
    this.attributes = attributes;
  }

  @Override
  public String getOwner() {
    return attributes == null ? super.getOwner() : attributes.owner().getName();
  }

  @Override
  public String getGroup() {
    return attributes == null ? super.getGroup() : attributes.group().getName();
  }
}
