package org.clickmill.formats.mapping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.Reject;

/** What reading a whole file gave. */
record Reading(
    List<Event> events,
    List<Reject> rejects,
    long rounded,
    long records,
    long added,
    long filtered,
    List<AbsentColumn> absent) {

  static Reading of(Path file, Mapping mapping) {
    return of(file, mapping, new Configuration(false));
  }

  static Reading of(Path file, Mapping mapping, Configuration configuration) {
    var events = new ArrayList<Event>();
    var rejects = new ArrayList<Reject>();
    try (var reader = open(file, mapping, configuration)) {
      while (reader.next()) {
        if (reader.event() != null) {
          events.add(Event.newBuilder(reader.event()).build());
        } else if (reader.reject() != null) {
          rejects.add(reader.reject());
        }
      }
      return new Reading(
          events,
          rejects,
          reader.rounded(),
          reader.records(),
          reader.added(),
          reader.filtered(),
          reader.absentColumns());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a text as a file of that name. */
  static Reading ofText(Path folder, String name, String text, Mapping mapping) {
    return ofBytes(folder, name, text.getBytes(StandardCharsets.UTF_8), mapping);
  }

  static Reading ofBytes(Path folder, String name, byte[] bytes, Mapping mapping) {
    return of(write(folder, name, bytes), mapping);
  }

  static Path write(Path folder, String name, byte[] bytes) {
    try {
      return Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SourceReader open(Path file, Mapping mapping, Configuration configuration) {
    return open(fileSystem(configuration), file, mapping, configuration);
  }

  static SourceReader open(
      FileSystem fileSystem, Path file, Mapping mapping, Configuration configuration) {
    return SourceReader.open(whole(fileSystem, file), mapping, configuration);
  }

  static SourcePart whole(FileSystem fileSystem, Path file) {
    return SourcePart.whole(
        fileSystem, new org.apache.hadoop.fs.Path(file.toUri()), "shop/" + file.getFileName());
  }

  List<String> reasons() {
    return rejects.stream().map(reject -> reject.getReason().toString()).toList();
  }

  static FileSystem fileSystem(Configuration configuration) {
    try {
      var local = new RawLocalFileSystem();
      local.initialize(URI.create("file:///"), configuration);
      return local;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
