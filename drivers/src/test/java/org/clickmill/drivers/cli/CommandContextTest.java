package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;

final class CommandContextTest {
  /** One that is not the local disk, as paths without a scheme have it on a cluster. */
  public static final class ClusterFileSystem extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("cluster://shops");
    }

    @Override
    public org.apache.hadoop.fs.Path getWorkingDirectory() {
      return new org.apache.hadoop.fs.Path("cluster://shops/user/miller");
    }
  }

  @Test
  void pathOfTheLocalDiskIsToldAsItWasGiven() throws IOException {
    assertThat(context(new Configuration(false)).told("shop.html")).isEqualTo("shop.html");
    assertThat(context(onCluster()).told("file:///tmp/shop.html"))
        .isEqualTo("file:///tmp/shop.html");
  }

  @Test
  void pathOnAClusterIsToldWithItsFileSystem() throws IOException {
    assertThat(context(onCluster()).told("shop.html"))
        .isEqualTo("cluster://shops/user/miller/shop.html");
  }

  private static Configuration onCluster() {
    var configuration = new Configuration(false);
    configuration.set("fs.defaultFS", "cluster://shops");
    configuration.setClass(
        "fs.cluster.impl", ClusterFileSystem.class, org.apache.hadoop.fs.FileSystem.class);
    return configuration;
  }

  private static CommandContext context(Configuration configuration) {
    return new CommandContext(configuration, null, null, null);
  }
}
