package org.clickmill.formats.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.HdfsExtension;
import org.clickmill.formats.warehouse.Warehouse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Keys and the suppression list on HDFS. */
@ExtendWith(HdfsExtension.class)
final class PrivacyHdfsIT {
  private final Configuration configuration;

  PrivacyHdfsIT(Configuration configuration) {
    this.configuration = configuration;
  }

  private Path path(String name) {
    return new Path(FileSystem.getDefaultUri(configuration) + "/" + name);
  }

  @Test
  void modeOfAKeyFileCounts() throws IOException {
    var file = path("privacy.key");
    var fileSystem = file.getFileSystem(configuration);
    try (var out = fileSystem.create(file)) {
      out.write(new byte[16]);
    }
    fileSystem.setPermission(file, new FsPermission((short) 0640));
    assertThatThrownBy(() -> PrivacyKey.read(file.toString(), configuration))
        .isInstanceOf(ClickmillException.class)
        .hasMessage(
            "Cannot use key file %s: others may read it (rw-r-----). Keep it to its owner: hdfs dfs"
                + " -chmod 600 %s",
            file, file);

    fileSystem.setPermission(file, new FsPermission((short) 0400));
    assertThat(PrivacyKey.read(file.toString(), configuration).bytes()).isEqualTo(new byte[16]);

    assertThatThrownBy(() -> PrivacyKey.read(path("none.key").toString(), configuration))
        .hasMessage("Missing key file: %s", path("none.key"));
  }

  @Test
  void listAndItsKeyAreKeptFromOthers() throws IOException {
    var warehouse = Warehouse.openOrCreate(path("forgetful"), configuration);
    var list = new SuppressionList(warehouse);
    list.add("run", List.of(new PersonId(IdKind.USER, "alice")));
    list.add("run", List.of(new PersonId(IdKind.USER, "bob")));

    var folder = new Path(warehouse.root(), SuppressionList.FOLDER);
    assertThat(warehouse.fileSystem().listStatus(folder))
        .extracting(status -> status.getPath().getName() + " " + status.getPermission())
        .containsExactlyInAnyOrder("suppressed-2 rw-r-----", "suppression-key rw-------");
    var lookup = new SuppressionList(warehouse).read().orElseThrow().lookup();
    assertThat(lookup.contains(IdKind.USER, new Utf8("alice"))).isTrue();
    assertThat(lookup.contains(IdKind.USER, new Utf8("carol"))).isFalse();
  }
}
