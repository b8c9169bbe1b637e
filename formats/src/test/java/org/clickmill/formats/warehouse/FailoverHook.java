package org.clickmill.formats.warehouse;

import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.server.namenode.ha.ConfiguredFailoverProxyProvider;
import org.apache.hadoop.hdfs.server.namenode.ha.HAProxyFactory;
import org.apache.hadoop.ipc.Client;
import org.apache.hadoop.ipc.RPC;
import org.apache.hadoop.ipc.RpcInvocationHandler;

/**
 * Between a client of HDFS and its NameNodes: whatever the client does about a NameNode that is
 * gone is HDFS's own, and so is what it sends again; a test decides at which call that happens.
 */
public final class FailoverHook<T> extends ConfiguredFailoverProxyProvider<T> {
  private static final Set<String> CHANGES =
      Set.of(
          "create",
          "addBlock",
          "complete",
          "mkdirs",
          "rename",
          "rename2",
          "delete",
          "setTimes",
          "setOwner",
          "setPermission");

  /** Hadoop makes the provider by the name of its class, so nothing else can be handed over. */
  private static final AtomicReference<Failure> FAILURE = new AtomicReference<>();

  public FailoverHook(
      Configuration configuration, URI uri, Class<T> protocol, HAProxyFactory<T> factory) {
    super(configuration, uri, protocol, factory);
  }

  /** What happens at a call that changes something. */
  interface Failure {
    /** Before the call has reached a NameNode. */
    void before(String call) throws IOException;

    /**
     * When a NameNode has done what it was asked.
     *
     * @return whether the client never gets its answer
     */
    boolean after(String call) throws IOException;
  }

  /** Of all clients, from now on; null for none. */
  static void set(Failure failure) {
    FAILURE.set(failure);
  }

  @Override
  public synchronized ProxyInfo<T> getProxy() {
    var info = super.getProxy();
    var hooked =
        Proxy.newProxyInstance(
            FailoverHook.class.getClassLoader(),
            new Class<?>[] {getInterface()},
            new Handler(info.proxy));
    return new ProxyInfo<>(getInterface().cast(hooked), info.proxyInfo);
  }

  private record Handler(Object nameNode) implements RpcInvocationHandler {
    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
      var failure = CHANGES.contains(method.getName()) ? FAILURE.get() : null;
      if (failure != null) {
        failure.before(method.getName());
      }
      try {
        var answer = method.invoke(nameNode, arguments);
        answered(failure, method);
        return answer;
      } catch (InvocationTargetException e) {
        answered(failure, method);
        throw e.getCause();
      }
    }

    /** A refusal is an answer, too. */
    private static void answered(Failure failure, Method method) throws IOException {
      if (failure != null && failure.after(method.getName())) {
        throw new EOFException("The connection is cut, by a test");
      }
    }

    @Override
    public Client.ConnectionId getConnectionId() {
      return RPC.getConnectionIdForProxy(nameNode);
    }

    @Override
    public void close() {
      RPC.stopProxy(nameNode);
    }
  }
}
