package org.clickmill.benchmarks.cluster;

import java.util.ArrayList;
import java.util.List;

/** The deaths that {@code run-deaths} knows, in the order of its table. */
final class KnownDeaths {
  /** So that there are several tasks, in containers of their own. */
  private static final List<String> SEVERAL_TASKS = List.of("clickmill.split.count=4");

  private KnownDeaths() {}

  static List<Death> all() {
    return List.of(
        new Death(
            "namenode",
            "the active NameNode is killed in the middle of a publish",
            Death.PIPELINE,
            Strikes::killActiveNameNode),
        new Death(
                "namenodes",
                "both NameNodes are killed, and stay away",
                Death.PIPELINE,
                Strikes::killNameNodes)
            .with(List.of("dfs.client.failover.max.attempts=5"))
            .telling("Cannot reach (the|an active) NameNode"),
        new Death(
            "datanode",
            "a DataNode is killed, and is back after 5 s",
            Death.PIPELINE,
            scene -> Strikes.killAndRestart(scene, "datanode-1")),
        new Death(
                "nodemanager",
                "a node of YARN is lost, with its containers",
                Death.IMPORT,
                Strikes::loseNode)
            .with(SEVERAL_TASKS),
        new Death(
                "resourcemanager",
                "the ResourceManager is killed, and is back after 5 s",
                Death.IMPORT,
                scene -> Strikes.killAndRestart(scene, Strikes.RESOURCE_MANAGER))
            .with(SEVERAL_TASKS),
        new Death(
                "resourcemanager-away",
                "the ResourceManager is killed before there is a job, and stays away",
                Death.IMPORT,
                Strikes::killResourceManager)
            .with(List.of("yarn.resourcemanager.connect.max-wait.ms=10000"))
            .telling("Cannot reach the ResourceManager"),
        new Death(
                "applicationmaster",
                "the ApplicationMaster of a job is killed",
                Death.IMPORT,
                Strikes::killMaster)
            .with(SEVERAL_TASKS),
        new Death(
            "container",
            "the container of small jobs is killed",
            Death.PIPELINE,
            Strikes::killContainer),
        new Death(
            "historyserver",
            "the history server is away all the time",
            Death.PIPELINE,
            Strikes::killHistoryServer),
        new Death(
                "disk",
                "the disks of all DataNodes become full",
                Death.PIPELINE,
                Strikes::fillDisks)
            .telling("no DataNode takes a block|HDFS has no DataNode|all DataNodes that took")
            .undoneBy(Strikes::emptyDisks),
        new Death(
                "name-quota",
                "a name quota of the warehouse is reached",
                Death.PIPELINE,
                Strikes::reachNameQuota)
            .telling("(name|NameSpace) quota .*/shop-name-quota")
            .undoneBy(Scene::clearQuotas),
        new Death(
                "space-quota",
                "a space quota of the warehouse is reached",
                Death.PIPELINE,
                Strikes::reachSpaceQuota)
            .telling("(space|DiskSpace) quota .*/shop-space-quota")
            .undoneBy(Scene::clearQuotas),
        new Death(
                "slow-task",
                "a task stands still, with speculative execution on",
                Death.IMPORT,
                Strikes::stopTask)
            .with(slowTask())
            .undoneBy(Scene::wakeTasks));
  }

  private static List<String> slowTask() {
    var settings = new ArrayList<>(SEVERAL_TASKS);
    settings.addAll(Chaos.speculation());
    return settings;
  }
}
