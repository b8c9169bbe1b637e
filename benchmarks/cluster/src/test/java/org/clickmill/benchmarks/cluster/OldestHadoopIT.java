package org.clickmill.benchmarks.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job jar on servers, containers and clients of the oldest Hadoop that is supported. */
final class OldestHadoopIT {
  @TempDir private Path folder;

  @Test
  void importPipelineReportAndLoadMakeTheTablesOfTheEmbeddedHadoop() {
    var version = System.getProperty("clickmill.oldest-hadoop");
    assumeTrue(version != null, "Skipped: run mvn verify -Poldest-hadoop to fetch that Hadoop");
    assertThat(
            Versions.run(
                "--home=" + System.getProperty("clickmill.home"),
                "--output=" + folder.resolve("versions"),
                "--hadoop=" + version,
                "--events=2000"))
        .isZero();
  }
}
