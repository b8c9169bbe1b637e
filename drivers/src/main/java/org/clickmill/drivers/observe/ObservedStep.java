package org.clickmill.drivers.observe;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.clickmill.drivers.pipeline.StepObserver;

/**
 * A run or a step of it while it is at work: what it reads and writes that is in no manifest is
 * added here.
 */
public final class ObservedStep implements StepObserver.End {
  /** Of nobody who wants lineage. */
  static final ObservedStep NONE = new ObservedStep(null, null, null, null);

  private final LineageRun lineage;
  private final Publications publications;
  private final TableDatasets tables;
  private final String runId;
  private final List<LineageDataset> inputs = new ArrayList<>();
  private final List<LineageDataset> outputs = new ArrayList<>();

  /**
   * @param lineage null where nobody wants it
   * @param runId the id that manifests know the step by; null for a run, which has published what
   *     no step has
   */
  ObservedStep(LineageRun lineage, Publications publications, TableDatasets tables, String runId) {
    this.lineage = lineage;
    this.publications = publications;
    this.tables = tables;
    this.runId = runId;
  }

  /** Whether anybody wants to know what is read and written. */
  public boolean isTracked() {
    return lineage != null;
  }

  public void input(LineageDataset dataset) {
    if (isTracked()) {
      inputs.add(dataset);
    }
  }

  public void output(LineageDataset dataset) {
    if (isTracked()) {
      outputs.add(dataset);
    }
  }

  /** Adds a table that was read, of which it is not known which partitions. */
  public void inputTable(String name) {
    if (!isTracked()) {
      return;
    }
    try {
      inputs.add(tables.named(name));
    } catch (RuntimeException e) {
      lineage.warn(e);
    }
  }

  /** Adds tables of which some days were read, with the partitions that there are of these. */
  public void inputTables(Collection<String> names, LocalDate from, LocalDate to) {
    if (!isTracked()) {
      return;
    }
    try {
      for (var name : names) {
        inputs.add(tables.input(name, from, to));
      }
    } catch (IOException | RuntimeException e) {
      lineage.warn(e);
    }
  }

  boolean hasNothing() {
    return inputs.isEmpty() && outputs.isEmpty();
  }

  /** Sends that a run begins whose beginning was not sent when it did. */
  void startLate(Instant begin) {
    lineage.start(begin);
  }

  @Override
  public void ended(Exception failure) {
    if (!isTracked()) {
      return;
    }
    try {
      tellEnd(failure);
    } catch (RuntimeException e) {
      // Such as a metric that cannot be read, which the run itself has no use for.
      lineage.warn(e);
    }
  }

  private void tellEnd(Exception failure) {
    var flow = runId == null ? publications.takeAll() : publications.take(runId);
    var allInputs = new ArrayList<>(inputs);
    allInputs.addAll(tables.inputs(flow.inputs()));
    var allOutputs = new ArrayList<>(outputs);
    allOutputs.addAll(tables.outputs(flow.outputs()));
    lineage.end(
        Clock.systemUTC().instant(),
        flow.runIds(),
        allInputs,
        allOutputs,
        failure == null ? null : Reason.of(failure));
  }
}
