package org.clickmill.formats.metastore;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Where a metastore is.
 *
 * @param uris of its servers, each as {@code thrift://host:port}; the first that answers is used
 * @param timeout for connecting and for each answer
 * @param user in whose name it is asked where it believes everybody
 * @param principal of its servers, for a metastore under Kerberos, with {@code _HOST} in the place
 *     of each server's name; null for one that believes everybody
 */
public record MetastoreAddress(List<URI> uris, Duration timeout, String user, String principal) {
  public MetastoreAddress {
    uris = List.copyOf(uris);
  }
}
