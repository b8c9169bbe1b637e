package org.clickmill.jobs.container;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The folder through which the driver and the container exchange jobs and answers, by number. */
final class JobFolder {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String END = "end";

  private final FileSystem fileSystem;
  private final Path folder;

  JobFolder(FileSystem fileSystem, Path folder) {
    this.fileSystem = fileSystem;
    this.folder = folder;
  }

  /** Writes what a file holds. */
  private interface Content {
    void write(OutputStream out) throws IOException;
  }

  void putJob(int number, Configuration job) throws IOException {
    put(number + ".xml", job::writeXml);
  }

  /** The job of a number, or empty if it is not there yet. */
  Optional<Configuration> job(int number) throws IOException {
    var job = new Configuration(false);
    try (var in = fileSystem.open(new Path(folder, number + ".xml"))) {
      job.addResource(in);
      // It is read when it is first asked, and the file is closed then.
      job.size();
      return Optional.of(job);
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  void putAnswer(int number, Answer answer) throws IOException {
    put(number + ".json", out -> JSON.writeValue(out, answer));
  }

  /** The answer to the job of a number, or empty if it is not there yet. */
  Optional<Answer> answer(int number) throws IOException {
    try (InputStream in = fileSystem.open(new Path(folder, number + ".json"))) {
      return Optional.of(JSON.readValue(in, Answer.class));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Says that no job will come any more. */
  void end() throws IOException {
    fileSystem.create(new Path(folder, END), true).close();
  }

  /** Whether no job will come any more; so it is where the driver has deleted the folder. */
  boolean isEnded() throws IOException {
    return fileSystem.exists(new Path(folder, END)) || !fileSystem.exists(folder);
  }

  private void put(String name, Content content) throws IOException {
    var unfinished = new Path(folder, "_" + name);
    var file = new Path(folder, name);
    try (var out = fileSystem.create(unfinished, true)) {
      content.write(out);
    }
    if (!fileSystem.rename(unfinished, file)) {
      throw new IOException("Cannot rename " + unfinished + " to " + file);
    }
  }
}
