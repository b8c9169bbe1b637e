package org.clickmill.formats.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.PrivilegedExceptionAction;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.crypto.key.KeyProvider;
import org.apache.hadoop.crypto.key.KeyProviderFactory;
import org.apache.hadoop.fs.CommonConfigurationKeysPublic;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.AclEntry;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.fs.viewfs.ConfigUtil;
import org.apache.hadoop.fs.viewfs.ViewFileSystemOverloadScheme;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.client.HdfsAdmin;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.util.Progressable;
import org.clickmill.formats.failure.ClickmillException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What HDFS refuses: before the commit where it can be known, and else at one partition only. */
class HdfsObstaclesIT {
  private static final Partition FIRST = Partition.ofDay("sales", LocalDate.of(2019, 10, 1));
  private static final Partition SECOND = Partition.ofDay("sales", LocalDate.of(2019, 10, 2));

  private static final String ENCRYPTION_KEY = "shop";

  @TempDir static java.nio.file.Path folder;
  private static MiniDFSCluster hdfs;
  private static Configuration configuration;

  @BeforeAll
  static void startWithAKey() throws Exception {
    var settings = new HdfsConfiguration();
    settings.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
    settings.set(
        CommonConfigurationKeysPublic.HADOOP_SECURITY_KEY_PROVIDER_PATH,
        "jceks://file" + folder.resolve("keys.jceks"));
    var keys = KeyProviderFactory.getProviders(settings).get(0);
    keys.createKey(ENCRYPTION_KEY, KeyProvider.options(settings));
    keys.flush();
    hdfs = new MiniDFSCluster.Builder(settings).numDataNodes(1).build();
    hdfs.waitClusterUp();
    configuration = hdfs.getConfiguration(0);
  }

  @AfterAll
  static void stop() {
    hdfs.shutdown(true);
  }

  private Path root(String name) {
    return new Path(FileSystem.getDefaultUri(configuration) + "/obstacles/" + name);
  }

  private HdfsAdmin admin() throws IOException {
    return new HdfsAdmin(FileSystem.getDefaultUri(configuration), configuration);
  }

  private static void publish(Warehouse warehouse, Partition partition, String runId)
      throws IOException {
    new Publisher(warehouse, runId).publish(new Staging(warehouse, runId).stage(partition, runId));
  }

  @Test
  void borderOfAnEncryptionZoneIsFoundBeforeTheCommit() throws Exception {
    var warehouse = Warehouse.openOrCreate(root("zone"), configuration);
    var zone = new Path(warehouse.root(), "sales");
    warehouse.disk().makeFolder(zone);
    admin()
        .createEncryptionZone(
            zone,
            ENCRYPTION_KEY,
            EnumSet.noneOf(org.apache.hadoop.hdfs.client.CreateEncryptionZoneFlag.class));

    assertThatThrownBy(() -> publish(warehouse, FIRST, "run-1"))
        .isInstanceOf(ClickmillException.class)
        .hasMessage(
            "Cannot publish sales/dt=2019-10-01: it cannot be moved between "
                + warehouse.root()
                + "/_staging, which is in no encryption zone, and "
                + zone
                + ", which is in the encryption zone /obstacles/zone/sales. Nothing was committed;"
                + " put the whole warehouse into one.");
    assertThat(warehouse.manifests("sales", null, null)).isEmpty();
    assertThat(warehouse.stuckCommits()).isEmpty();
  }

