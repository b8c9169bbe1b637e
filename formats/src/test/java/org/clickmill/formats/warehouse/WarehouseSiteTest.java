package org.clickmill.formats.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.FileSystemProbeTest.UnknownFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarehouseSiteTest {
  private final Configuration configuration = new Configuration();

  @TempDir java.nio.file.Path folder;

  private WarehouseSite site(String name) throws IOException {
    return WarehouseSite.of(new Path(folder.resolve(name).toUri()), configuration);
  }

  @Test
  void placeOfNoWarehouseIsTriedOutBesideItAndLeftAsItWas() throws IOException {
    var site = site("team/shop");
    assertThat(site.warehouse()).isEmpty();
    assertThat(site.nearest()).isEqualTo(new Path("file:" + folder));
    try (var scratch = site.scratch()) {
      site.tryOut(scratch);
      assertThat(scratch.folder().getParent()).isEqualTo(site.nearest());
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void warehouseIsTriedOutAmongWhatRunsHaveStaged() throws IOException {
    Files.createDirectories(folder.resolve("shop/sales"));
    var site = site("shop");
    assertThat(site.warehouse()).isPresent();
    try (var scratch = site.scratch()) {
      assertThat(scratch.folder().getParent()).isEqualTo(new Path(site.root(), "_staging"));
      site.tryOut(scratch);
    }
    assertThat(folder.resolve("shop/_staging")).isEmptyDirectory();
    assertThat(site.folders())
        .containsExactlyInAnyOrder(
            site.root(), new Path(site.root(), "sales"), new Path(site.root(), "_staging"));
    assertThat(site.regions().values()).doesNotContainNull().hasSize(3);
  }

  @Test
  void scratchFolderIsDeletedInAnInterruptedThreadToo() throws IOException {
    var site = site("shop");
    try (var scratch = site.scratch()) {
      assertThat(scratch).isNotNull();
      Thread.currentThread().interrupt();
    }
    assertThat(Thread.interrupted()).isTrue();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void fileIsNoPlaceForAWarehouse() throws IOException {
    Files.createFile(folder.resolve("shop"));
    assertThatThrownBy(() -> site("shop"))
        .isInstanceOf(ClickmillException.class)
        .hasMessage("Invalid warehouse: file:%s/shop is not a folder", folder);
  }

  @Test
  void fileSystemThatOnlyRenamesOverIsRefused() throws IOException {
    configuration.setClass("fs.unknown.impl", UnknownFileSystem.class, UnknownFileSystem.class);
    configuration.setBoolean("fs.unknown.impl.disable.cache", true);
    var site = WarehouseSite.of(new Path("unknown://" + folder + "/shop"), configuration);
    try (var scratch = site.scratch()) {
      assertThatThrownBy(() -> site.tryOut(scratch))
          .hasMessage(
              "Cannot keep a warehouse at unknown:%s/shop: it cannot rename without overwriting"
                  + " (use HDFS or a local disk)",
              folder);
    }
    assertThat(folder).isEmptyDirectory();
  }
}
