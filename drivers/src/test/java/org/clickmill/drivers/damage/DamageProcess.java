package org.clickmill.drivers.damage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.clickmill.formats.failure.ClickmillException;

/**
 * Reads damaged files, one for each line "file reader seed" of standard input, and prints a line
 * for each: its {@link Outcome} and what there is to say. It ends with standard input.
 */
final class DamageProcess {
  /** In place of a reader: what stands before it is a command. */
  static final String COMMAND = "command";

  private final Path folder;
  private final Path scratch;
  private final Map<String, Specimen> specimens = new HashMap<>();
  private final Map<String, byte[]> contents = new HashMap<>();
  private final Map<String, String> undamaged = new HashMap<>();
  private final Configuration configuration = new Configuration(false);
  private final FileSystem fileSystem;

  private final Commands commands;

  private DamageProcess(Path folder, Path scratch, Path warehouse) throws IOException {
    this.commands = new Commands(folder, warehouse, scratch);
    this.folder = folder;
    this.scratch = scratch;
    this.fileSystem = FileSystem.getLocal(new Configuration()).getRawFileSystem();
    for (var specimen : Corpus.read(folder)) {
      specimens.put(specimen.name(), specimen);
    }
  }

  /** Arguments: the folders of the corpus, of the damaged files, and of the warehouse. */
  public static void main(String[] arguments) throws IOException {
    var process =
        new DamageProcess(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    for (var line = in.readLine(); line != null; line = in.readLine()) {
      var words = List.of(line.split(" "));
      long seed = Long.parseLong(words.get(2));
      out.println(
          words.get(1).equals(COMMAND)
              ? process.commands.run(words.get(0), seed)
              : process.run(words.get(0), Reader.valueOf(words.get(1)), seed));
    }
  }

  private String run(String name, Reader reader, long seed) throws IOException {
    var specimen = specimens.get(name);
    var good = contents.get(name);
    if (good == null) {
      good = Files.readAllBytes(folder.resolve(name));
      contents.put(name, good);
    }
    var expected = undamaged.get(name + reader);
    if (expected == null) {
      expected = reader.read(folder.resolve(name), fileSystem, configuration);
      undamaged.put(name + reader, expected);
    }
    var seen = reader == Reader.IMPORT ? specimen : specimen.knownToReader();
    var mutation = Mutation.of(seen, good, seed);
    var file = scratch.resolve(name);
    Files.write(file, mutation.bytes());
    try {
      return read(file, reader, expected, mutation);
    } finally {
      Files.delete(file);
    }
  }

  private String read(Path file, Reader reader, String expected, Mutation mutation) {
    try {
      var found = reader.read(file, fileSystem, configuration);
      if (found.equals(expected)) {
        return line(Outcome.SAME_ROWS, mutation, "");
      }
      return line(
          mutation.isDetectable() ? Outcome.WRONG_ROWS : Outcome.OTHER_ROWS,
          mutation,
          found + " instead of " + expected);
    } catch (ClickmillException e) {
      boolean isClear =
          e.getMessage().contains(file.getFileName().toString())
              && e.getMessage().matches("(?s)(Cannot|Invalid|Missing) .*");
      boolean isBare = e.getMessage().contains("java.lang.") || e.getMessage().endsWith(": null");
      return line(
          isClear && !isBare ? Outcome.ERROR : Outcome.UNCLEAR_ERROR, mutation, e.getMessage());
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return line(Outcome.BARE_EXCEPTION, mutation, described(e));
    } catch (OutOfMemoryError e) {
      return line(Outcome.OUT_OF_MEMORY, mutation, described(e));
    }
  }

  private static String described(Throwable thrown) {
    var text = new StringBuilder(thrown.toString());
    for (int i = 0; i < Math.min(12, thrown.getStackTrace().length); i++) {
      text.append(" < ").append(thrown.getStackTrace()[i]);
    }
    return text.toString();
  }

  private static String line(Outcome outcome, Mutation mutation, String text) {
    return outcome + "\t" + mutation.what() + "\t" + text.replaceAll("[\t\r\n]+", " ");
  }
}
