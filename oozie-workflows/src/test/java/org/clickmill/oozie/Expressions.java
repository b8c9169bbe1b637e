package org.clickmill.oozie;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.Text;

/** The variables in Oozie's expressions, {@code ${…}}. */
final class Expressions {
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^}]*)}");
  private static final Pattern LITERAL = Pattern.compile("'[^']*'|\"[^\"]*\"");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*(?!\\w*\\s*\\()(?!\\w)");

  /** A property that may be missing, and is empty then. */
  private static final Pattern ASKED = Pattern.compile("\\b(?:wf|coord):conf\\('(\\w+)'\\)");

  private static final Pattern FUNCTION_PREFIX = Pattern.compile("\\b\\w+:(?=\\w)");

  /** What the language itself knows, constants of Oozie, and the parts of a dataset's time. */
  private static final Set<String> KNOWN =
      Set.of(
          "eq", "ne", "lt", "gt", "le", "ge", "and", "or", "not", "empty", "true", "false", "null",
          "div", "mod", "MINUTES", "HOURS", "DAYS", "YEAR", "MONTH", "DAY", "HOUR", "MINUTE");

  private Expressions() {}

  /** The variables that a text uses, by name or by asking for them as wf:conf and coord:conf do. */
  static Set<String> variables(String text) {
    var variables = named(text);
    ASKED.matcher(text).results().forEach(asked -> variables.add(asked.group(1)));
    return variables;
  }

  /** The variables that a text uses by name, which must have a value. */
  static Set<String> named(String text) {
    var variables = new TreeSet<String>();
    // A literal may hold a brace, so they go first.
    var expressions = EXPRESSION.matcher(withoutLiterals(text));
    while (expressions.find()) {
      var names =
          NAME.matcher(FUNCTION_PREFIX.matcher(expressions.group(1)).replaceAll("").strip());
      while (names.find()) {
        if (!KNOWN.contains(names.group())) {
          variables.add(names.group());
        }
      }
    }
    return variables;
  }

  private static String withoutLiterals(String text) {
    return Pattern.compile("\\$\\{[^}]*")
        .matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement(LITERAL.matcher(found.group()).replaceAll("''")));
  }

  /** The variables below an element, each with the element that first uses it. */
  static Map<String, Element> variables(Element element) {
    var variables = new TreeMap<String, Element>();
    collect(element, Expressions::variables, variables);
    return variables;
  }

  /** Those that are used by name. */
  static Map<String, Element> named(Element element) {
    var variables = new TreeMap<String, Element>();
    collect(element, Expressions::named, variables);
    return variables;
  }

  private static void collect(
      Element element, Function<String, Set<String>> found, Map<String, Element> variables) {
    if (element.getLocalName().equals("parameters")) {
      return;
    }
    var attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      found
          .apply(((Attr) attributes.item(i)).getValue())
          .forEach(name -> variables.putIfAbsent(name, element));
    }
    for (var node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        collect(child, found, variables);
      } else if (node instanceof Text text) {
        found.apply(text.getData()).forEach(name -> variables.putIfAbsent(name, element));
      }
    }
  }

  /** A text with values in the place of variables; those without a value stay. */
  static String replace(String text, Map<String, String> values) {
    return EXPRESSION
        .matcher(ASKED.matcher(text).replaceAll("$1"))
        .replaceAll(
            found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
  }
}
