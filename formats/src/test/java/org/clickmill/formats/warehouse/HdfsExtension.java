package org.clickmill.formats.warehouse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the {@link Configuration} of a small HDFS, which is started once for all classes of a
 * module and stopped after the last.
 */
public final class HdfsExtension implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Configuration.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var cluster =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.GLOBAL)
            .computeIfAbsent(Cluster.class, key -> new Cluster(), Cluster.class);
    return new Configuration(cluster.configuration());
  }

  /** The store closes it. */
  static final class Cluster implements AutoCloseable {
    private final MiniDFSCluster hdfs;

    Cluster() {
      try {
        var folder = Path.of(System.getProperty("java.io.tmpdir"), "hdfs-" + UUID.randomUUID());
        Files.createDirectories(folder);
        var configuration = new HdfsConfiguration();
        configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.toString());
        // Delegation tokens are given to all who ask, as by an HDFS with Kerberos.
        configuration.setBoolean("dfs.namenode.delegation.token.always-use", true);
        HdfsDefaults.apply(configuration);
        hdfs = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
        hdfs.waitClusterUp();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Configuration configuration() {
      return hdfs.getConfiguration(0);
    }

    @Override
    public void close() {
      hdfs.shutdown(true);
    }
  }
}
