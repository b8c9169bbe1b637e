package org.clickmill.oozie;

import java.util.ArrayList;
import java.util.List;

/**
 * A parameter that may be empty is asked for by wf:conf or coord:conf: Oozie forgets properties
 * without a value, and an expression that names one fails.
 */
final class EmptyParametersCheck implements Check {
  @Override
  public List<Problem> problems(OozieFiles files) {
    var problems = new ArrayList<Problem>();
    for (var name : List.of("workflow.xml", "coordinator.xml", "bundle.xml")) {
      for (var file : files.named(name)) {
        var named = Expressions.named(file.root());
        for (var parameter : file.parameters()) {
          boolean mayBeEmpty = parameter.value().filter(String::isEmpty).isPresent();
          if (mayBeEmpty && named.containsKey(parameter.name())) {
            problems.add(
                new Problem(
                    file.path(),
                    XmlFile.name(named.get(parameter.name())),
                    "names ${" + parameter.name() + "}, which may be empty: ask by conf('…')"));
          }
        }
      }
    }
    return problems;
  }
}