  @Test
  void warehouseInAnEncryptionZoneIsPublishedReplacedAndPurged() throws Exception {
    var root = root("encrypted");
    assertThat(root.getFileSystem(configuration).mkdirs(root)).isTrue();
    admin()
        .createEncryptionZone(
            root,
            ENCRYPTION_KEY,
            EnumSet.noneOf(org.apache.hadoop.hdfs.client.CreateEncryptionZoneFlag.class));
    var warehouse = Warehouse.openOrCreate(root, configuration);
    publish(warehouse, FIRST, "run-1");
    publish(warehouse, FIRST, "run-2");
    assertThat(Staging.rows(warehouse, FIRST)).containsExactly("run-2");

    var replaced = warehouse.layout().trash(FIRST);
    assertThat(warehouse.disk().list(replaced)).hasSize(1);
    warehouse.purgeReplaced(FIRST, Duration.ZERO);
    assertThat(warehouse.disk().list(replaced)).hasSizeLessThan(2);
    assertThat(Staging.rows(warehouse, FIRST)).containsExactly("run-2");
  }

  @Test
  void groupAndAclOfADatasetStayOverAReplace() throws Exception {
    var warehouse = Warehouse.openOrCreate(root("inherited"), configuration);
    var folder = new Path(warehouse.root(), "sales");
    warehouse.disk().makeFolder(folder);
    var fs = warehouse.fileSystem();
    fs.setOwner(folder, null, "analysts");
    fs.modifyAclEntries(
        folder, AclEntry.parseAclSpec("default:user:auditor:r-x,default:other::---", true));

    for (var run : List.of("run-1", "run-2")) {
      publish(warehouse, FIRST, run);
      var published = new ArrayList<FileStatus>();
      published.add(fs.getFileStatus(warehouse.pathOf(FIRST)));
      published.addAll(List.of(fs.listStatus(warehouse.pathOf(FIRST))));
      assertThat(published).hasSize(4);
      for (var status : published) {
        assertThat(status.getGroup()).as("%s", status).isEqualTo("analysts");
        assertThat(fs.getAclStatus(status.getPath()).getEntries())
            .as("%s", status)
            .contains(AclEntry.parseAclEntry("user:auditor:r-x", true));
        assertThat(status.getPermission().getOtherAction())
            .as("%s", status)
            .isEqualTo(FsAction.NONE);
      }
      assertThat(fs.getAclStatus(warehouse.pathOf(FIRST)).getEntries())
          .contains(AclEntry.parseAclEntry("default:user:auditor:r-x", true));
      assertThat(Staging.rows(warehouse, FIRST)).containsExactly(run);
    }
  }

  @Test
  void userWhoCannotGiveTheGroupOfADatasetIsToldBeforeTheCommit() throws Exception {
    var warehouse = Warehouse.openOrCreate(root("group"), configuration);
    var fs = warehouse.fileSystem();
    fs.setPermission(warehouse.root(), new FsPermission("777"));
    var sales = new Path(warehouse.root(), "sales");
    warehouse.disk().makeFolder(sales);
    fs.setPermission(sales, new FsPermission("777"));
    fs.setOwner(sales, null, "analysts");
    var clerk = UserGroupInformation.createUserForTesting("clerk", new String[] {"clerks"});

    PrivilegedExceptionAction<Void> publishing =
        () -> {
          var own = FileSystem.newInstance(warehouse.root().toUri(), configuration);
          publish(Warehouse.over(own, warehouse.root(), configuration), FIRST, "run-1");
          return null;
        };
    assertThatThrownBy(() -> clerk.doAs(publishing))
        .hasStackTraceContaining(
            "Cannot publish sales/dt=2019-10-01: it cannot be given the group and ACL of the folder "
                + sales
                + ": ")
        .hasStackTraceContaining(
            "Nothing was committed; join the group, or give the folder another.");
    assertThat(warehouse.recover()).isEmpty();
    assertThat(warehouse.manifests("sales", null, null)).isEmpty();
  }

