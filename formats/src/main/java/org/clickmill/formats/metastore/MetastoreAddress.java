package org.clickmill.formats.metastore;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Where a metastore is.
 *
 * @param uris of its servers, each as {@code thrift://host:port}; the first that answers is used
 * @param timeout for connecting and for each answer
 * @param user in whose name it is asked
 */
public record MetastoreAddress(List<URI> uris, Duration timeout, String user) {
  public MetastoreAddress {
    uris = List.copyOf(uris);
  }
}
