package org.clickmill.metastore;

import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.net.URI;
import java.security.PrivilegedExceptionAction;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.callback.CallbackHandler;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslException;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.security.SaslRpcServer;
import org.apache.hadoop.security.SaslRpcServer.AuthMethod;
import org.apache.hadoop.security.SaslRpcServer.QualityOfProtection;
import org.apache.hadoop.security.SecurityUtil;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.security.token.Token;
import org.apache.thrift.transport.TSaslClientTransport;
import org.apache.thrift.transport.TTransport;
import org.apache.thrift.transport.TTransportException;

/**
 * Connections to a metastore under Kerberos, on which both sides have shown who they are: by their
 * tickets, or, where the client has none, by a delegation token that the metastore has given to
 * whoever started it, such as Oozie.
 */
final class KerberosTransport {
  /** The kind of all of Hive's tokens. */
  private static final Text KIND = new Text("HIVE_DELEGATION_TOKEN");

  /** The service of those of HiveServer2, which a metastore does not know. */
  private static final Text HIVE_SERVER = new Text("hiveserver2ClientToken");

  /** What Hive takes a token by, whatever Hadoop's own servers do. */
  private static final String TOKEN_MECHANISM = "DIGEST-MD5";

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
    var user = UserGroupInformation.getCurrentUser();
    var token = user.hasKerberosCredentials() ? Optional.<Token<?>>empty() : token(user);
    try {
      return user.doAs(
          (PrivilegedExceptionAction<TTransport>)
              () -> {
                var transport =
                    token.isPresent()
                        ? byToken(connection, token.get())
                        : byTicket(connection, server);
                transport.open();
                return transport;
              });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while logging in at " + uri, e);
    } catch (UndeclaredThrowableException e) {
      if (e.getCause() instanceof TTransportException failure) {
        var reason =
            "the login at "
                + server
                + (token.isPresent() ? " by a delegation token" : " by Kerberos")
                + " failed: "
                + failure.getMessage();
        throw new TTransportException(failure.getType(), new IOException(reason));
      }
      throw e;
    }
  }

  private static Optional<Token<?>> token(UserGroupInformation user) {
    return user.getTokens().stream()
        .filter(token -> token.getKind().equals(KIND))
        .filter(token -> !token.getService().equals(HIVE_SERVER))
        .<Token<?>>map(token -> token)
        .findFirst();
  }

  private static TTransport byTicket(TTransport connection, String server)
      throws SaslException, TTransportException {
    var parts = SaslRpcServer.splitKerberosName(server);
    return transport(AuthMethod.KERBEROS.getMechanismName(), parts[0], parts[1], null, connection);
  }

  private static TTransport byToken(TTransport connection, Token<?> token)
      throws SaslException, TTransportException {
    return transport(
        TOKEN_MECHANISM,
        null,
        SaslRpcServer.SASL_DEFAULT_REALM,
        new TokenCallbacks(token),
        connection);
  }

  private static TTransport transport(
      String mechanism,
      String service,
      String server,
      CallbackHandler callbacks,
      TTransport connection)
      throws SaslException, TTransportException {
    return new TSaslClientTransport(
        mechanism,
        null,
        service,
        server,
        Map.of(Sasl.QOP, PROTECTION, Sasl.SERVER_AUTH, "true"),
        callbacks,
        connection);
  }
}
