package org.clickmill.benchmarks.cluster;

import java.util.List;
import java.util.Locale;

/**
 * What a run is asked for.
 *
 * @param imports whether CSV files are written and imported instead of hours of events
 * @param settings for Clickmill's commands on the cluster, as NAME=VALUE
 * @param verifies whether the rows are compared with those of a run without a cluster
 * @param chaosSeed of what harms the jobs meanwhile, or null for nothing
 * @param keeps whether the files of HDFS and of the nodes stay
 */
record BigDayPlan(
    GeneratedDay day,
    boolean imports,
    ClusterOptions cluster,
    List<String> settings,
    boolean verifies,
    Long chaosSeed,
    boolean keeps) {
  BigDayPlan {
    settings = List.copyOf(settings);
  }

  /** In words for the report. */
  String title() {
    var options = day.options();
    return String.format(
        Locale.ROOT,
        "%,d events in %d day%s, %s%s; %d nodes of %,d MB, containers of %,d MB, tasks with -Xmx%s",
        options.events(),
        options.days(),
        options.days() == 1 ? "" : "s",
        day.shape(),
        imports ? ", imported" : "",
        cluster.nodes(),
        cluster.nodeMegabytes(),
        cluster.containerMegabytes(),
        cluster.heap());
  }
}
