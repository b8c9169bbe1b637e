package org.clickmill.jobs.forget;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.warehouse.Sensitivity;
import org.clickmill.formats.warehouse.SyncedFiles;
import org.clickmill.jobs.kernel.TextDictionary;

/** The ids of the persons who are to be forgotten. Users and visitors may have equal ids. */
public final class PersonIds {
  private static final int BUFFER_SIZE = 1 << 12;

  private final Set<String> users;
  private final Set<String> visitors;
  private final TextDictionary userBytes;
  private final TextDictionary visitorBytes;

  public PersonIds(Collection<String> users, Collection<String> visitors) {
    this.users = Collections.unmodifiableSet(new TreeSet<>(users));
    this.visitors = Collections.unmodifiableSet(new TreeSet<>(visitors));
    this.userBytes = dictionary(this.users);
    this.visitorBytes = dictionary(this.visitors);
  }

  private static TextDictionary dictionary(Set<String> ids) {
    var dictionary = new TextDictionary();
    for (var id : ids) {
      byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
      dictionary.ordinal(utf8, 0, utf8.length);
    }
    return dictionary;
  }

  /** The values of user_id, in order. */
  public Set<String> users() {
    return users;
  }

  /** The values of visitor_id, in order. */
  public Set<String> visitors() {
    return visitors;
  }

  /** These persons, and visitors who are they too. */
  public PersonIds withVisitors(Collection<String> others) {
    var all = new TreeSet<>(visitors);
    all.addAll(others);
    return new PersonIds(users, all);
  }

  boolean isUser(byte[] bytes, int offset, int length) {
    return userBytes.contains(bytes, offset, length);
  }

  boolean isVisitor(byte[] bytes, int offset, int length) {
    return visitorBytes.contains(bytes, offset, length);
  }

  /** Writes the ids to a file that only its owner and group may read. */
  void write(FileSystem fileSystem, Path file) throws IOException {
    long blockSize = fileSystem.getDefaultBlockSize(file);
    try (var out =
        new DataOutputStream(
            SyncedFiles.create(
                fileSystem, file, Sensitivity.PERSONAL, true, BUFFER_SIZE, blockSize))) {
      write(users, out);
      write(visitors, out);
    }
  }

  private static void write(Set<String> ids, DataOutputStream out) throws IOException {
    out.writeInt(ids.size());
    for (var id : ids) {
      byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
      out.writeInt(utf8.length);
      out.write(utf8);
    }
  }

  /** Reads what {@link #write} wrote. */
  static PersonIds read(FileSystem fileSystem, Path file) throws IOException {
    try (var in = new DataInputStream(fileSystem.open(file))) {
      var users = read(in);
      return new PersonIds(users, read(in));
    }
  }

  private static Set<String> read(DataInputStream in) throws IOException {
    var ids = new TreeSet<String>();
    for (int left = in.readInt(); left > 0; left--) {
      ids.add(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
    }
    return ids;
  }
}
