package org.clickmill.oozie;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The texts of the XML and the properties, by their path below the folder of the applications:
 * those of the source tree, or a copy with a change.
 */
record OozieFiles(SortedMap<String, String> texts) {
  static final Path FOLDER = Path.of("src/main/oozie");

  /** Names of the folders whose jobs users submit. */
  static final List<String> SUBMITTED =
      List.of("bundle", "daily", "daily-small", "load", "restate");

  static OozieFiles ofSources() throws IOException {
    var texts = new TreeMap<String, String>();
    try (var paths = Files.walk(FOLDER)) {
      for (var path : paths.filter(OozieFiles::isTextOfOozie).toList()) {
        texts.put(FOLDER.relativize(path).toString(), Files.readString(path));
      }
    }
    return new OozieFiles(texts);
  }

  private static boolean isTextOfOozie(Path path) {
    var name = path.toString();
    return name.endsWith(".xml") || name.endsWith(".properties");
  }

  /** A copy in which a text of a file, wherever it stands there, is another. */
  OozieFiles with(String file, String text, String replacement) {
    var changed = new TreeMap<>(texts);
    var before = text(file);
    if (!before.contains(text)) {
      throw new IllegalArgumentException("Cannot change " + file + ": it does not contain " + text);
    }
    changed.put(file, before.replace(text, replacement));
    return new OozieFiles(changed);
  }

  String text(String file) {
    var text = texts.get(file);
    if (text == null) {
      throw new IllegalArgumentException("Missing file: " + file);
    }
    return text;
  }

  XmlFile xml(String file) {
    return XmlFile.parse(file, text(file));
  }

  /** Every file of that name, such as {@code workflow.xml}. */
  List<XmlFile> named(String name) {
    return texts.keySet().stream()
        .filter(file -> file.endsWith("/" + name))
        .map(this::xml)
        .toList();
  }

  /** The properties that an application is submitted with. */
  Properties jobProperties(String folder) {
    var properties = new Properties();
    try {
      properties.load(new StringReader(text(folder + "/job.properties")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  /** Writes the files below a folder. */
  void write(Path folder) throws IOException {
    for (var text : texts.entrySet()) {
      var file = folder.resolve(text.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, text.getValue());
    }
  }
}
