package org.clickmill.oozie;

import java.io.IOException;
import javax.xml.XMLConstants;
import javax.xml.transform.Source;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** Oozie's own schema of coordinators, out of its client's jar. */
final class CoordinatorSchema {
  private static final String NAMESPACE = "uri:oozie:coordinator:0.5";

  private final Schema schema;

  CoordinatorSchema() throws SAXException {
    var sources = new Source[] {source("oozie-sla-0.2.xsd"), source("oozie-coordinator-0.5.xsd")};
    schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(sources);
  }

  /**
   * Validates datasets as part of a coordinator, which is how Oozie sees an included file.
   *
   * @throws SAXException if they are invalid
   */
  void validateInCoordinator(Document datasets) throws SAXException, IOException {
    var document = datasets.getImplementation().createDocument(NAMESPACE, "coordinator-app", null);
    var coordinator = document.getDocumentElement();
    coordinator.setAttribute("name", "any");
    coordinator.setAttribute("frequency", "${coord:days(1)}");
    coordinator.setAttribute("start", "2019-10-01T00:00Z");
    coordinator.setAttribute("end", "2019-11-01T00:00Z");
    coordinator.setAttribute("timezone", "UTC");
    coordinator.appendChild(inNamespace(document, datasets.getDocumentElement()));
    var workflow = document.createElementNS(NAMESPACE, "workflow");
    workflow
        .appendChild(document.createElementNS(NAMESPACE, "app-path"))
        .setTextContent("${workflow}");
    coordinator.appendChild(document.createElementNS(NAMESPACE, "action")).appendChild(workflow);
    schema.newValidator().validate(new DOMSource(document));
  }

  private static Node inNamespace(Document document, Element element) {
    var copy = document.createElementNS(NAMESPACE, element.getTagName());
    var attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      copy.setAttribute(attributes.item(i).getNodeName(), attributes.item(i).getNodeValue());
    }
    for (var child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      copy.appendChild(
          child instanceof Element inner
              ? inNamespace(document, inner)
              : document.importNode(child, true));
    }
    return copy;
  }

  private static Source source(String name) {
    return new StreamSource(CoordinatorSchema.class.getClassLoader().getResourceAsStream(name));
  }
}
