package org.clickmill.benchmarks.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KerberosTest {
  private static final Path HOME = Path.of("../..").toAbsolutePath().normalize();

  @TempDir private Path folder;

  @BeforeAll
  static void requireCompiler() throws InterruptedException {
    boolean isThere;
    try {
      isThere =
          new ProcessBuilder("gcc", "--version")
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                  .start()
                  .waitFor()
              == 0;
    } catch (IOException e) {
      isThere = false;
    }
    assumeTrue(isThere, "skipped: no gcc to make Hadoop's native library with");
  }

  @Test
  void keysAndTicketAreForWhoStartsTheClusterAlone() throws Exception {
    try (var kerberos = Kerberos.start(HOME, folder)) {
      assertThat(kerberos.principal()).isEqualTo(System.getProperty("user.name") + "@EXAMPLE.COM");
      assertThat(kerberos.nativeFolder().resolve("libhadoop.so")).exists();
      for (var file :
          List.of(kerberos.keytab(), kerberos.ticket(), folder.resolve("servers.keytab"))) {
        assertThat(file).isNotEmptyFile();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void siteFilesNameThePrincipalsAndWhatContainersNeed() throws Exception {
    try (var kerberos = Kerberos.start(HOME, folder)) {
      var options = new ClusterOptions(1, 2048, 1024, "700m");
      var cluster = folder.resolve("cluster");
      var conf = new SiteFiles(cluster, Software.built(folder), options, kerberos).write();
      assertThat(Files.readString(conf.resolve("core-site.xml")))
          .containsPattern("hadoop.security.authentication</name>\\s*<value>kerberos");
      assertThat(Files.readString(conf.resolve("hdfs-site.xml")))
          .containsPattern("dfs.namenode.kerberos.principal</name>\\s*<value>hdfs/localhost@");
      assertThat(Files.readString(conf.resolve("yarn-site.xml")))
          .containsPattern("yarn.nodemanager.keytab</name>\\s*<value>" + folder);
      assertThat(Files.readString(conf.resolve("mapred-site.xml")))
          .contains(
              "mapreduce.jobhistory.principal",
              kerberos.krb5Option(),
              ",LD_LIBRARY_PATH=" + kerberos.nativeFolder());
    }
  }

  @Test
  void nativeLibraryThatCannotBeMadeIsAnError() {
    assertThatThrownBy(() -> Kerberos.start(folder, folder))
        .isInstanceOf(BigDayException.class)
        .hasMessageStartingWith(
            "Cannot compile " + folder.resolve("drivers/src/test/native/hadoop.c"));
  }
}
