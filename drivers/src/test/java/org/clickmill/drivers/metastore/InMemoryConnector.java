package org.clickmill.drivers.metastore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.clickmill.formats.metastore.Metastore;
import org.clickmill.formats.metastore.MetastoreAddress;
import org.clickmill.formats.metastore.MetastoreConnector;

/** Connects commands to a metastore in memory, whose jar they are given as that of a real one. */
public final class InMemoryConnector implements MetastoreConnector {
  private static final Map<String, FakeMetastore> METASTORES = new ConcurrentHashMap<>();

  /** Writes a jar that has nothing but the name of this class; the class comes from the tests. */
  public static Path writeJar(Path jar) throws IOException {
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("META-INF/services/" + MetastoreConnector.class.getName()));
      out.write(
          InMemoryConnector.class.getName().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      out.closeEntry();
    }
    return jar;
  }

  /** The names of the partitions that are registered at an address, by table. */
  public static Map<String, Set<String>> partitions(String address) {
    var names = new TreeMap<String, Set<String>>();
    METASTORES
        .getOrDefault(address, new FakeMetastore())
        .partitions
        .forEach((table, partitions) -> names.put(table, Set.copyOf(partitions.keySet())));
    return names;
  }

  @Override
  public Metastore connect(MetastoreAddress address) {
    return METASTORES.computeIfAbsent(address.uris().get(0).toString(), uri -> new FakeMetastore());
  }
}
