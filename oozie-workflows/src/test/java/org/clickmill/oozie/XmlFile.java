package org.clickmill.oozie;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A workflow, coordinator, bundle or the datasets, parsed. */
record XmlFile(String path, Element root) {
  /** A parameter as it is declared; without a default value it must be supplied. */
  record Parameter(String name, Optional<String> value, String description) {
    boolean isRequired() {
      return value.isEmpty();
    }
  }

  static XmlFile parse(String path, String text) {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      var source = new InputSource(new StringReader(text));
      return new XmlFile(path, factory.newDocumentBuilder().parse(source).getDocumentElement());
    } catch (SAXException | IOException | ParserConfigurationException e) {
      throw new IllegalArgumentException("Cannot parse " + path + ": " + e.getMessage(), e);
    }
  }

  /** The folder that the file lies in, which is the name of the application. */
  String application() {
    return path.substring(0, path.indexOf('/'));
  }

  List<Parameter> parameters() {
    var parameters = new ArrayList<Parameter>();
    for (var section : children(root, "parameters")) {
      for (var property : children(section, "property")) {
        parameters.add(
            new Parameter(
                text(property, "name").orElse(""),
                text(property, "value"),
                text(property, "description").orElse("")));
      }
    }
    return parameters;
  }

  /** All elements of that name, in the order of the file. */
  List<Element> elements(String name) {
    return elements(root, name);
  }

  static List<Element> elements(Element parent, String name) {
    var found = new ArrayList<Element>();
    var nodes = parent.getElementsByTagNameNS("*", name);
    for (int i = 0; i < nodes.getLength(); i++) {
      found.add((Element) nodes.item(i));
    }
    return found;
  }

  static List<Element> children(Element parent, String name) {
    var found = new ArrayList<Element>();
    for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child && child.getLocalName().equals(name)) {
        found.add(child);
      }
    }
    return found;
  }

  /** The text of the first child of that name. */
  static Optional<String> text(Element parent, String child) {
    return children(parent, child).stream().findFirst().map(Element::getTextContent);
  }

  /** The properties of the configuration that stands directly in an element. */
  static TreeMap<String, String> configuration(Element parent) {
    var properties = new TreeMap<String, String>();
    for (var section : children(parent, "configuration")) {
      for (var property : children(section, "property")) {
        properties.put(text(property, "name").orElseThrow(), text(property, "value").orElse(""));
      }
    }
    return properties;
  }

  /** How messages call an element: by its tag, and its name if it has one. */
  static String name(Element element) {
    var name = element.getAttribute("name");
    return name.isEmpty() ? element.getLocalName() : element.getLocalName() + " " + name;
  }
}
