package org.clickmill.formats.metastore;

import java.io.IOException;

/** Connects to metastores; found by {@link java.util.ServiceLoader}. */
public interface MetastoreConnector {
  /**
   * Connects to a metastore.
   *
   * @throws IOException if none of its servers answers, with what each said
   */
  Metastore connect(MetastoreAddress address) throws IOException;
}
