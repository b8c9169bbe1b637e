package org.clickmill.formats.warehouse;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.AclEntry;
import org.apache.hadoop.fs.permission.AclEntryScope;
import org.apache.hadoop.fs.permission.AclEntryType;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.security.AccessControlException;
import org.clickmill.formats.failure.ClickmillException;

/**
 * The folders of datasets. A dataset with personal data gets one that others cannot enter. What is
 * published in a dataset inherits its folder's group and default ACL, as if it were created there:
 * a rename keeps those of the staging folder. A folder that exists stays as its owner has made it.
 *
 * <p>A publisher looks at each dataset once.
 */
final class DatasetFolders {
  private final Disk disk;
  private final Layout layout;
  private final Configuration configuration;
  private final Path staging;
  private final Map<String, Inherited> inherited = new ConcurrentHashMap<>();

  /**
   * What files inherit from a dataset's folder.
   *
   * @param group null where new files have it anyway
   * @param defaultAcl the entries of its default ACL; none without an ACL
   */
  private record Inherited(String group, List<AclEntry> defaultAcl) {
    boolean isEmpty() {
      return group == null && defaultAcl.isEmpty();
    }
  }

  /**
   * @param staging the staging folder of the run that publishes
   */
  DatasetFolders(Disk disk, Layout layout, Configuration configuration, Path staging) {
    this.disk = disk;
    this.layout = layout;
    this.configuration = configuration;
    this.staging = staging;
  }

  /** Makes the dataset's folder, and that of what is replaced in it, if they are not there. */
  synchronized void make(String dataset, Sensitivity sensitivity) throws IOException {
    if (inherited.containsKey(dataset)) {
      return;
    }
    var folder = new Path(layout.root(), dataset);
    if (sensitivity == Sensitivity.PERSONAL) {
      make(folder);
      make(layout.trash(dataset));
    } else {
      disk.makeFolder(folder);
    }
    inherited.put(dataset, inheritedFrom(disk.fileSystem().getFileStatus(folder)));
  }

  private void make(Path folder) throws IOException {
    // The parents are as open as ever.
    disk.makeFolder(folder.getParent());
    if (!disk.fileSystem().mkdirs(folder, Sensitivity.PERSONAL.folder(configuration))) {
      throw new IOException("Cannot create folder: " + folder);
    }
  }

  private Inherited inheritedFrom(FileStatus folder) throws IOException {
    boolean isOfStaged = Objects.equals(groupOfStaged(), folder.getGroup());
    var defaults =
        folder.hasAcl()
            ? disk.fileSystem().getAclStatus(folder.getPath()).getEntries().stream()
                .filter(entry -> entry.getScope() == AclEntryScope.DEFAULT)
                .toList()
            : List.<AclEntry>of();
    return new Inherited(isOfStaged ? null : folder.getGroup(), defaults);
  }

  /** What is made in a folder has its group. */
  private String groupOfStaged() throws IOException {
    for (var folder = staging; !folder.equals(layout.root()); folder = folder.getParent()) {
      try {
        return disk.fileSystem().getFileStatus(folder).getGroup();
      } catch (FileNotFoundException e) {
        // Nothing is staged there yet.
      }
    }
    return disk.fileSystem().getFileStatus(layout.root()).getGroup();
  }

  /**
   * Gives a staged partition the group and the ACL that it would inherit in its dataset's folder.
   *
   * @param staged the folder of a partition
   * @param files the names of all files in it
   * @throws ClickmillException if the user may not give it
   */
  void applyInherited(Partition partition, Path staged, List<String> files) throws IOException {
    var access = inherited.get(partition.dataset());
    if (access.isEmpty()) {
      return;
    }
    try {
      for (var file : files) {
        apply(access, new Path(staged, file), false);
      }
      apply(access, staged, true);
    } catch (AccessControlException e) {
      throw ClickmillException.failed(
          "Cannot publish %s: it cannot be given the group and ACL of the folder %s: %s. Nothing was"
              + " committed; join the group, or give the folder another.",
          partition, new Path(layout.root(), partition.dataset()), RollForward.firstLine(e), e);
    }
  }

  private void apply(Inherited access, Path path, boolean isFolder) throws IOException {
    var fs = disk.fileSystem();
    if (access.group() != null) {
      fs.setOwner(path, null, access.group());
    }
    if (!access.defaultAcl().isEmpty()) {
      fs.setAcl(path, acl(access.defaultAcl(), fs.getFileStatus(path).getPermission(), isFolder));
    }
  }

  /**
   * The ACL of something new in a folder with a default ACL (POSIX 1003.1e, 23.1.2): the default
   * entries, of which owner, mask and others have at most what the mode has.
   */
  private static List<AclEntry> acl(List<AclEntry> defaults, FsPermission mode, boolean isFolder) {
    boolean hasMask = defaults.stream().anyMatch(entry -> entry.getType() == AclEntryType.MASK);
    var acl = new ArrayList<AclEntry>();
    for (var entry : defaults) {
      boolean isNamed = entry.getName() != null;
      var most =
          switch (entry.getType()) {
            case USER -> isNamed ? FsAction.ALL : mode.getUserAction();
            case GROUP -> isNamed || hasMask ? FsAction.ALL : mode.getGroupAction();
            case MASK -> mode.getGroupAction();
            case OTHER -> mode.getOtherAction();
          };
      acl.add(
          new AclEntry.Builder()
              .setScope(AclEntryScope.ACCESS)
              .setType(entry.getType())
              .setName(entry.getName())
              .setPermission(entry.getPermission().and(most))
              .build());
    }
    if (isFolder) {
      acl.addAll(defaults);
    }
    return acl;
  }
}
