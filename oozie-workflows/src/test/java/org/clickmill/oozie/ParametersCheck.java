package org.clickmill.oozie;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.w3c.dom.Element;

/**
 * What an expression uses is declared, with a description; what is declared is used; what has no
 * default is supplied, by the job's properties or by the file that calls; and the properties set
 * nothing that nobody declares.
 */
final class ParametersCheck implements Check {
  /** Options of Oozie itself. */
  private static final String OF_OOZIE = "oozie.";

  @Override
  public List<Problem> problems(OozieFiles files) {
    var problems = new ArrayList<Problem>();
    for (var name : List.of("workflow.xml", "coordinator.xml", "bundle.xml")) {
      files.named(name).forEach(file -> checkDeclarations(file, files, problems));
    }
    OozieFiles.SUBMITTED.forEach(folder -> checkSupplied(folder, files, problems));
    return problems;
  }

  private static void checkDeclarations(XmlFile file, OozieFiles files, List<Problem> problems) {
    var used = Expressions.variables(file.root());
    for (var include : file.elements("include")) {
      if (include.getTextContent().endsWith("/datasets.xml")) {
        Expressions.variables(files.xml("datasets.xml").root())
            .forEach((name, element) -> used.putIfAbsent(name, include));
      }
    }
    var declared = new TreeSet<String>();
    for (var parameter : file.parameters()) {
      var element = "parameter " + parameter.name();
      if (!declared.add(parameter.name())) {
        problems.add(new Problem(file.path(), element, "is declared twice"));
      }
      if (parameter.description().isBlank()) {
        problems.add(new Problem(file.path(), element, "has no description"));
      }
      if (!used.containsKey(parameter.name())) {
        problems.add(new Problem(file.path(), element, "is declared, and not used"));
      }
    }
    used.forEach(
        (name, element) -> {
          if (!declared.contains(name)) {
            problems.add(
                new Problem(
                    file.path(), place(element), "uses ${" + name + "}, which is not declared"));
          }
        });
  }

  /** Names an element and the one around it that has a name. */
  private static String place(Element element) {
    for (var around = element.getParentNode();
        around instanceof Element named;
        around = around.getParentNode()) {
      if (!named.getAttribute("name").isEmpty()) {
        return XmlFile.name(element) + " of " + XmlFile.name(named);
      }
    }
    return XmlFile.name(element);
  }

  private static void checkSupplied(String folder, OozieFiles files, List<Problem> problems) {
    var propertiesFile = folder + "/job.properties";
    var values = files.jobProperties(folder);
    var properties = values.stringPropertyNames();
    var declared = new TreeSet<String>();
    for (var submitted : SubmittedFile.of(folder, files)) {
      var file = submitted.file();
      var callers = new TreeSet<>(properties);
      callers.addAll(submitted.set());
      for (var parameter : file.parameters()) {
        declared.add(parameter.name());
        if (parameter.isRequired() && !callers.contains(parameter.name())) {
          problems.add(
              new Problem(
                  propertiesFile,
                  "property " + parameter.name(),
                  "is missing, and " + file.path() + " has no default for it"));
        }
      }
    }
    for (var name : properties) {
      if (!declared.contains(name) && !name.startsWith(OF_OOZIE)) {
        problems.add(
            new Problem(propertiesFile, "property " + name, "is set, and nothing declares it"));
      }
      for (var variable : Expressions.variables(values.getProperty(name))) {
        if (!properties.contains(variable)) {
          problems.add(
              new Problem(
                  propertiesFile,
                  "property " + name,
                  "uses ${" + variable + "}, which is not set"));
        }
      }
    }
  }
}
