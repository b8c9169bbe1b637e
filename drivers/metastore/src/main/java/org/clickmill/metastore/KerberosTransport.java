package org.clickmill.metastore;

import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.net.URI;
import java.security.PrivilegedExceptionAction;
import java.util.Map;
import javax.security.sasl.Sasl;
import org.apache.hadoop.security.SaslRpcServer;
import org.apache.hadoop.security.SaslRpcServer.AuthMethod;
import org.apache.hadoop.security.SaslRpcServer.QualityOfProtection;
import org.apache.hadoop.security.SecurityUtil;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.thrift.transport.TSaslClientTransport;
import org.apache.thrift.transport.TTransport;
import org.apache.thrift.transport.TTransportException;

/** Connections on which both sides have shown their tickets. */
final class KerberosTransport {
  /** The best that the server takes: a metastore asks for its own hadoop.rpc.protection. */
  private static final String PROTECTION =
      QualityOfProtection.PRIVACY.getSaslQop()
          + ','
          + QualityOfProtection.INTEGRITY.getSaslQop()
          + ','
          + QualityOfProtection.AUTHENTICATION.getSaslQop();

  private KerberosTransport() {}

  /**
   * Logs in on an open connection as the current user.
   *
   * @param principal of the server, with or without {@code _HOST}
   * @throws TTransportException if one of them does not believe the other
   */
  static TTransport open(TTransport connection, URI uri, String principal)
      throws IOException, TTransportException {
    var server = SecurityUtil.getServerPrincipal(principal, uri.getHost());
    var parts = SaslRpcServer.splitKerberosName(server);
    try {
      return UserGroupInformation.getCurrentUser()
          .doAs(
              (PrivilegedExceptionAction<TTransport>)
                  () -> {
                    var transport =
                        new TSaslClientTransport(
                            AuthMethod.KERBEROS.getMechanismName(),
                            null,
                            parts[0],
                            parts[1],
                            Map.of(Sasl.QOP, PROTECTION, Sasl.SERVER_AUTH, "true"),
                            null,
                            connection);
                    transport.open();
                    return transport;
                  });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while logging in at " + uri, e);
    } catch (UndeclaredThrowableException e) {
      if (e.getCause() instanceof TTransportException failure) {
        throw new TTransportException(failure.getType(), new IOException(reason(failure, server)));
      }
      throw e;
    }
  }

  private static String reason(TTransportException failure, String server) {
    return "the login at " + server + " by Kerberos failed: " + failure.getMessage();
  }
}
