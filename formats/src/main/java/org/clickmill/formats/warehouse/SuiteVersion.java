package org.clickmill.formats.warehouse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this suite, as its build wrote it down. */
public final class SuiteVersion {
  private static final String RESOURCE = "suite.properties";

  private SuiteVersion() {}

  public static String text() {
    try (var in = SuiteVersion.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("Missing resource: " + RESOURCE);
      }
      var properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
