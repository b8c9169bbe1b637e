package org.clickmill.formats.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.viewfs.ConfigUtil;
import org.apache.hadoop.fs.viewfs.ViewFileSystemOverloadScheme;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.clickmill.formats.warehouse.FileSystemProbeTest.LateFileSystem;
import org.clickmill.formats.warehouse.FileSystemProbeTest.UnknownFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarehousePlaceTest {
  @TempDir java.nio.file.Path folder;
  private final Configuration configuration = new Configuration();

  @Test
  void misspeltNameserviceIsNamed() {
    configuration.setInt("ipc.client.connect.max.retries", 0);

    assertThatThrownBy(() -> Warehouse.open(new Path("hdfs://shop-clutser/shop"), configuration))
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(Failure.USAGE))
        .hasMessage(
            "Cannot use hdfs://shop-clutser/shop as a warehouse: there is no host or nameservice"
                + " 'shop-clutser' (check its name, and dfs.nameservices in the cluster's"
                + " hdfs-site.xml)");
  }

  @Test
  void hdfsWithoutAHostNeedsADefault() {
    assertThatThrownBy(() -> Warehouse.open(new Path("hdfs:///shop"), configuration))
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(Failure.USAGE))
        .hasMessage(
            "Cannot use hdfs:///shop as a warehouse: it names no host, and fs.defaultFS is file:///"
                + " (give it a host or nameservice, hdfs://HOST/shop, or run where the cluster's"
                + " core-site.xml is)");

    configuration.set("fs.defaultFS", "hdfs://shop-clutser");
    assertThatThrownBy(() -> Warehouse.open(new Path("hdfs:///shop"), configuration))
        .hasMessageContaining("there is no host or nameservice 'shop-clutser'");
  }

  @Test
  void fileSystemThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> Warehouse.open(new Path("nosuch://bucket/shop"), configuration))
        .hasMessageStartingWith(
            "Cannot use nosuch://bucket/shop as a warehouse: its file system is not on the class"
                + " path (");
    configuration.set("fs.absent.impl", "org.example.Absent");
    assertThatThrownBy(() -> Warehouse.open(new Path("absent://bucket/shop"), configuration))
        .hasMessageStartingWith(
            "Cannot use absent://bucket/shop as a warehouse: its file system is not on the class"
                + " path (");
  }

  @Test
  void mountedDiskIsUsedAsADisk() throws IOException {
    ConfigUtil.addLink(configuration, "shops", "/mounted", folder.toUri());

    var warehouse = Warehouse.openOrCreate(new Path("viewfs://shops/mounted/mill"), configuration);

    assertThat(warehouse.fileSystem()).isInstanceOf(AtomicLocalFileSystem.class);
    assertThat(warehouse.root()).isEqualTo(new Path("file:" + folder.resolve("mill")));
    assertThat(folder.resolve("mill")).isDirectory();
  }

  @Test
  void fileSystemMountedUnderHdfsIsTriedOut() {
    configuration.setClass(
        "fs.hdfs.impl", ViewFileSystemOverloadScheme.class, ViewFileSystemOverloadScheme.class);
    configuration.setBoolean("fs.hdfs.impl.disable.cache", true);
    configuration.setClass("fs.unknown.impl", LateFileSystem.class, UnknownFileSystem.class);
    configuration.setClass(
        "fs.viewfs.overload.scheme.target.unknown.impl",
        LateFileSystem.class,
        UnknownFileSystem.class);
    ConfigUtil.addLink(configuration, "shops", "/mounted", URI.create("unknown://" + folder));

    assertThatThrownBy(
            () -> Warehouse.openOrCreate(new Path("hdfs://shops/mounted"), configuration))
        .hasMessageContaining("it creates one file twice (use HDFS or a local disk)");
  }
}
