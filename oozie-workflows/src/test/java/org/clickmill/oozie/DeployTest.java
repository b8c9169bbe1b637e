package org.clickmill.oozie;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FsShell;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that deploys, with Hadoop's own shell behind {@code hdfs dfs}, on the local disk. */
final class DeployTest {
  private static final List<String> DEPLOYED =
      List.of(
          "bundle/bundle.xml",
          "clickmill-site.xml",
          "daily-small/workflow.xml",
          "daily/coordinator.xml",
          "daily/workflow.xml",
          "datasets.xml",
          "lib/clickmill.jar",
          "load/coordinator.xml",
          "load/workflow.xml",
          "notify/workflow.xml",
          "restate/coordinator.xml",
          "restate/workflow.xml");

  @TempDir private Path folder;

  private Path unpacked;
  private Path root;

  /** What a script printed, and its exit code. */
  private record Outcome(int exitCode, String output) {}

  @BeforeEach
  void unpack() throws IOException {
    unpacked = folder.resolve("clickmill-oozie");
    root = folder.resolve("apps");
    OozieFiles.ofSources().write(unpacked);
    Files.copy(OozieFiles.FOLDER.resolve("deploy"), unpacked.resolve("deploy"));
    Files.createDirectories(unpacked.resolve("lib"));
    Files.writeString(unpacked.resolve("lib").resolve("clickmill.jar"), "a jar");
    // Hadoop's shell insists on one.
    var conf = Files.createDirectories(folder.resolve("conf"));
    Files.writeString(conf.resolve("core-site.xml"), "<configuration/>");
    var bin = Files.createDirectories(folder.resolve("bin"));
    Files.writeString(
        bin.resolve("hdfs"),
        """
        #!/bin/sh
        [ "$1" = dfs ] || exit 2
        shift
        exec '%s' -XX:TieredStopAtLevel=1 -cp '%s' %s "$@"
        """
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                conf + File.pathSeparator + System.getProperty("java.class.path"),
                FsShell.class.getName()));
    assertThat(bin.resolve("hdfs").toFile().setExecutable(true)).isTrue();
  }

  @Test
  void versionGoesIntoAFolderOfItsOwnAndTheNextCommandsAreSaid() throws Exception {
    var outcome = deploy("20200229-010203", "file:" + root + "/");
    assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    var version = root.resolve("20200229-010203");
    assertThat(DEPLOYED).allSatisfy(file -> assertThat(version.resolve(file)).exists());
    assertThat(outcome.output())
        .contains(
            "Deployed to file:" + version,
            "oozie job -config "
                + unpacked.toRealPath()
                + "/bundle/job.properties -D oozieApps=file:"
                + version
                + " -dryrun",
            "-run");
  }

  @Test
  void versionThatIsThereIsNeverTouched() throws Exception {
    var version = Files.createDirectories(root.resolve("20200229-010203"));
    Files.writeString(version.resolve("datasets.xml"), "of another");
    var outcome = deploy("20200229-010203", "file:" + root);
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.output())
        .contains(
            "Cannot create file:"
                + version
                + ": a version is never changed, deploy again for a new one");
    assertThat(version.resolve("datasets.xml")).hasContent("of another");
    assertThat(version.toFile().list()).containsExactly("datasets.xml");
  }

  @Test
  void folderIsNamedByTheTime() throws Exception {
    var outcome = deploy("", "file:" + root);
    assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    assertThat(root.toFile().list())
        .singleElement()
        .asString()
        .matches("20\\d\\d(0[1-9]|1[0-2])[0-3]\\d-[0-2]\\d[0-5]\\d[0-5]\\d");
  }

  @Test
  void rootThatIsNoUriIsRefused() throws Exception {
    var outcome = deploy("", "/apps");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.output())
        .contains(
            "Invalid root folder: /apps (expected a URI, as hdfs://nameservice/apps/clickmill)");
    assertThat(deploy("").output()).contains("Missing root folder: deploy ROOT");
  }

  @Test
  void sourcesWithoutTheJarAreNotDeployed() throws Exception {
    Files.delete(unpacked.resolve("lib").resolve("clickmill.jar"));
    var outcome = deploy("", "file:" + root);
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.output())
        .contains("lib/clickmill.jar: unpack the zip, and deploy from there");
    assertThat(root).doesNotExist();
  }

  private Outcome deploy(String version, String... arguments) throws Exception {
    var command = new ArrayList<String>();
    command.addAll(List.of("sh", unpacked.resolve("deploy").toString()));
    command.addAll(Arrays.asList(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    var environment = builder.environment();
    environment.remove("HADOOP_HOME");
    environment.put("PATH", folder.resolve("bin") + ":" + environment.get("PATH"));
    environment.put("CLICKMILL_VERSION", version);
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
  }
}
