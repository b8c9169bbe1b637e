package org.clickmill.drivers.damage;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Has mutations read by a process with little memory, which is started again when it ends. */
final class DamageCampaign implements AutoCloseable {
  private static final int DEADLINE_SECONDS = 30;
  private static final int SHOWN = 2_000;
  private static final int PROGRESS = 5_000;

  private final Path corpus;
  private final Path warehouse;
  private final Path folder;
  private final PrintStream out;
  private final List<String> offenders = new ArrayList<>();
  private final Map<Outcome, Integer> figures = new EnumMap<>(Outcome.class);
  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private Process process;
  private PrintWriter toProcess;
  private BufferedReader fromProcess;

  /**
   * @param corpus the folder of the undamaged files
   * @param warehouse for whole commands; need not exist where there are none
   * @param folder for what the process writes
   * @param out gets a line for each mutation that ended as none may
   */
  DamageCampaign(Path corpus, Path warehouse, Path folder, PrintStream out) throws IOException {
    this.corpus = corpus;
    this.warehouse = warehouse;
    this.folder = Files.createDirectories(folder);
    this.out = out;
  }

  /**
   * Mutates files in turn.
   *
   * @param only a part of the names of the files to take; all if it is empty
   */
  void run(int mutations, long seed, String only) throws IOException, InterruptedException {
    var cases = new ArrayList<String>();
    for (var specimen : Corpus.read(corpus)) {
      if (specimen.name().contains(only)) {
        for (var reader : Reader.of(specimen)) {
          cases.add(specimen.name() + " " + reader);
        }
      }
    }
    run(cases, mutations, seed);
  }

  /** Runs whole commands, each with a damaged file, on copies of the warehouse. */
  void runCommands(int mutations, long seed) throws IOException, InterruptedException {
    run(
        Commands.NAMES.stream().map(name -> name + " " + DamageProcess.COMMAND).toList(),
        mutations,
        seed);
  }

  private void run(List<String> cases, int mutations, long seed)
      throws IOException, InterruptedException {
    var random = new Random(seed);
    for (int i = 0; i < mutations; i++) {
      var damage = cases.get(i % cases.size()) + " " + random.nextLong();
      var answer = answer(damage);
      var outcome = Outcome.valueOf(answer.split("\t", 2)[0]);
      figures.merge(outcome, 1, Integer::sum);
      if ((i + 1) % PROGRESS == 0) {
        out.println(i + 1 + " mutations: " + figures());
      }
      if (!outcome.isAllowed()) {
        offenders.add(damage + ": " + answer);
        if (offenders.size() <= SHOWN) {
          out.println(damage + ": " + answer);
        }
      }
    }
  }

  List<String> offenders() {
    return offenders;
  }

  /** How many mutations ended in which way. */
  String figures() {
    var text = new StringBuilder();
    figures.forEach(
        (outcome, count) ->
            text.append(text.length() == 0 ? "" : ", ")
                .append(outcome.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .append(' ')
                .append(count));
    return text.toString();
  }

  @Override
  public void close() {
    end();
    executor.shutdownNow();
  }

  private String answer(String damage) throws IOException, InterruptedException {
    if (process == null || !process.isAlive()) {
      start();
    }
    toProcess.println(damage);
    Future<String> line = executor.submit(fromProcess::readLine);
    try {
      var answer = line.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
      if (answer == null) {
        process.waitFor();
        var died = Outcome.DIED + "\texit code " + process.exitValue() + ", see " + folder;
        process = null;
        return died;
      }
      if (answer.startsWith(Outcome.OUT_OF_MEMORY.name())) {
        end();
      }
      return answer;
    } catch (TimeoutException e) {
      end();
      return Outcome.HUNG.name();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private void start() throws IOException {
    var scratch = Files.createDirectories(folder.resolve("scratch"));
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + scratch,
                "-Dlog4j.configuration="
                    + System.getProperty("log4j.configuration", "log4j.properties"),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                DamageProcess.class.getName(),
                corpus.toString(),
                scratch.toString(),
                warehouse.toString())
            .redirectError(new File(folder.toFile(), "err"))
            .start();
    toProcess = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    fromProcess =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private void end() {
    if (process != null) {
      process.destroyForcibly();
      process.onExit().join();
      process = null;
    }
  }
}
