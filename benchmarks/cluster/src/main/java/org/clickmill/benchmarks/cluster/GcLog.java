package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a JVM's log of garbage collections (-Xlog:gc) says.
 *
 * @param megabytesAfter the most that was left in the heap after a pause. What lives is less:
 *     garbage in the old generation is found only now and then
 * @param fullCollections how many collections were full
 */
record GcLog(long megabytesAfter, int fullCollections) {
  static final String FILE_NAME = "gc.log";
  static final GcLog NONE = new GcLog(0, 0);

  private static final Pattern PAUSE = Pattern.compile("Pause .* \\d+M->(\\d+)M\\(\\d+M\\)");

  static GcLog read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return NONE;
    }
    try (var lines = Files.lines(file)) {
      return of(lines);
    }
  }

  static GcLog of(Stream<String> lines) {
    return lines.map(GcLog::ofLine).reduce(NONE, GcLog::plus);
  }

  private static GcLog ofLine(String line) {
    var matcher = PAUSE.matcher(line);
    return matcher.find()
        ? new GcLog(Long.parseLong(matcher.group(1)), line.contains("Pause Full") ? 1 : 0)
        : NONE;
  }

  GcLog plus(GcLog other) {
    return new GcLog(
        Math.max(megabytesAfter, other.megabytesAfter), fullCollections + other.fullCollections);
  }
}
