package org.clickmill.oozie;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.w3c.dom.Element;

/**
 * A file that runs when a job is submitted.
 *
 * @param set the properties that its caller sets: a bundle for its coordinators, a coordinator for
 *     its workflow and all that it was given for itself, every workflow for the notification
 */
record SubmittedFile(XmlFile file, Set<String> set) {
  private static final String NOTIFICATION = "notify/workflow.xml";
  private static final String ROOT = "${oozieApps}/";

  /** The files that run when the job of a folder is submitted, from the first to the last. */
  static List<SubmittedFile> of(String folder, OozieFiles files) {
    var properties = files.jobProperties(folder);
    var run = new ArrayList<SubmittedFile>();
    var bundle = properties.getProperty("oozie.bundle.application.path");
    if (bundle == null) {
      addCoordinator(
          properties.getProperty("oozie.coord.application.path"), Set.of(), folder, files, run);
    } else {
      var file = files.xml(below(bundle));
      run.add(new SubmittedFile(file, Set.of()));
      for (var coordinator : file.elements("coordinator")) {
        addCoordinator(
            appPath(coordinator), XmlFile.configuration(coordinator).keySet(), folder, files, run);
      }
    }
    run.add(new SubmittedFile(files.xml(NOTIFICATION), setByEveryWorkflow(files)));
    return run;
  }

  private static void addCoordinator(
      String path, Set<String> set, String folder, OozieFiles files, List<SubmittedFile> run) {
    var coordinator = files.xml(below(path));
    run.add(new SubmittedFile(coordinator, set));
    var values = new TreeMap<String, String>();
    for (var parameter : coordinator.parameters()) {
      parameter.value().ifPresent(value -> values.put(parameter.name(), value));
    }
    var properties = files.jobProperties(folder);
    properties
        .stringPropertyNames()
        .forEach(name -> values.put(name, properties.getProperty(name)));
    for (var workflow : coordinator.elements("workflow")) {
      var all = new TreeSet<>(set);
      all.addAll(XmlFile.configuration(workflow).keySet());
      run.add(new SubmittedFile(files.xml(workflow(workflow, values)), all));
    }
  }

  /** The file of the workflow, whose folder may be a parameter. */
  private static String workflow(Element workflow, Map<String, String> values) {
    return Expressions.replace(below(appPath(workflow)), values) + "/workflow.xml";
  }

  private static String appPath(Element caller) {
    return XmlFile.text(caller, "app-path").orElseThrow();
  }

  private static String below(String path) {
    return Optional.ofNullable(path)
        .filter(text -> text.startsWith(ROOT))
        .map(text -> text.substring(ROOT.length()))
        .orElseThrow(() -> new IllegalArgumentException("Invalid path: " + path));
  }

  private static Set<String> setByEveryWorkflow(OozieFiles files) {
    return files.named("workflow.xml").stream()
        .flatMap(caller -> caller.elements("sub-workflow").stream())
        .map(call -> (Set<String>) XmlFile.configuration(call).keySet())
        .reduce(SubmittedFile::common)
        .orElse(Set.of());
  }

  private static Set<String> common(Set<String> some, Set<String> others) {
    var common = new TreeSet<>(some);
    common.retainAll(others);
    return common;
  }
}
