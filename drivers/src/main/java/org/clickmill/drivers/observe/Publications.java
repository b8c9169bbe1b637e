package org.clickmill.drivers.observe;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Publication.Outcome;
import org.clickmill.formats.warehouse.PublicationListener;

/** What was published, and from what, by the runs and steps that the manifests name. */
final class Publications implements PublicationListener {
  private final Map<String, Flow> flows = new HashMap<>();
  private final Totals totals = new Totals();
  private final boolean keepsFlows;

  /**
   * @param keepsFlows whether anybody asks for more than the sums
   */
  Publications(boolean keepsFlows) {
    this.keepsFlows = keepsFlows;
  }

  /**
   * What a run or step has read and published, by dataset.
   *
   * @param runIds the ids that manifests know it by
   * @param inputs what the published partitions were made from
   * @param outputs the published partitions
   */
  record Flow(
      SortedSet<String> runIds,
      SortedMap<String, TouchedPartitions> inputs,
      SortedMap<String, TouchedPartitions> outputs) {
    private Flow() {
      this(new TreeSet<>(), new TreeMap<>(), new TreeMap<>());
    }

    private void add(Manifest manifest, Outcome outcome) {
      runIds.add(manifest.runId());
      outputs
          .computeIfAbsent(manifest.dataset(), any -> new TouchedPartitions())
          .published(manifest, outcome);
      for (var input : manifest.inputs()) {
        // One that was absent was not read.
        if (input.version() > 0) {
          inputs.computeIfAbsent(input.dataset(), any -> new TouchedPartitions()).read(input);
        }
      }
    }
  }

  /** Sums over all that was published. */
  private static final class Totals {
    private long partitions;
    private long changed;
    private long rows;
    private long bytes;

    private void add(Manifest manifest, Outcome outcome) {
      partitions++;
      if (outcome == Outcome.PUBLISHED) {
        changed++;
        rows += manifest.fingerprint().rows();
        bytes += manifest.bytes();
      }
    }
  }

  @Override
  public synchronized void published(Manifest manifest, Outcome outcome) {
    totals.add(manifest, outcome);
    if (keepsFlows) {
      flows.computeIfAbsent(manifest.runId(), any -> new Flow()).add(manifest, outcome);
    }
  }

  /** Takes out what a run or step has published, by the id in its manifests. */
  synchronized Flow take(String runId) {
    var flow = flows.remove(runId);
    return flow == null ? new Flow() : flow;
  }

  /** Takes out all that is left, whoever published it. */
  synchronized Flow takeAll() {
    var all = new Flow();
    for (var flow : flows.values()) {
      all.runIds().addAll(flow.runIds());
      addAll(flow.inputs(), all.inputs());
      addAll(flow.outputs(), all.outputs());
    }
    flows.clear();
    return all;
  }

  private static void addAll(
      SortedMap<String, TouchedPartitions> some, SortedMap<String, TouchedPartitions> all) {
    some.forEach(
        (dataset, partitions) ->
            all.computeIfAbsent(dataset, any -> new TouchedPartitions()).addAll(partitions));
  }

  synchronized boolean isEmpty() {
    return totals.partitions == 0;
  }

  synchronized void addTo(Samples samples, String command) {
    samples.add(Metric.RUN_PUBLISHED_PARTITIONS, totals.partitions, command);
    samples.add(Metric.RUN_CHANGED_PARTITIONS, totals.changed, command);
    samples.add(Metric.RUN_PUBLISHED_ROWS, totals.rows, command);
    samples.add(Metric.RUN_PUBLISHED_BYTES, totals.bytes, command);
  }
}
