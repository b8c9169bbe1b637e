package org.clickmill.drivers.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapred.JobConf;
import org.clickmill.formats.warehouse.HdfsDefaults;

/**
 * The configuration that commands start from: Hadoop's own, {@code clickmill-site.xml} where the
 * class path has one, {@link HdfsDefaults}, and, as long as nothing says that jobs run on YARN,
 * what makes Hadoop's local job runner quick and safe. Whatever a user has set stays as it is.
 */
public final class EmbeddedHadoop {
  private static final String FRAMEWORK = "mapreduce.framework.name";
  private static final String SITE_FILE = "clickmill-site.xml";
  private static final String SOURCE = "clickmill, without a cluster";
  private static final String CLUSTER_SOURCE = "clickmill, by the heap of a task";
  private static final String JAVA_SOURCE = "clickmill, for Java 17";
  private static final String PATIENCE_SOURCE = "clickmill, while a server is away";

  /**
   * Before Hadoop 3.4 the web server of an ApplicationMaster makes classes by reflection, which
   * Java 17 does not allow by itself; later versions of Hadoop add this on their own.
   */
  private static final Map<String, String> JAVA_OPTIONS =
      Map.of(
          "yarn.app.mapreduce.am.admin-command-opts",
          "--add-opens=java.base/java.lang=ALL-UNNAMED");

  /**
   * How often clients and ApplicationMasters look for a ResourceManager that is away, in
   * milliseconds: its return is noticed at once, and not half a minute later. For how long they
   * look stays as it is.
   */
  private static final Map<String, String> PATIENCE =
      Map.of("yarn.resourcemanager.connect.retry-interval.ms", "2000");

  private EmbeddedHadoop() {}

  public static Configuration configuration() {
    var configuration = withoutDefaults();
    if (isLocal(configuration)) {
      setUnlessUserDoes(defaults(), SOURCE, configuration);
    }
    return configuration;
  }

  private static void setUnlessUserDoes(
      Map<String, String> settings, String source, Configuration configuration) {
    settings.forEach(
        (name, value) -> {
          if (!isSetByUser(name, configuration)) {
            configuration.set(name, value, source);
          }
        });
  }

  /**
   * On a cluster, takes the defaults of the local job runner back, which an option may have
   * overruled, divides the heap that tasks have, lets old ApplicationMasters run on Java 17, and
   * has a ResourceManager that is away be looked for more often.
   */
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
    setUnlessUserDoes(TaskMemory.ofCluster(configuration), CLUSTER_SOURCE, configuration);
    setUnlessUserDoes(JAVA_OPTIONS, JAVA_SOURCE, configuration);
    setUnlessUserDoes(PATIENCE, PATIENCE_SOURCE, configuration);
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
    var defaults = new LinkedHashMap<String, String>();
    defaults.put("fs.file.impl", "org.clickmill.formats.warehouse.AtomicLocalFileSystem");
    defaults.put("hadoop.tmp.dir", ScratchFolder.path());
    // The job client asks this often, in milliseconds, whether a job has ended.
    defaults.put("mapreduce.client.progressmonitor.pollinterval", "5");
    defaults.put("mapreduce.client.completion.pollinterval", "5");
    int heapMb = (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() >> 20);
    defaults.putAll(TaskMemory.ofLocal(heapMb, Runtime.getRuntime().availableProcessors()));
    // Version 2 shows the output of tasks before the job commits.
    defaults.put("mapreduce.fileoutputcommitter.algorithm.version", "1");
    return defaults;
  }

  private static boolean isSetByUser(String name, Configuration configuration) {
    var sources = configuration.getPropertySources(name);
    return sources != null && !sources[sources.length - 1].endsWith("-default.xml");
  }
}
