package org.clickmill.oozie;

import java.util.ArrayList;
import java.util.List;

/** No output of a coordinator is deleted when one of its actions is run again. */
final class CleanupCheck implements Check {
  @Override
  public List<Problem> problems(OozieFiles files) {
    var problems = new ArrayList<Problem>();
    for (var coordinator : files.named("coordinator.xml")) {
      for (var output : coordinator.elements("data-out")) {
        if (!output.getAttribute("nocleanup").equals("true")) {
          problems.add(
              new Problem(
                  coordinator.path(),
                  XmlFile.name(output),
                  "has no nocleanup=\"true\": a rerun would delete what is published"));
        }
      }
    }
    return problems;
  }
}
