package org.clickmill.metastore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedExceptionAction;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.sasl.AuthorizeCallback;
import javax.security.sasl.RealmCallback;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.security.token.Token;
import org.apache.thrift.server.TServer;
import org.apache.thrift.server.TSimpleServer;
import org.apache.thrift.transport.TSaslServerTransport;
import org.apache.thrift.transport.TServerSocket;
import org.clickmill.formats.metastore.MetastoreAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A metastore that asks who comes, and a client that has tokens and no ticket. */
final class KerberosTransportTest {
  private static final String SECRET = "secret of the metastore";

  /** Who has come, by the token's identifier. */
  private final ConcurrentLinkedQueue<String> users = new ConcurrentLinkedQueue<>();

  private TServer server;
  private Thread thread;
  private URI uri;

  @BeforeEach
  void start() throws Exception {
    var socket = new TServerSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    var type = ThriftHiveMetastore.Iface.class;
    var metastore =
        (ThriftHiveMetastore.Iface)
            Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, words) -> "4.0.1");
    var logins = new TSaslServerTransport.Factory();
    logins.addServerDefinition("DIGEST-MD5", null, "default", Map.of(), this::answer);
    server =
        new TSimpleServer(
            new TServer.Args(socket)
                .transportFactory(logins)
                .processor(new ThriftHiveMetastore.Processor<>(metastore)));
    thread = new Thread(server::serve);
    thread.start();
    uri = URI.create("thrift://localhost:" + socket.getServerSocket().getLocalPort());
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.stop();
    thread.join();
  }

  /** As Hadoop's servers do: the name is the identifier, and the password what was given for it. */
  private void answer(javax.security.auth.callback.Callback[] callbacks) {
    for (var callback : callbacks) {
      if (callback instanceof NameCallback asked) {
        users.add(
            new String(Base64.getDecoder().decode(asked.getDefaultName()), StandardCharsets.UTF_8));
      } else if (callback instanceof PasswordCallback asked) {
        asked.setPassword(
            Base64.getEncoder()
                .encodeToString(SECRET.getBytes(StandardCharsets.UTF_8))
                .toCharArray());
      } else if (callback instanceof RealmCallback asked) {
        asked.setText(asked.getDefaultText());
      } else if (callback instanceof AuthorizeCallback asked) {
        asked.setAuthorized(true);
      }
    }
  }

  private static Token<?> token(String identifier, String password, String service) {
    return new Token<>(
        identifier.getBytes(StandardCharsets.UTF_8),
        password.getBytes(StandardCharsets.UTF_8),
        new Text("HIVE_DELEGATION_TOKEN"),
        new Text(service));
  }

  private String version(Token<?>... tokens) throws IOException, InterruptedException {
    var user = UserGroupInformation.createRemoteUser("miller");
    for (var token : tokens) {
      assertThat(user.addToken(new Text("alias-" + token.getService()), token)).isTrue();
    }
    var address =
        new MetastoreAddress(
            List.of(uri), Duration.ofSeconds(20), "miller", "hive/_HOST@EXAMPLE.COM");
    return user.doAs(
        (PrivilegedExceptionAction<String>)
            () -> {
              try (var metastore = new ThriftConnector().connect(address)) {
                return metastore.version();
              }
            });
  }

  @Test
  void tokenOfTheMetastoreLogsIn() throws Exception {
    assertThat(
            version(
                token("of HiveServer2", "another", "hiveserver2ClientToken"),
                token("of miller", SECRET, "")))
        .isEqualTo("4.0.1");
    assertThat(users).containsOnly("of miller");
  }

  @Test
  void tokenThatIsNotBelievedIsNamed() {
    assertThatThrownBy(() -> version(token("of miller", "guessed", "")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(
            "the login at hive/localhost@EXAMPLE.COM by a delegation token failed: ")
        .message()
        .doesNotContain("guessed");
  }
}
