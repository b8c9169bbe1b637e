package org.clickmill.oozie;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Queue, memory, cores and Java options of every workflow's launchers are parameters, with the same
 * default everywhere. They stand among the properties: the elements of {@code <launcher>} that are
 * numbers take no expression.
 */
final class LauncherCheck implements Check {
  private static final String GLOBAL = "global";

  /** The properties, and their values. */
  static final Map<String, String> PROPERTIES =
      new TreeMap<>(
          Map.of(
              "oozie.launcher.queue",
              "${empty wf:conf('launcherQueue') ? queueName : wf:conf('launcherQueue')}",
              "oozie.launcher.memory.mb",
              "${launcherMemoryMb}",
              "oozie.launcher.vcores",
              "${launcherVcores}",
              "oozie.launcher.javaopts",
              "${wf:conf('launcherJavaOpts')}"));

  private static final Map<String, String> DEFAULTS =
      new TreeMap<>(
          Map.of(
              "launcherQueue",
              "",
              "launcherMemoryMb",
              "1024",
              "launcherVcores",
              "1",
              "launcherJavaOpts",
              ""));

  @Override
  public List<Problem> problems(OozieFiles files) {
    var problems = new ArrayList<Problem>();
    for (var workflow : files.named("workflow.xml")) {
      for (var launcher : workflow.elements("launcher")) {
        problems.add(
            new Problem(
                workflow.path(), XmlFile.name(launcher), "fixes what parameters should set"));
      }
      var configured = new TreeMap<String, String>();
      for (var global : XmlFile.children(workflow.root(), GLOBAL)) {
        configured.putAll(XmlFile.configuration(global));
      }
      PROPERTIES.forEach(
          (name, value) -> {
            if (!value.equals(configured.get(name))) {
              problems.add(
                  new Problem(
                      workflow.path(),
                      GLOBAL,
                      "has " + name + "=" + configured.get(name) + ", not " + value));
            }
          });
      checkDefaults(workflow, problems);
    }
    return problems;
  }

  private static void checkDefaults(XmlFile workflow, List<Problem> problems) {
    for (var parameter : workflow.parameters()) {
      var expected = DEFAULTS.get(parameter.name());
      if (expected != null && !parameter.value().orElse("none").equals(expected)) {
        problems.add(
            new Problem(
                workflow.path(),
                "parameter " + parameter.name(),
                "has the default " + parameter.value().orElse("none") + ", not " + expected));
      }
    }
  }
}
