package org.clickmill.oozie;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** The file that declares the datasets. */
final class DatasetsFile {
  private static final Path FILE = Path.of("src/main/oozie/datasets.xml");

  private DatasetsFile() {}

  /**
   * A dataset as it is declared.
   *
   * @param doneFlag null where none is declared, which means {@code _SUCCESS}
   */
  record Dataset(
      String name,
      String frequency,
      String initialInstance,
      String timezone,
      String template,
      String doneFlag) {}

  static Document parse() throws IOException, ParserConfigurationException, SAXException {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory.newDocumentBuilder().parse(FILE.toFile());
  }

  /** The datasets by name, in the file's order. */
  static Map<String, Dataset> datasets()
      throws IOException, ParserConfigurationException, SAXException {
    var datasets = new LinkedHashMap<String, Dataset>();
    var nodes = parse().getDocumentElement().getElementsByTagName("dataset");
    for (int i = 0; i < nodes.getLength(); i++) {
      var element = (Element) nodes.item(i);
      var dataset =
          new Dataset(
              element.getAttribute("name"),
              element.getAttribute("frequency"),
              element.getAttribute("initial-instance"),
              element.getAttribute("timezone"),
              text(element, "uri-template"),
              text(element, "done-flag"));
      if (datasets.put(dataset.name(), dataset) != null) {
        throw new IllegalStateException("Declared twice: " + dataset.name());
      }
    }
    return datasets;
  }

  private static String text(Element element, String name) {
    var found = element.getElementsByTagName(name);
    return found.getLength() == 0 ? null : found.item(0).getTextContent();
  }
}
