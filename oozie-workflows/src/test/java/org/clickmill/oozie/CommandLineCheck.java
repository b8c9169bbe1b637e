package org.clickmill.oozie;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.clickmill.drivers.cli.Clickmill;
import org.clickmill.drivers.oozie.Notification;
import org.clickmill.drivers.oozie.OozieAction;
import org.w3c.dom.Element;
import picocli.CommandLine;

/**
 * The main class of every java action is there, and its real parser takes the arguments: with every
 * parameter set, and with those empty that may be.
 */
final class CommandLineCheck implements Check {
  private static final Map<String, Supplier<CommandLine>> PARSERS =
      Map.of(
          OozieAction.class.getName(),
          Clickmill::commandLine,
          Notification.class.getName(),
          Notification::commandLine);

  /** Values of the parameters that are more than a text. */
  private static final Map<String, String> VALUES =
      Map.of(
          "day", "2020-02-29",
          "from", "2020-01-31",
          "reportFrom", "2020-02-02",
          "topics", "clicks,orders",
          "asOf", "2020-02-29T00:10Z");

  @Override
  public List<Problem> problems(OozieFiles files) {
    var problems = new ArrayList<Problem>();
    for (var workflow : files.named("workflow.xml")) {
      for (var action : workflow.elements("action")) {
        for (var java : XmlFile.children(action, "java")) {
          problem(java, workflow)
              .map(what -> new Problem(workflow.path(), XmlFile.name(action), what))
              .ifPresent(problems::add);
        }
      }
    }
    return problems;
  }

  private static Optional<String> problem(Element java, XmlFile workflow) {
    var mainClass = XmlFile.text(java, "main-class").orElseThrow();
    if (!PARSERS.containsKey(mainClass) || !hasMain(mainClass)) {
      return Optional.of("has the main class " + mainClass + ", which does not exist");
    }
    for (boolean isEverythingSet : new boolean[] {true, false}) {
      var arguments = commandLine(java, values(workflow, isEverythingSet));
      try {
        PARSERS.get(mainClass).get().parseArgs(arguments.toArray(String[]::new));
      } catch (CommandLine.ParameterException e) {
        return Optional.of(
            "has a command line that is refused: "
                + String.join(" ", arguments)
                + ": "
                + e.getMessage());
      }
    }
    return Optional.empty();
  }

  /** The command line of a java action, with values in the place of the parameters. */
  static List<String> commandLine(Element java, Map<String, String> values) {
    return OozieAction.commandLine(
        XmlFile.children(java, "arg").stream()
            .map(argument -> Expressions.replace(argument.getTextContent(), values))
            .toArray(String[]::new));
  }

  /** The command lines of a workflow's actions by name, in the order of the file. */
  static Map<String, String> commandLines(XmlFile workflow, Map<String, String> values) {
    var lines = new LinkedHashMap<String, String>();
    for (var action : workflow.elements("action")) {
      for (var java : XmlFile.children(action, "java")) {
        lines.put(action.getAttribute("name"), String.join(" ", commandLine(java, values)));
      }
    }
    return lines;
  }

  private static Map<String, String> values(XmlFile workflow, boolean isEverythingSet) {
    var values = new TreeMap<String, String>();
    for (var parameter : workflow.parameters()) {
      boolean mayBeEmpty = parameter.value().filter(String::isEmpty).isPresent();
      values.put(
          parameter.name(),
          mayBeEmpty && !isEverythingSet
              ? ""
              : VALUES.getOrDefault(parameter.name(), parameter.name()));
    }
    return values;
  }

  private static boolean hasMain(String name) {
    try {
      var main = Class.forName(name).getMethod("main", String[].class);
      return Modifier.isStatic(main.getModifiers());
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
