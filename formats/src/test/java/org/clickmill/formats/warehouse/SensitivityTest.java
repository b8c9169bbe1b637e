package org.clickmill.formats.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.avro.SchemaBuilder;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.parquet.ParquetTableWriter;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and folders that hold personal data are closed to others, and no others are. */
final class SensitivityTest {
  private static final TableSchema COUNTS =
      TableSchema.of(
          SchemaBuilder.record("counts")
              .fields()
              .name("number")
              .prop("personal", false)
              .type()
              .longType()
              .noDefault()
              .endRecord());

  @TempDir java.nio.file.Path folder;
  private final Configuration configuration = new Configuration();
  private FileSystem fileSystem;

  @AfterEach
  void closeFileSystem() throws IOException {
    if (fileSystem != null) {
      fileSystem.close();
    }
  }

  private Warehouse warehouse() throws IOException {
    configuration.set("fs.file.impl", AtomicLocalFileSystem.class.getName());
    configuration.set("fs.permissions.umask-mode", "022");
    var root = new Path(folder.resolve("warehouse").toUri());
    fileSystem = FileSystem.newInstance(root.toUri(), configuration);
    var warehouse = Warehouse.over(fileSystem, root, configuration);
    warehouse.disk().makeFolder(root);
    return warehouse;
  }

  private String mode(Path path) throws IOException {
    return fileSystem.getFileStatus(path).getPermission().toString();
  }

  private Path written(TableSchema schema) throws IOException {
    var file = new Path(folder.resolve(schema.name() + ".parquet").toUri());
    try (var writer = ParquetTableWriter.open(fileSystem, file, schema, configuration)) {
      var row = new Row(schema);
      if (schema == COUNTS) {
        row.setLong(0, 1);
        writer.write(row);
      }
      writer.finish();
    }
    return file;
  }

  @Test
  void tableIsPersonalUnlessItSaysOfEveryColumnThatItIsNot() {
    assertThat(COUNTS.sensitivity()).isEqualTo(Sensitivity.OPEN);
    assertThat(EventRows.SCHEMA.sensitivity()).isEqualTo(Sensitivity.PERSONAL);
    var unmarked = SchemaBuilder.record("unmarked").fields().requiredLong("number").endRecord();
    assertThat(TableSchema.of(unmarked).sensitivity()).isEqualTo(Sensitivity.PERSONAL);
  }

  @Test
  void othersReadNoFileOfATableWithAPersonalColumn() throws IOException {
    warehouse();
    assertThat(mode(written(EventRows.SCHEMA))).isEqualTo("rw-r-----");
    assertThat(mode(written(COUNTS))).isEqualTo("rw-r--r--");
  }

  @Test
  void umaskOfPersonalDataIsASetting() throws IOException {
    configuration.set("clickmill.permissions.personal-umask", "077");
    warehouse();
    assertThat(mode(written(EventRows.SCHEMA))).isEqualTo("rw-------");
    assertThat(mode(written(COUNTS))).isEqualTo("rw-r--r--");

    configuration.set("clickmill.permissions.personal-umask", "8");
    assertThatThrownBy(() -> WarehouseSettings.PERSONAL_UMASK.get(configuration))
        .isInstanceOf(ClickmillException.class)
        .hasMessage(
            "Invalid value of clickmill.permissions.personal-umask: '8' (expected three octal"
                + " digits, such as 027)");
  }

  @Test
  void folderOfADatasetIsClosedWithItsFirstPartition() throws IOException {
    var warehouse = warehouse();
    for (var sensitivity : Sensitivity.values()) {
      var partition = new Partition("of_" + sensitivity, "dt=2019-10-01");
      var staged = new Staging(warehouse, "run").stage(partition, "row");
      new Publisher(warehouse, "run")
          .publish(
              new StagedPartition(
                  staged.partition(),
                  staged.baseRevision(),
                  staged.files(),
                  staged.fingerprint(),
                  staged.inputs(),
                  staged.analysis(),
                  staged.logicVersion(),
                  staged.settings(),
                  staged.counts(),
                  staged.sources(),
                  sensitivity));
    }
    assertThat(mode(new Path(warehouse.root(), "of_OPEN"))).isEqualTo("rwxr-xr-x");
    assertThat(mode(new Path(warehouse.root(), "of_PERSONAL"))).isEqualTo("rwxr-x---");
    assertThat(mode(warehouse.layout().trash("of_PERSONAL"))).isEqualTo("rwxr-x---");
  }
}
