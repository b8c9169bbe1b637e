package org.clickmill.oozie;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.clickmill.drivers.oozie.OozieAction;

/**
 * What steps need on a cluster that uses Kerberos: every workflow asks for tokens of all file
 * systems, and every step that may register tables for one of the metastore, where there is one.
 */
final class CredentialsCheck implements Check {
  private static final String METASTORE = "metastore";
  private static final String SKIP = "oozie.credentials.skip";

  private static final Map<String, String> NAME_NODES =
      Map.of(
          "mapreduce.job.hdfs-servers",
          "${empty wf:conf('tokenNameNodes') ? nameNode : wf:conf('tokenNameNodes')}");

  private static final Map<String, String> BOTH =
      Map.of(
          "mapreduce.job.hdfs-servers",
          NAME_NODES.get("mapreduce.job.hdfs-servers"),
          SKIP,
          "${metastoreUri eq 'none'}");

  @Override
  public List<Problem> problems(OozieFiles files) {
    var problems = new ArrayList<Problem>();
    for (var workflow : files.named("workflow.xml")) {
      boolean registers = checkActions(workflow, problems);
      var configured = new TreeMap<String, String>();
      for (var global : XmlFile.children(workflow.root(), "global")) {
        configured.putAll(XmlFile.configuration(global));
      }
      new TreeMap<>(registers ? BOTH : NAME_NODES)
          .forEach(
              (name, value) -> {
                if (!value.equals(configured.get(name))) {
                  problems.add(
                      new Problem(
                          workflow.path(),
                          "global",
                          "has " + name + "=" + configured.get(name) + ", not " + value));
                }
              });
    }
    return problems;
  }

  /** Whether one of the workflow's actions runs a command. */
  private static boolean checkActions(XmlFile workflow, List<Problem> problems) {
    boolean registers = false;
    for (var action : workflow.elements("action")) {
      for (var java : XmlFile.children(action, "java")) {
        boolean isCommand =
            XmlFile.text(java, "main-class").orElse("").equals(OozieAction.class.getName());
        registers |= isCommand;
        var credential = action.getAttribute("cred");
        if (isCommand && !credential.equals(METASTORE)) {
          problems.add(
              new Problem(
                  workflow.path(),
                  XmlFile.name(action),
                  "has the credential '" + credential + "', not '" + METASTORE + "'"));
        }
      }
    }
    return registers;
  }
}
