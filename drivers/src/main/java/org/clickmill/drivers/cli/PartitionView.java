package org.clickmill.drivers.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.commons.text.WordUtils;
import org.clickmill.drivers.pipeline.State;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Manifest.Source;

/**
 * A partition, as {@code explain} prints it.
 *
 * @param description what a row of its table is
 * @param state how it stands to what it would be made from now
 * @param reason why it is not fresh; empty for a fresh one
 * @param manifest what is published; null for nothing
 * @param inputs what it was made from
 * @param history its revisions, the newest first, as far as they are kept
 */
record PartitionView(
    String partition,
    String description,
    String state,
    String reason,
    Manifest manifest,
    List<InputView> inputs,
    List<VersionView> history) {
  private static final int WIDTH = 80;
  private static final int NAMED = 10;
  private static final String INDENT = " ".repeat(11);

  /**
   * A partition that it was made from.
   *
   * @param version the version that was read, 0 where there was none
   * @param now the version that is there now, 0 where there is none
   */
  record InputView(String partition, int version, int now) {
    private String dataset() {
      return partition.substring(0, partition.indexOf('/'));
    }

    private boolean isLike(InputView other) {
      return dataset().equals(other.dataset()) && version == other.version && now == other.now;
    }

    private String versions() {
      var read = version == 0 ? "absent" : "version " + version;
      return version == now ? read : read + ", now " + (now == 0 ? "absent" : now);
    }
  }

  /**
   * A revision.
   *
   * @param changes why it took the place of the one before it
   * @param replaced where it lies since it was replaced; null for what is published
   */
  record VersionView(
      int version,
      int revision,
      Instant createdAt,
      String runId,
      String user,
      long rows,
      long bytes,
      List<String> changes,
      String replaced) {}

  static String state(State state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  String text() {
    var lines = new ArrayList<String>();
    var title = partition + ": " + state + (reason.isEmpty() ? "" : " (" + reason + ")");
    lines.add(WordUtils.wrap(title, WIDTH, System.lineSeparator(), false));
    lines.add("");
    add(lines, "rows are", description);
    if (manifest != null) {
      addManifest(lines);
    }
    if (!history.isEmpty()) {
      lines.add("");
      addHistory(lines);
    }
    return String.join(System.lineSeparator(), lines);
  }

  private void addManifest(List<String> lines) {
    add(
        lines,
        "version",
        manifest.version() + ", published " + manifest.createdAt() + " by " + manifest.user());
    add(lines, "run", manifest.runId());
    add(
        lines,
        "made by",
        manifest.analysis()
            + ", logic version "
            + manifest.logicVersion()
            + ", Clickmill "
            + manifest.suiteVersion());
    manifest.settings().forEach((name, value) -> add(lines, "setting", name + " = " + value));
    add(lines, "rows", rows());
    manifest
        .accepted()
        .forEach(
            one ->
                add(
                    lines,
                    "accepted",
                    "check " + one.check() + ", by run " + one.runId() + ": " + one.reason()));
    addAll(lines, "made from", inputLines());
    addAll(lines, "files", manifest.sources().stream().map(Source::identity).toList());
  }

  private String rows() {
    var expired = manifest.expired();
    int files = expired == null ? manifest.files().size() : expired.files();
    var text =
        String.format(
            Locale.ROOT,
            "%,d in %,d %s of %,d bytes",
            manifest.fingerprint().rows(),
            files,
            files == 1 ? "file" : "files",
            expired == null ? manifest.bytes() : expired.bytes());
    return expired == null
        ? text
        : String.format(
            Locale.ROOT,
            "%s, published %s by run %s, and deleted as they were kept for %,d days",
            text,
            expired.publishedAt(),
            expired.runId(),
            expired.days());
  }

  /** One line for inputs that follow each other and stand alike. */
  private List<String> inputLines() {
    var lines = new ArrayList<String>();
    for (int start = 0; start < inputs.size(); ) {
      var first = inputs.get(start);
      int end = start + 1;
      while (end < inputs.size() && inputs.get(end).isLike(first)) {
        end++;
      }
      var last = inputs.get(end - 1).partition().substring(first.dataset().length() + 1);
      lines.add(
          first.partition()
              + (end == start + 1 ? "" : " to " + last)
              + ", "
              + first.versions()
              + (end == start + 1 ? "" : " (" + (end - start) + " partitions)"));
      start = end;
    }
    return lines;
  }

  private void addHistory(List<String> lines) {
    var form = "%7s  %8s  %-20s  %12s  %s";
    lines.add(String.format(Locale.ROOT, form, "version", "revision", "published", "rows", "run"));
    for (var version : history) {
      lines.add(
          String.format(
              Locale.ROOT,
              form,
              version.version(),
              version.revision(),
              version.createdAt().toString().replaceAll("\\.\\d+Z", "Z"),
              String.format(Locale.ROOT, "%,d", version.rows()),
              version.runId()));
      if (!version.changes().isEmpty()) {
        addWrapped(lines, INDENT, "since " + named(version.changes()));
      }
      if (version.replaced() != null) {
        lines.add(INDENT + "replaced, in " + version.replaced());
      }
    }
  }

  private static String named(List<String> all) {
    var text = all.stream().limit(NAMED).collect(Collectors.joining(", "));
    return all.size() > NAMED ? text + " and " + (all.size() - NAMED) + " more" : text;
  }

  private static void addAll(List<String> lines, String title, List<String> texts) {
    texts.stream().limit(NAMED).forEach(text -> add(lines, title, text));
    if (texts.size() > NAMED) {
      add(lines, "", "and " + (texts.size() - NAMED) + " more");
    }
  }

  private static void add(List<String> lines, String title, String text) {
    addWrapped(lines, title + INDENT.substring(title.length()), text);
  }

  private static void addWrapped(List<String> lines, String start, String text) {
    lines.add(
        start
            + WordUtils.wrap(
                text, WIDTH - INDENT.length(), System.lineSeparator() + INDENT, false));
  }
}
