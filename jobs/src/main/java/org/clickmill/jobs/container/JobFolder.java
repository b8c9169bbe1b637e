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
import org.apache.hadoop.fs.permission.FsPermission;

/** The folder through which the driver and the container exchange jobs and answers, by number. */
final class JobFolder {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String END = "end";
  private static final String CLOSED = "closed";

  /** A job's configuration has settings that are nobody else's business. */
  private static final FsPermission OWNERS = new FsPermission((short) 0700);

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

  /** Creates the folder, which nobody but the user may look into. */
  void create() throws IOException {
    // Its parents get the permissions of any other folder.
    if (!fileSystem.mkdirs(folder.getParent()) || !fileSystem.mkdirs(folder, OWNERS)) {
      throw new IOException("Cannot create folder: " + folder);
    }
  }

  /**
   * Hands a job to the container.
   *
   * @throws FileNotFoundException if the folder has been deleted
   */
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

  /** Says that the container takes no more jobs; those without an answer have not been run. */
  void close() throws IOException {
    try {
      // Not the folder, which the driver may have deleted.
      fileSystem.createFile(new Path(folder, CLOSED)).overwrite(true).build().close();
    } catch (FileNotFoundException e) {
      // Nobody waits for an answer.
    }
  }

  /** Whether the container takes no more jobs. */
  boolean isClosed() throws IOException {
    return fileSystem.exists(new Path(folder, CLOSED));
  }

  private void put(String name, Content content) throws IOException {
    var unfinished = new Path(folder, "_" + name);
    var file = new Path(folder, name);
    // Not the folder: who deletes it is done with it, and another would be open to all.
    try (var out = fileSystem.createFile(unfinished).overwrite(true).build()) {
      content.write(out);
    }
    if (!fileSystem.rename(unfinished, file)) {
      throw new IOException("Cannot rename " + unfinished + " to " + file);
    }
  }
}