  @Test
  void folderOfAnotherUserIsFoundBeforeTheCommit() throws Exception {
    var warehouse = Warehouse.openOrCreate(root("rights"), configuration);
    publish(warehouse, FIRST, "run-1");
    for (var open : new String[] {"", "_staging", "_intents", "_intents/sales", "_trash/sales"}) {
      var folder = new Path(warehouse.root() + "/" + open);
      warehouse.disk().makeFolder(folder);
      warehouse.fileSystem().setPermission(folder, new FsPermission("777"));
    }
    var clerk = UserGroupInformation.createUserForTesting("clerk", new String[] {"clerks"});

    PrivilegedExceptionAction<Void> publishing =
        () -> {
          var fs = FileSystem.newInstance(warehouse.root().toUri(), configuration);
          publish(Warehouse.over(fs, warehouse.root(), configuration), SECOND, "run-2");
          return null;
        };
    assertThatThrownBy(() -> clerk.doAs(publishing))
        .hasStackTraceContaining(
            "Cannot publish sales/dt=2019-10-02: Permission denied: user=clerk, access=WRITE_EXECUTE,"
                + " inode=\"/obstacles/rights/sales\"")
        .hasStackTraceContaining(
            "Nothing was committed; give user and group the right to write there, and run again.");
    assertThat(warehouse.recover()).isEmpty();
    assertThat(warehouse.manifests("sales", null, null)).containsOnlyKeys(FIRST);
  }

  @Test
  void siteTellsWhichFoldersTheUserMayNotWriteToBeforeThereIsAnything() throws Exception {
    var closed = root("closed");
    Warehouse.openOrCreate(closed, configuration);
    var clerk = UserGroupInformation.createUserForTesting("clerk", new String[] {"clerks"});

    PrivilegedExceptionAction<List<String>> refusals =
        () -> WarehouseSite.of(new Path(closed, "team/shop"), configuration).refusals();
    assertThat(clerk.doAs(refusals))
        .singleElement()
        .asString()
        .startsWith(
            "Permission denied: user=clerk, access=WRITE_EXECUTE, inode=\"/obstacles/closed\"");
    assertThat(WarehouseSite.of(closed, configuration).refusals()).isEmpty();
  }

  @Test
  void siteTellsInWhichEncryptionZoneEachFolderIs() throws Exception {
    var warehouse = Warehouse.openOrCreate(root("zones"), configuration);
    var zone = new Path(warehouse.root(), "sales");
    warehouse.disk().makeFolder(zone);
    var outside = WarehouseSite.of(warehouse.root(), configuration).regions();
    assertThat(outside).containsKey(zone).containsValue("in no encryption zone");
    assertThat(new HashSet<>(outside.values())).hasSize(1);
    admin()
        .createEncryptionZone(
            zone,
            ENCRYPTION_KEY,
            EnumSet.noneOf(org.apache.hadoop.hdfs.client.CreateEncryptionZoneFlag.class));

    assertThat(WarehouseSite.of(warehouse.root(), configuration).regions())
        .containsEntry(zone, "in the encryption zone /obstacles/zones/sales")
        .containsEntry(warehouse.root(), "in no encryption zone");
  }

  @Test
  void siteOnHdfsIsTriedOutAndLeftAsItWas() throws Exception {
    var site = WarehouseSite.of(root("site/of/a/shop"), configuration);
    assertThat(site.nearest().getName()).isIn("obstacles", "/", "");
    try (var scratch = site.scratch()) {
      site.tryOut(scratch);
      assertThat(scratch.folder().getParent()).isEqualTo(site.nearest());
    }
    assertThat(site.fileSystem().exists(root("site"))).isFalse();
    assertThat(site.fileSystem().listStatus(site.nearest()))
        .noneMatch(status -> status.getPath().getName().startsWith(".clickmill"));
  }

