package org.clickmill.oozie;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.w3c.dom.Element;

/** The error of every action leads to the notification, and the notification to a kill. */
final class ErrorsCheck implements Check {
  private static final String NOTIFICATION = "${oozieApps}/notify";

  @Override
  public List<Problem> problems(OozieFiles files) {
    var problems = new ArrayList<Problem>();
    for (var workflow : files.named("workflow.xml")) {
      boolean isNotification = workflow.application().equals("notify");
      var kills = names(workflow.elements("kill"));
      var notifications =
          names(
              workflow.elements("action").stream().filter(ErrorsCheck::callsNotification).toList());
      if (!isNotification && notifications.size() != 1) {
        problems.add(
            new Problem(
                workflow.path(), "workflow-app", "needs one action that calls " + NOTIFICATION));
      }
      for (var action : workflow.elements("action")) {
        if (isNotification) {
          require(workflow, action, "error", kills, problems);
        } else if (callsNotification(action)) {
          require(workflow, action, "ok", kills, problems);
          require(workflow, action, "error", kills, problems);
        } else {
          require(workflow, action, "error", notifications, problems);
        }
      }
    }
    return problems;
  }

  private static void require(
      XmlFile workflow,
      Element action,
      String transition,
      Set<String> targets,
      List<Problem> problems) {
    var to = XmlFile.children(action, transition).get(0).getAttribute("to");
    if (!targets.contains(to)) {
      problems.add(
          new Problem(
              workflow.path(),
              XmlFile.name(action),
              "leads by " + transition + " to " + to + ", not to " + String.join(" or ", targets)));
    }
  }

  private static boolean callsNotification(Element action) {
    return XmlFile.children(action, "sub-workflow").stream()
        .anyMatch(call -> XmlFile.text(call, "app-path").orElse("").equals(NOTIFICATION));
  }

  private static Set<String> names(List<Element> elements) {
    return elements.stream()
        .map(element -> element.getAttribute("name"))
        .collect(Collectors.toSet());
  }
}
