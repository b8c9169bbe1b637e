package org.clickmill.formats.warehouse;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;

/** Reads and writes the warehouse's own small files. */
final class Json {
  private static final String MANIFEST_FILE = "manifest";
  private static final String MANIFESTS_FILE = "file of manifests";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private static final ObjectReader MANIFEST = MAPPER.readerFor(Manifest.class);
  private static final ObjectReader INTENT = MAPPER.readerFor(Intent.class);
  private static final ObjectReader REGISTRATIONS = MAPPER.readerFor(Registrations.Content.class);

  private Json() {}

  static byte[] write(Object value) {
    try {
      var text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
      return text.getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The manifests of a file that has those of many partitions, a line for each. */
  static byte[] writeLines(Collection<Manifest> manifests) {
    var text = new StringBuilder();
    try {
      for (var manifest : manifests) {
        text.append(MAPPER.writeValueAsString(manifest)).append('\n');
      }
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  static Optional<SortedMap<Partition, Manifest>> manifests(FileSystem fs, Path file)
      throws IOException {
    byte[] bytes;
    try (var in = fs.open(file)) {
      bytes = in.readAllBytes();
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
    var manifests = new TreeMap<Partition, Manifest>();
    try (MappingIterator<Manifest> lines = MANIFEST.readValues(bytes)) {
      while (lines.hasNextValue()) {
        var found = lines.nextValue();
        check(found, file, MANIFESTS_FILE);
        manifests.put(found.where(), found);
      }
    } catch (JsonProcessingException e) {
      throw damaged(file, MANIFESTS_FILE, reason(e), e);
    }
    return Optional.of(manifests);
  }

  static Optional<Manifest> manifest(FileSystem fs, Path file) throws IOException {
    Optional<Manifest> manifest = read(fs, file, MANIFEST, MANIFEST_FILE);
    if (manifest.isPresent()) {
      check(manifest.get(), file, MANIFEST_FILE);
    }
    return manifest;
  }

  private static void check(Manifest found, Path file, String what) {
    if (found.formatVersion() > Manifest.FORMAT_VERSION) {
      throw newer(file, what, found.formatVersion());
    }
    if (found.formatVersion() < 1
        || found.dataset() == null
        || found.partition() == null
        || found.version() < 1
        || found.revision() < 1
        || found.fingerprint() == null) {
      throw damaged(file, what, "a field is missing", null);
    }
    if (!PlainNames.isPlain(found.where())) {
      throw damaged(file, what, "it is of " + found.where(), null);
    }
    for (var data : found.files()) {
      if (!PlainNames.isPlain(data.name())) {
        throw damaged(file, what, "it lists a file named " + data.name(), null);
      }
    }
  }

  static Optional<Intent> intent(FileSystem fs, Path file) throws IOException {
    Optional<Intent> intent = read(fs, file, INTENT, "intent");
    if (intent.isPresent()) {
      var found = intent.get();
      if (found.formatVersion() > Manifest.FORMAT_VERSION) {
        throw newer(file, "intent", found.formatVersion());
      }
      if (found.kind() == null || found.staged() == null || found.revision() < 1) {
        throw damaged(file, "intent", "a field is missing", null);
      }
    }
    return intent;
  }

  static Optional<Registrations.Content> registrations(FileSystem fs, Path file)
      throws IOException {
    Optional<Registrations.Content> content = read(fs, file, REGISTRATIONS, "registrations");
    if (content.isPresent()) {
      var found = content.get();
      if (found.formatVersion() > Manifest.FORMAT_VERSION) {
        throw newer(file, "registrations", found.formatVersion());
      }
      if (found.partitions() == null || found.since() == null) {
        throw damaged(file, "registrations", "a field is missing", null);
      }
      for (var name : found.partitions()) {
        if (name == null || name.indexOf('/') < 1) {
          throw damaged(file, "registrations", "it names a partition " + name, null);
        }
      }
    }
    return content;
  }

  /**
   * The run that wrote a commit of the loader.
   *
   * @throws ClickmillException if the file does not say
   */
  static String runId(FileSystem fs, Path file) throws IOException {
    JsonNode commit;
    try (InputStream in = fs.open(file)) {
      commit = MAPPER.readTree(in);
    } catch (JsonProcessingException e) {
      throw damaged(file, "commit", reason(e), e);
    }
    if (!commit.path("runId").isTextual()) {
      throw damaged(file, "commit", "it names no run", null);
    }
    return commit.path("runId").textValue();
  }

  private static <T> Optional<T> read(FileSystem fs, Path file, ObjectReader reader, String what)
      throws IOException {
    byte[] bytes;
    try (var in = fs.open(file)) {
      bytes = in.readAllBytes();
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
    try {
      T value = reader.readValue(bytes);
      if (value == null) {
        throw damaged(file, what, "it is empty", null);
      }
      return Optional.of(value);
    } catch (JsonProcessingException e) {
      int formatVersion = formatVersionOf(bytes);
      throw formatVersion > Manifest.FORMAT_VERSION
          ? newer(file, what, formatVersion)
          : damaged(file, what, reason(e), e);
    }
  }

  private static String reason(JsonProcessingException failure) {
    String reason;
    if (failure instanceof JsonEOFException) {
      reason = "it is cut off";
    } else if (failure instanceof JsonParseException) {
      reason = "it is not JSON";
    } else {
      reason = "a field is of another type";
    }
    var place = failure.getLocation();
    return place == null || place.getLineNr() < 1
        ? reason
        : reason + " at line " + place.getLineNr() + ", column " + place.getColumnNr();
  }

  /** Whether a file is of a suite that is newer than this one, as far as it can be read. */
  static boolean isNewer(FileSystem fs, Path file) throws IOException {
    try (var in = fs.open(file)) {
      return formatVersionOf(in.readAllBytes()) > Manifest.FORMAT_VERSION;
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  private static int formatVersionOf(byte[] bytes) throws IOException {
    try {
      return MAPPER.readTree(bytes).path("formatVersion").asInt();
    } catch (JsonProcessingException e) {
      return 0;
    }
  }

  private static ClickmillException newer(Path file, String what, int formatVersion) {
    return ClickmillException.failed(
        "Cannot read %s %s: its format version is %d, this suite knows %d (use a newer suite)",
        what, file, formatVersion, Manifest.FORMAT_VERSION);
  }

  static ClickmillException damaged(Path file, String what, String reason, Throwable cause) {
    var hint = what.equals(MANIFEST_FILE) ? " " + DamagedPartition.remedy(file.getParent()) : "";
    return ClickmillException.failed("Invalid %s: %s: %s%s", what, file, reason, hint, cause);
  }
}
