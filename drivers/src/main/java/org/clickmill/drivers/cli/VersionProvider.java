package org.clickmill.drivers.cli;

import org.clickmill.formats.warehouse.SuiteVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionProvider implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"clickmill " + SuiteVersion.text()};
  }
}
