package org.clickmill.drivers.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapred.JobConf;
import org.clickmill.formats.warehouse.HdfsDefaults;
import org.clickmill.jobs.ingest.IngestSettings;
import org.clickmill.jobs.kernel.KernelSettings;

/**
 * The configuration that commands start from: Hadoop's own, {@code clickmill-site.xml} where the
 * class path has one, {@link HdfsDefaults}, and, as long as nothing says that jobs run on YARN,
 * what makes Hadoop's local job runner quick and safe. Whatever a user has set stays as it is.
 */
public final class EmbeddedHadoop {
  private static final String FRAMEWORK = "mapreduce.framework.name";
  private static final String SITE_FILE = "clickmill-site.xml";
  private static final String SOURCE = "clickmill, without a cluster";

  private static final long LEAST_FOLD_MB = 16;
  private static final long MOST_FOLD_MB = 256;

  private EmbeddedHadoop() {}

  public static Configuration configuration() {
    var configuration = withoutDefaults();
    if (isLocal(configuration)) {
      defaults()
          .forEach(
              (name, value) -> {
                if (!isSetByUser(name, configuration)) {
                  configuration.set(name, value, SOURCE);
                }
              });
    }
    return configuration;
  }

  /** Takes the defaults of the local job runner back when an option has chosen YARN. */
  static void leaveToCluster(Configuration configuration) {
    if (isLocal(configuration)) {
      return;
    }
    for (var name : defaults().keySet()) {
      var sources = configuration.getPropertySources(name);
      if (sources != null && sources[sources.length - 1].equals(SOURCE)) {
        configuration.unset(name);
      }
    }
    // What files say shows again, those of options as well.
    configuration.reloadConfiguration();
  }

  private static Configuration withoutDefaults() {
    // A job's configuration, so that mapred-site.xml has been read when the framework is asked for.
    var configuration = new Configuration(new JobConf());
    configuration.addResource(SITE_FILE);
    HdfsDefaults.apply(configuration);
    return configuration;
  }

  static boolean isLocal(Configuration configuration) {
    return "local".equals(configuration.get(FRAMEWORK, "local"));
  }

  private static Map<String, String> defaults() {
    int processors = Runtime.getRuntime().availableProcessors();
    var slots = Integer.toString(processors);
    var defaults = new LinkedHashMap<String, String>();
    defaults.put("fs.file.impl", "org.clickmill.formats.warehouse.AtomicLocalFileSystem");
    defaults.put("hadoop.tmp.dir", ScratchFolder.path());
    // The job client asks this often, in milliseconds, whether a job has ended.
    defaults.put("mapreduce.client.progressmonitor.pollinterval", "5");
    defaults.put("mapreduce.client.completion.pollinterval", "5");
    defaults.put("mapreduce.local.map.tasks.maximum", slots);
    defaults.put("mapreduce.local.reduce.tasks.maximum", slots);
    // All tasks share this process: folds and merges have an eighth of its memory among them, and
    // what they emit is small, so the buffers that it is sorted in need not be large.
    long memoryMb = Runtime.getRuntime().maxMemory() >> 20;
    long foldMb = Math.max(LEAST_FOLD_MB, Math.min(MOST_FOLD_MB, memoryMb / 8 / processors));
    defaults.put(KernelSettings.FOLD_MEMORY_MB.name(), Long.toString(foldMb));
    // compact runs alone, and what it sorts in memory need not be shuffled: it has half.
    long compactMb = Math.max(LEAST_FOLD_MB, memoryMb / 2 / processors);
    defaults.put(IngestSettings.COMPACT_MEMORY_MB.name(), Long.toString(compactMb));
    defaults.put("mapreduce.task.io.sort.mb", "16");
    // Version 2 shows the output of tasks before the job commits.
    defaults.put("mapreduce.fileoutputcommitter.algorithm.version", "1");
    return defaults;
  }

  private static boolean isSetByUser(String name, Configuration configuration) {
    var sources = configuration.getPropertySources(name);
    return sources != null && !sources[sources.length - 1].endsWith("-default.xml");
  }
}
