package org.clickmill.drivers.doctor;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.MRConfig;
import org.clickmill.jobs.kernel.Slots;

/** The folders on the client's own disk that Hadoop, and jobs without a cluster, write into. */
final class LocalScratchCheck implements Check {
  private static final String NAME = "local scratch folder";
  private static final String TEMPORARY = "hadoop.tmp.dir";

  private final Configuration configuration;

  LocalScratchCheck(Configuration configuration) {
    this.configuration = configuration;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String advice() {
    return "Name a folder on a disk with space by -D " + TEMPORARY + "=FOLDER.";
  }

  @Override
  public List<Finding> run() {
    var findings = new ArrayList<Finding>();
    for (var folder : folders()) {
      findings.add(judge(folder));
    }
    return findings;
  }

  private List<Path> folders() {
    var names =
        Slots.isLocal(configuration)
            ? configuration.getTrimmedStrings(
                MRConfig.LOCAL_DIR, configuration.get(TEMPORARY) + "/mapred/local")
            : new String[] {configuration.get(TEMPORARY)};
    return Arrays.stream(names).map(LocalScratchCheck::path).distinct().toList();
  }

  /** Hadoop takes URIs too. */
  private static Path path(String name) {
    return name.startsWith("file:") ? Path.of(URI.create(name)) : Path.of(name).toAbsolutePath();
  }

  private Finding judge(Path folder) {
    try {
      var nearest = nearest(folder);
      Files.delete(Files.createTempFile(nearest, "clickmill-doctor", null));
      var disk = Files.getFileStore(nearest);
      return Room.judge(
          NAME, "for " + folder, disk.getUsableSpace(), disk.getTotalSpace(), advice());
    } catch (IOException e) {
      return Finding.failed(
          NAME,
          "cannot write to "
              + folder
              + " ("
              + e.getClass().getSimpleName()
              + ": "
              + Reasons.describe(e)
              + ")",
          advice());
    }
  }

  /** The folder, or the nearest one above it that is there: Hadoop creates the rest. */
  private static Path nearest(Path folder) {
    var path = folder;
    while (!Files.exists(path) && path.getParent() != null) {
      path = path.getParent();
    }
    return path;
  }
}
