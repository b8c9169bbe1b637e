package org.clickmill.formats.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicLocalFileSystemTest {
  private static final int RACERS = 8;
  private static final int ROUNDS = 100;

  @TempDir java.nio.file.Path folder;
  private final Configuration configuration = new Configuration();
  private AtomicLocalFileSystem fs;

  @BeforeEach
  void open() throws IOException {
    fs = new AtomicLocalFileSystem();
    fs.initialize(folder.toUri(), configuration);
  }

  private Path path(String name) {
    return new Path(folder.resolve(name).toUri());
  }

  private Path file(String name, String content) throws IOException {
    try (var out = fs.create(path(name))) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return path(name);
  }

  private String content(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  @Test
  void fileIsNotRenamedOverAnother() throws IOException {
    file("a", "a");
    file("b", "b");

    assertThat(fs.rename(path("a"), path("b"))).isFalse();
    assertThat(content("a")).isEqualTo("a");
    assertThat(content("b")).isEqualTo("b");
    assertThat(fs.rename(path("a"), path("c"))).isTrue();
    assertThat(content("c")).isEqualTo("a");
    assertThat(fs.exists(path("a"))).isFalse();
  }

  @Test
  void nothingIsRenamedIntoAFolder() throws IOException {
    file("a", "a");
    file("from/b", "b");
    file("to/c", "c");
    assertThat(fs.mkdirs(path("empty"))).isTrue();

    assertThat(fs.rename(path("a"), path("to"))).isFalse();
    assertThat(fs.rename(path("from"), path("to"))).isFalse();
    assertThat(fs.rename(path("from"), path("empty"))).isFalse();
    assertThat(fs.rename(path("from"), path("a"))).isFalse();
    assertThat(fs.rename(path("from"), path("fresh"))).isTrue();
    assertThat(content("fresh/b")).isEqualTo("b");
  }

  @Test
  void missingSourceOrParentIsNotRenamed() throws IOException {
    file("a", "a");
    file("d/b", "b");

    assertThat(fs.rename(path("nothing"), path("b"))).isFalse();
    assertThat(fs.rename(path("a"), path("no/where"))).isFalse();
    assertThat(fs.rename(path("d"), path("no/where"))).isFalse();
    assertThatThrownBy(() -> fs.rename(path("nothing"), path("b"), Options.Rename.NONE))
        .isInstanceOf(FileNotFoundException.class);
  }

  @Test
  void fileIsRenamedOverAnotherOnDemand() throws IOException {
    file("a", "a");
    file("b", "b");

    fs.rename(path("a"), path("b"), Options.Rename.OVERWRITE);

    assertThat(content("b")).isEqualTo("a");
    assertThat(fs.exists(path("a"))).isFalse();
  }

  @Test
  void moveThatWasKilledBetweenItsTwoStepsIsCompleted() throws IOException {
    file("a", "a");
    Files.createLink(folder.resolve("b"), folder.resolve("a"));

    assertThat(fs.rename(path("a"), path("b"))).isFalse();

    assertThat(content("b")).isEqualTo("a");
    assertThat(fs.exists(path("a"))).isFalse();
  }

  @Test
  void existingFileIsNotCreated() throws IOException {
    file("a", "a");

    assertThatThrownBy(() -> fs.create(path("a"), false))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> fs.createFile(path("a")).overwrite(false).build())
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(content("a")).isEqualTo("a");
    fs.create(path("deep/er"), false).close();
    assertThat(fs.getFileStatus(path("deep/er")).getLen()).isZero();
    assertThatThrownBy(
            () -> fs.createNonRecursive(path("no/where"), false, 4096, (short) 1, 1 << 20, null))
        .isInstanceOf(FileNotFoundException.class);
  }

  @Test
  void oneOfManyCreatesAFile() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      var target = path("created-" + round);
      assertThat(
              race(
                  racer -> {
                    try (var out = fs.create(target, false)) {
                      out.write(racer);
                      return true;
                    } catch (FileAlreadyExistsException e) {
                      return false;
                    }
                  }))
          .isEqualTo(1);
    }
  }

  @Test
  void oneOfManyRenamesAFile() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      int number = round;
      for (int racer = 0; racer < RACERS; racer++) {
        file("f" + round + "-" + racer, "racer " + racer);
      }
      assertThat(race(racer -> fs.rename(path("f" + number + "-" + racer), path("f" + number))))
          .isEqualTo(1);
    }
  }

  @Test
  void oneOfManyRenamesAFolder() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      int number = round;
      for (int racer = 0; racer < RACERS; racer++) {
        file("d" + round + "-" + racer + "/file", "racer " + racer);
      }
      assertThat(race(racer -> fs.rename(path("d" + number + "-" + racer), path("d" + number))))
          .isEqualTo(1);
      assertThat(folder.resolve("d" + round)).isDirectoryContaining("glob:**/file");
    }
  }

  @Test
  void oneOfManyDeletesAFolderThatAllOfThemList() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      var target = path("listed-" + round);
      assertThat(fs.mkdirs(target)).isTrue();
      assertThat(
              race(
                  racer -> {
                    try {
                      return fs.listStatus(target).length == 0 && fs.delete(target, false);
                    } catch (FileNotFoundException e) {
                      return false;
                    }
                  }))
          .isEqualTo(1);
    }
  }

  /** What one of the racers does. */
  private interface Racer {
    boolean race(int number) throws IOException;
  }

  private static int race(Racer racer) throws Exception {
    var pool = Executors.newFixedThreadPool(RACERS);
    try {
      var start = new CountDownLatch(1);
      var results = new ArrayList<Future<Boolean>>();
      for (int i = 0; i < RACERS; i++) {
        int number = i;
        Callable<Boolean> task =
            () -> {
              start.await();
              return racer.race(number);
            };
        results.add(pool.submit(task));
      }
      start.countDown();
      int winners = 0;
      for (var result : results) {
        winners += result.get() ? 1 : 0;
      }
      return winners;
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void foldersAreDeletedOnlyWholeAndOnDemand() throws IOException {
    file("d/e/f", "f");

    assertThatThrownBy(() -> fs.delete(path("d"), false))
        .isInstanceOf(PathIsNotEmptyDirectoryException.class);
    assertThat(fs.delete(path("d"), true)).isTrue();
    assertThat(fs.delete(path("d"), true)).isFalse();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void permissionsAndOwnersAreThoseOfTheDisk() throws IOException {
    file("a", "a");

    fs.setPermission(path("a"), new FsPermission((short) 0640));

    var status = fs.getFileStatus(path("a"));
    assertThat(status.getPermission()).isEqualTo(new FsPermission((short) 0640));
    assertThat(status.getOwner()).isEqualTo(Files.getOwner(folder.resolve("a")).getName());
    assertThat(status.getGroup()).isNotEmpty();
    assertThat(Files.getPosixFilePermissions(folder.resolve("a"))).hasSize(3);
  }

  @Test
  void missingFileIsNotFound() {
    assertThatThrownBy(() -> fs.getFileStatus(path("a"))).isInstanceOf(FileNotFoundException.class);
    assertThatThrownBy(() -> fs.open(path("a"))).isInstanceOf(FileNotFoundException.class);
    assertThatThrownBy(() -> fs.listStatus(path("a"))).isInstanceOf(FileNotFoundException.class);
  }

  @Test
  void jobRunsOnItWithoutChecksumFilesAndForks() throws Exception {
    file("in/text", "one two two\nthree three three\n");
    configuration.setClass("fs.file.impl", AtomicLocalFileSystem.class, FileSystem.class);
    configuration.setBoolean("fs.file.impl.disable.cache", true);
    configuration.set("hadoop.tmp.dir", folder.resolve("tmp").toString());
    configuration.set("mapreduce.framework.name", "local");
    configuration.setInt("mapreduce.client.completion.pollinterval", 10);
    configuration.setInt("mapreduce.client.progressmonitor.pollinterval", 10);
    assertThat(FileSystem.getLocal(configuration)).isInstanceOf(AtomicLocalFileSystem.class);

    var forks = forksOf(this::countLines);

    assertThat(content("out/part-r-00000")).isEqualTo("0\tone two two\n12\tthree three three\n");
    assertThat(content("out/_SUCCESS")).isEmpty();
    assertThat(forks).isEmpty();
    try (var files = Files.walk(folder.resolve("out"))) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".crc"));
    }
  }

  private Void countLines() throws Exception {
    var job = Job.getInstance(configuration);
    job.setOutputKeyClass(LongWritable.class);
    job.setOutputValueClass(Text.class);
    FileInputFormat.addInputPath(job, path("in"));
    FileOutputFormat.setOutputPath(job, path("out"));
    assertThat(job.waitForCompletion(false)).isTrue();
    return null;
  }

  private List<String> forksOf(Callable<Void> work) throws Exception {
    var dump = folder.resolve("recording.jfr");
    try (var recording = new Recording()) {
      recording.enable("jdk.ProcessStart").withStackTrace();
      recording.start();
      work.call();
      recording.stop();
      recording.dump(dump);
    }
    // Hadoop asks for the size of a page once.
    return RecordingFile.readAllEvents(dump).stream()
        .map(event -> event.getString("command"))
        .filter(command -> !command.startsWith("getconf "))
        .toList();
  }
}
