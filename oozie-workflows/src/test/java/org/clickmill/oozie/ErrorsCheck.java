package org.clickmill.oozie;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.w3c.dom.Element;

/**
 * The error of every action leads to the notification, and the notification to a kill. On the paths
 * of a fork it leads to the join, since Oozie enters any other node once only; behind the join is
 * an action whose error leads to the notification.
 */
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
          boolean isForked = forked(workflow).contains(action.getAttribute("name"));
          var targets = isForked ? names(workflow.elements("join")) : notifications;
          require(workflow, action, "error", targets, problems);
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

  /** The actions on the paths of forks, up to their joins. */
  private static Set<String> forked(XmlFile workflow) {
    var next = new HashMap<String, String>();
    for (var action : workflow.elements("action")) {
      next.put(
          action.getAttribute("name"), XmlFile.children(action, "ok").get(0).getAttribute("to"));
    }
    var forked = new HashSet<String>();
    for (var path : workflow.elements("path")) {
      for (var name = path.getAttribute("start"); next.containsKey(name); name = next.get(name)) {
        if (!forked.add(name)) {
          break;
        }
      }
    }
    return forked;
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
