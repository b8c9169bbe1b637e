package org.clickmill.jobs.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mapreduce.lib.output.NullOutputFormat;
import org.apache.hadoop.mrunit.mapreduce.MapDriver;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.jobs.kernel.BundleInputFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The container by itself: jobs in, answers out. */
final class ContainerMapperTest {
  private static final String GREETINGS = "test.greetings";

  @TempDir private Path folder;
  private Configuration configuration;
  private FileSystem fileSystem;
  private JobFolder jobs;

  /** Writes a file for each record. */
  static final class Greeter extends Mapper<NullWritable, Text, NullWritable, NullWritable> {
    @Override
    protected void map(NullWritable key, Text name, Context context) throws IOException {
      var text = BundleInputFormat.describe(name, String.class);
      if (text.equals("nobody")) {
        throw new IOException("Missing name: " + text);
      }
      Files.createFile(Path.of(context.getConfiguration().get(GREETINGS), text));
    }
  }

  @BeforeEach
  void configure() throws IOException {
    configuration = LocalWarehouse.configuration(folder);
    var staging = new org.apache.hadoop.fs.Path(folder.resolve("staging").toString());
    configuration.set("clickmill.internal.staging", staging.toString());
    configuration.set(GREETINGS, Files.createDirectory(folder.resolve("greetings")).toString());
    fileSystem = staging.getFileSystem(configuration);
    jobs = new JobFolder(fileSystem, staging);
  }

  @Test
  void runsOneJobAfterTheOtherAndAnswersEach() throws Exception {
    jobs.create();
    jobs.putJob(0, greet("Ada", "Grace"));
    jobs.putJob(1, greet("Edsger"));
    jobs.end();

    runContainer();

    assertThat(folder.resolve("greetings")).isDirectoryContaining("glob:**/Ada");
    assertThat(folder.resolve("greetings")).isDirectoryContaining("glob:**/Grace");
    assertThat(folder.resolve("greetings")).isDirectoryContaining("glob:**/Edsger");
    for (int number : new int[] {0, 1}) {
      var answer = jobs.answer(number).orElseThrow();
      assertThat(answer.failure()).isNull();
      assertThat(answer.job()).startsWith("job_local");
      assertThat(answer.maps()).isEqualTo(number == 0 ? 2 : 1);
    }
  }

  @Test
  void tellsOfAJobThatFailsAndGoesOn() throws Exception {
    jobs.create();
    jobs.putJob(0, greet("nobody"));
    var without = greet("Barbara");
    without.set("mapreduce.job.inputformat.class", "org.example.Missing");
    jobs.putJob(1, without);
    jobs.putJob(2, greet("Barbara"));
    jobs.end();

    runContainer();

    assertThat(jobs.answer(0).orElseThrow().failure()).isEqualTo("see the log of its tasks");
    var unstarted = jobs.answer(1).orElseThrow();
    assertThat(unstarted.job()).isNull();
    assertThat(unstarted.failure()).contains("org.example.Missing");
    assertThat(jobs.answer(2).orElseThrow().failure()).isNull();
  }

  @Test
  void endsWhenItsFolderIsDeleted() throws Exception {
    runContainer();

    assertThat(jobs.answer(0)).isEmpty();
    assertThat(jobs.isEnded()).isTrue();
    assertThat(folder.resolve("staging")).doesNotExist();
  }

  @Test
  void saysThatItTakesNoMoreJobs() throws Exception {
    jobs.create();
    assertThat(jobs.isClosed()).isFalse();
    jobs.end();

    runContainer();

    assertThat(jobs.isClosed()).isTrue();
  }

  @Test
  void nobodyElseMayLookIntoTheFolder() throws Exception {
    jobs.create();
    jobs.putJob(0, greet("Ada"));

    var permissions = Files.getPosixFilePermissions(folder.resolve("staging"));
    assertThat(PosixFilePermissions.toString(permissions)).isEqualTo("rwx------");
  }

  private Configuration greet(String... names) throws IOException {
    var job = Job.getInstance(configuration, "greetings");
    job.setMapperClass(Greeter.class);
    job.setInputFormatClass(BundleInputFormat.class);
    job.setOutputFormatClass(NullOutputFormat.class);
    job.setNumReduceTasks(0);
    var items =
        List.of(names).stream().map(name -> BundleInputFormat.item(name.length(), name)).toList();
    var list = new org.apache.hadoop.fs.Path(folder.toString(), "list-" + String.join("-", names));
    BundleInputFormat.configure(job.getConfiguration(), fileSystem, list, items);
    return job.getConfiguration();
  }

  private void runContainer() throws IOException {
    var driver = MapDriver.newMapDriver(new ContainerMapper()).withConfiguration(configuration);
    driver.withInput(NullWritable.get(), new Text("begin")).run();
  }
}
