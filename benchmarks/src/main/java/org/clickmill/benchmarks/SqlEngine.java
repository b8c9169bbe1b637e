package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An engine that is asked in SQL, in the scripts that it has among the resources. */
interface SqlEngine {
  /** How it is called in results. */
  String name();

  /** The folder of its scripts, and of its work. */
  String folder();

  /** Its version, by its name. */
  Map<String, String> versions() throws IOException;

  /**
   * Runs scripts in one new process, one after another.
   *
   * @param work an empty folder for whatever it needs besides
   * @param log gets a line for each script: its path, the seconds that it took, and those of
   *     processor time, separated by tabs
   */
  Measurement run(List<Path> scripts, Path work, Path log) throws IOException, InterruptedException;
}
