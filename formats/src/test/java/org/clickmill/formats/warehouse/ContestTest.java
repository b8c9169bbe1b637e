package org.clickmill.formats.warehouse;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContestTest {
  @TempDir java.nio.file.Path folder;

  @Test
  void everyRevisionIsPublishedOnceByThreads() throws Exception {
    var root = new Path(folder.toUri());
    var configuration = new Configuration();

    new Contest(() -> Warehouse.openOrCreate(root, configuration), 6, 60).play();
  }
}
