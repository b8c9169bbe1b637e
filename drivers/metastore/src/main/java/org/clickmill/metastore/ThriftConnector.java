package org.clickmill.metastore;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.thrift.TConfiguration;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TSocket;
import org.clickmill.formats.metastore.Metastore;
import org.clickmill.formats.metastore.MetastoreAddress;
import org.clickmill.formats.metastore.MetastoreConnector;

/** Connects to the first server of a metastore that answers. */
public final class ThriftConnector implements MetastoreConnector {
  /** The names of all partitions of a table come in one message. */
  private static final int LARGEST_MESSAGE = 1 << 30;

  @Override
  public Metastore connect(MetastoreAddress address) throws IOException {
    var failures = new ArrayList<String>();
    for (var uri : address.uris()) {
      try {
        return connect(uri, address);
      } catch (TException e) {
        failures.add(uri + ": " + ThriftMetastore.reason(e));
      }
    }
    var hint =
        address.principal() == null && UserGroupInformation.isSecurityEnabled()
            ? "; a metastore under Kerberos needs clickmill.metastore.kerberos.principal"
            : "";
    throw new IOException("no server answers (" + String.join("; ", failures) + ")" + hint);
  }

  private static Metastore connect(URI uri, MetastoreAddress address)
      throws IOException, TException {
    var limits =
        new TConfiguration(
            LARGEST_MESSAGE, LARGEST_MESSAGE, TConfiguration.DEFAULT_RECURSION_DEPTH);
    int timeout = Math.toIntExact(address.timeout().toMillis());
    var socket = new TSocket(limits, uri.getHost(), uri.getPort(), timeout);
    boolean isConnected = false;
    try {
      socket.open();
      boolean asksForLogin = address.principal() != null;
      var transport =
          asksForLogin ? KerberosTransport.open(socket, uri, address.principal()) : socket;
      var client = new ThriftHiveMetastore.Client(new TBinaryProtocol(transport));
      if (!asksForLogin) {
        client.set_ugi(address.user(), List.of());
      }
      isConnected = true;
      return new ThriftMetastore(client, transport);
    } finally {
      if (!isConnected) {
        socket.close();
      }
    }
  }
}
