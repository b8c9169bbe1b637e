package org.clickmill.oozie;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.clickmill.drivers.oozie.Notification;
import org.clickmill.drivers.oozie.OozieAction;
import org.junit.jupiter.api.Test;

/** The zip that the build has made. */
final class ZipIT {
  @Test
  void zipHasTheFilesOfTheSourcesAndTheJobJar() throws Exception {
    try (var zip = FileSystems.newFileSystem(zipFile())) {
      var root = onlyFolder(zip.getPath("/"));
      assertThat(Files.getAttribute(root.resolve("deploy"), "zip:permissions").toString())
          .contains("OWNER_EXECUTE", "OTHERS_EXECUTE");
      for (var file : OozieFiles.ofSources().texts().entrySet()) {
        assertThat(root.resolve(file.getKey())).content().isEqualTo(file.getValue());
      }
      assertThat(root.resolve("docs").resolve("scheduling.md")).exists();
      try (var jar = Files.newInputStream(root.resolve("lib").resolve("clickmill.jar"))) {
        assertThat(classes(jar))
            .contains(OozieAction.class.getName(), Notification.class.getName())
            .contains("org.clickmill.shaded.picocli.CommandLine");
      }
    }
  }

  private static Path zipFile() throws IOException {
    try (var files = Files.newDirectoryStream(Path.of("target"), "clickmill-oozie-*.zip")) {
      return files.iterator().next();
    }
  }

  private static Path onlyFolder(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      var all = files.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }

  private static Stream<String> classes(InputStream jar) throws IOException {
    var names = Stream.<String>builder();
    try (var entries = new ZipInputStream(jar)) {
      for (ZipEntry entry; (entry = entries.getNextEntry()) != null; ) {
        if (entry.getName().endsWith(".class")) {
          names.add(entry.getName().replace(".class", "").replace('/', '.'));
        }
      }
    }
    return names.build();
  }
}
