package org.clickmill.drivers.observe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.util.VersionInfo;
import org.clickmill.drivers.observe.RunEvent.Type;
import org.clickmill.formats.warehouse.SuiteVersion;

/** A run of a command or of one of its steps, as OpenLineage sees it. */
final class LineageRun {
  private static final String ENGINE = "Hadoop MapReduce";
  private static final String INTEGRATION = "CLICKMILL";

  private final Lineage lineage;
  private final String id = UUID.randomUUID().toString();
  private final String namespace;
  private final String job;
  private final String kind;
  private final String text;
  private final LineageRun parent;

  /**
   * @param kind COMMAND or STEP
   * @param text what the job does; null to say nothing
   * @param parent the run that this is a step of; null for none
   */
  LineageRun(
      Lineage lineage, String namespace, String job, String kind, String text, LineageRun parent) {
    this.lineage = lineage;
    this.namespace = namespace;
    this.job = job;
    this.kind = kind;
    this.text = text;
    this.parent = parent;
  }

  /** Says that something is not told. */
  void warn(Exception failure) {
    lineage.warn(failure);
  }

  void start(Instant at) {
    send(Type.START, at, run(List.of()), List.of(), List.of());
  }

  /** Begins a step of this run. */
  LineageRun step(String name, Instant at) {
    var step = new LineageRun(lineage, namespace, job + "." + name, "STEP", null, this);
    step.start(at);
    return step;
  }

  /**
   * Ends the run.
   *
   * @param runIds the ids that manifests know it by
   * @param failure why it failed; null where it has not
   */
  void end(
      Instant at,
      Collection<String> runIds,
      List<LineageDataset> inputs,
      List<LineageDataset> outputs,
      String failure) {
    var run = run(runIds);
    if (failure != null) {
      var error = Facets.error();
      error.put("message", failure);
      error.put("programmingLanguage", "JAVA");
      run.withObject("facets").set("errorMessage", error);
    }
    send(failure == null ? Type.COMPLETE : Type.FAIL, at, run, inputs, outputs);
  }

  private void send(
      Type type,
      Instant at,
      ObjectNode run,
      List<LineageDataset> inputs,
      List<LineageDataset> outputs) {
    lineage.send(new RunEvent(type, at, run, job(), inputs, outputs));
  }

  private ObjectNode run(Collection<String> runIds) {
    var run = JsonNodeFactory.instance.objectNode();
    run.put("runId", id);
    var facets = run.putObject("facets");
    var engine = Facets.engine();
    engine.put("name", ENGINE);
    engine.put("version", VersionInfo.getVersion());
    engine.put("openlineageAdapterVersion", SuiteVersion.text());
    facets.set("processing_engine", engine);
    if (!runIds.isEmpty()) {
      var manifests = Facets.ofRun();
      var ids = manifests.putArray("runIds");
      runIds.forEach(ids::add);
      facets.set("clickmill_run", manifests);
    }
    if (parent != null) {
      var facet = Facets.parent();
      facet.putObject("run").put("runId", parent.id);
      facet.putObject("job").put("namespace", parent.namespace).put("name", parent.job);
      facets.set("parent", facet);
    }
    return run;
  }

  private ObjectNode job() {
    var node = JsonNodeFactory.instance.objectNode();
    node.put("namespace", namespace);
    node.put("name", job);
    var facets = node.putObject("facets");
    var type = Facets.jobType();
    type.put("processingType", "BATCH");
    type.put("integration", INTEGRATION);
    type.put("jobType", kind);
    facets.set("jobType", type);
    if (text != null) {
      var documentation = Facets.jobDocumentation();
      documentation.put("description", text);
      facets.set("documentation", documentation);
    }
    return node;
  }
}
