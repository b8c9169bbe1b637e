package org.clickmill.drivers.metastore;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapred.JobConf;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.metastore.Metastore;
import org.clickmill.formats.metastore.MetastoreConnector;
import org.clickmill.formats.metastore.MetastoreSettings;

/**
 * The client of the metastore, from a jar of its own, which is loaded once. Not for several
 * threads.
 */
public final class MetastoreClient implements AutoCloseable {
  private static final String JAR = "clickmill-metastore.jar";

  private final Configuration configuration;
  private MetastoreConnector connector;
  private URLClassLoader loader;

  public MetastoreClient(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * Finds out before a command starts what is wrong with the settings, if a metastore is set.
   *
   * @param isNeeded whether the command registers tables, so that there must be a client
   * @throws ClickmillException of kind usage if a setting is invalid or the jar is missing
   */
  public void check(boolean isNeeded) throws IOException {
    if (!MetastoreSettings.isSet(configuration)) {
      return;
    }
    MetastoreSettings.address(configuration);
    MetastoreSettings.properties(configuration);
    if (isNeeded) {
      connector();
    }
  }

  /**
   * Connects to the metastore of the settings.
   *
   * @throws ClickmillException of kind usage if the jar of the client is missing
   * @throws IOException if the metastore does not answer
   */
  public Metastore connect() throws IOException {
    return connector().connect(MetastoreSettings.address(configuration));
  }

  private MetastoreConnector connector() {
    if (connector == null) {
      connector = load();
    }
    return connector;
  }

  private MetastoreConnector load() {
    var own = MetastoreClient.class.getClassLoader();
    var present = ServiceLoader.load(MetastoreConnector.class, own).findFirst();
    if (present.isPresent()) {
      return present.get();
    }
    var jar = jar(configuration);
    if (!Files.isRegularFile(jar)) {
      throw ClickmillException.usage(
          "Missing jar of the metastore's client: %s (%s needs it; put the one of the distribution"
              + " there, or name it by %s)",
          jar, MetastoreSettings.URIS, MetastoreSettings.JAR);
    }
    if (loader == null) {
      loader = new URLClassLoader(new URL[] {url(jar)}, own);
    }
    return ServiceLoader.load(MetastoreConnector.class, loader)
        .findFirst()
        .orElseThrow(
            () ->
                ClickmillException.usage(
                    "Invalid jar of the metastore's client: %s has no client of this version of"
                        + " Clickmill",
                    jar));
  }

  /** Closes the jar: connections, which load classes from it, must have been closed. */
  @Override
  public void close() throws IOException {
    if (loader != null) {
      loader.close();
    }
  }

  private static Path jar(Configuration configuration) {
    var named = MetastoreSettings.JAR.get(configuration);
    return named == null || named.isEmpty() ? placeOfJobJar().resolveSibling(JAR) : Path.of(named);
  }

  /** Where {@code hadoop jar} unpacks the jar, its classes are found in that folder first. */
  private static Path placeOfJobJar() {
    var jar = JobConf.findContainingJar(MetastoreClient.class);
    if (jar != null) {
      return Path.of(jar);
    }
    try {
      var source = MetastoreClient.class.getProtectionDomain().getCodeSource();
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
