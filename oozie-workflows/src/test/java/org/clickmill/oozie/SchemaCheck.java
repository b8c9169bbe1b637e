package org.clickmill.oozie;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Workflows, coordinators and the bundle are valid by Oozie's own schemas, of its client's jar. */
final class SchemaCheck implements Check {
  private static final Map<String, List<String>> SCHEMAS =
      Map.of(
          "workflow.xml",
          List.of("oozie-sla-0.2.xsd", "email-action-0.2.xsd", "oozie-workflow-1.0.xsd"),
          "coordinator.xml",
          List.of("oozie-sla-0.2.xsd", "oozie-coordinator-0.5.xsd"),
          "bundle.xml",
          List.of("oozie-bundle-0.2.xsd"));

  @Override
  public List<Problem> problems(OozieFiles files) throws SAXException, IOException {
    var problems = new ArrayList<Problem>();
    for (var kind : SCHEMAS.entrySet()) {
      var schema = schema(kind.getValue());
      for (var file : files.named(kind.getKey())) {
        try {
          schema
              .newValidator()
              .validate(new StreamSource(new StringReader(files.text(file.path()))));
        } catch (SAXParseException e) {
          problems.add(new Problem(file.path(), "line " + e.getLineNumber(), e.getMessage()));
        }
      }
    }
    return problems;
  }

  private static Schema schema(List<String> names) throws SAXException {
    return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(names.stream().map(SchemaCheck::source).toArray(Source[]::new));
  }

  /** By its address, relative to which it includes others. */
  private static Source source(String name) {
    var address = SchemaCheck.class.getClassLoader().getResource(name);
    return new StreamSource(Objects.requireNonNull(address, name).toString());
  }
}