  @Test
  void quotaHoldsUpItsOwnPartitionUntilItIsRaised() throws Exception {
    var warehouse = Warehouse.openOrCreate(root("quota"), configuration);
    publish(warehouse, FIRST, "run-1");
    var sales = new Path(warehouse.root(), "sales");
    admin().setQuota(sales, 5);

    assertThatThrownBy(() -> publish(warehouse, SECOND, "run-2"))
        .hasMessageStartingWith("Cannot finish publishing sales/dt=2019-10-02: run run-2 of ")
        .hasMessageContaining("The NameSpace quota (directories and files) of directory")
        .hasMessageEndingWith(
            "To give the commit up, delete the intent "
                + warehouse.root()
                + "/_intents/sales/dt=2019-10-02.r1.json.");
    var reader = Warehouse.open(warehouse.root(), configuration);
    assertThat(reader.manifests("sales", null, null)).containsOnlyKeys(FIRST);
    assertThat(reader.stuckCommits()).extracting(StuckCommit::partition).containsExactly(SECOND);

    admin().clearQuota(sales);
    assertThat(reader.manifests("sales", null, null)).containsOnlyKeys(FIRST, SECOND);
    assertThat(reader.stuckCommits()).isEmpty();
    assertThat(Staging.rows(reader, SECOND)).containsExactly("run-2");
  }

  /** HDFS, which notes how each file is created. */
  private static final class NotingFileSystem extends DistributedFileSystem {
    private final Map<String, EnumSet<CreateFlag>> created = new ConcurrentSkipListMap<>();

    @Override
    public FSDataOutputStream create(
        Path file,
        FsPermission permission,
        EnumSet<CreateFlag> flags,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress,
        Options.ChecksumOpt checksum)
        throws IOException {
      created.put(file.getName(), flags);
      return super.create(
          file, permission, flags, bufferSize, replication, blockSize, progress, checksum);
    }
  }

  @Test
  void filesThatACommitReliesOnAreSyncedByTheDataNodes() throws IOException {
    try (var fs = new NotingFileSystem()) {
      fs.initialize(FileSystem.getDefaultUri(configuration), configuration);
      var warehouse = Warehouse.over(fs, root("sync"), configuration);
      SyncedFiles.create(fs, new Path(root("sync"), "data"), Sensitivity.OPEN).close();
      publish(warehouse, FIRST, "run-1");

      assertThat(fs.created.get("data")).contains(CreateFlag.SYNC_BLOCK);
      assertThat(fs.created.get("_MANIFEST.json")).contains(CreateFlag.SYNC_BLOCK);
      assertThat(fs.created)
          .hasEntrySatisfying(
              fs.created.keySet().stream().filter(name -> name.startsWith("new-")).findAny().get(),
              flags -> assertThat(flags).contains(CreateFlag.SYNC_BLOCK));
    }
  }

  @Test
  void mountTableUnderTheNameOfHdfsIsFollowed() throws IOException {
    var mounts = new Configuration(configuration);
    mounts.setClass(
        "fs.hdfs.impl", ViewFileSystemOverloadScheme.class, ViewFileSystemOverloadScheme.class);
    mounts.setBoolean("fs.hdfs.impl.disable.cache", true);
    mounts.setClass(
        "fs.viewfs.overload.scheme.target.hdfs.impl",
        DistributedFileSystem.class,
        DistributedFileSystem.class);
    ConfigUtil.addLink(mounts, "shops", "/mounted", root("mounted").toUri());
    assertThatThrownBy(() -> Warehouse.openOrCreate(new Path("hdfs://shops/mounted/mill"), mounts))
        .hasMessageStartingWith(
            "Cannot use hdfs://shops/mounted/mill as a warehouse: no folder of a file system is"
                + " mounted there");
    assertThat(root("mounted").getFileSystem(configuration).mkdirs(root("mounted"))).isTrue();

    var warehouse = Warehouse.openOrCreate(new Path("hdfs://shops/mounted/mill"), mounts);
    publish(warehouse, FIRST, "run-1");

    assertThat(warehouse.fileSystem()).isInstanceOf(DistributedFileSystem.class);
    assertThat(warehouse.root()).isEqualTo(new Path(root("mounted"), "mill"));
    assertThat(Staging.rows(Warehouse.open(warehouse.root(), configuration), FIRST))
        .containsExactly("run-1");
  }
}
