package org.clickmill.oozie;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/**
 * One action of a coordinator, by the time at which it is due: what Oozie makes of the expressions
 * that depend on it. In UTC, as the coordinators are.
 */
record DueDay(XmlFile coordinator, Instant nominalTime) {
  private static final Pattern FREQUENCY = Pattern.compile("\\$\\{coord:(days|endOfDays)\\(1\\)}");
  private static final Pattern CURRENT = Pattern.compile("\\$\\{coord:current\\((-?\\d+)\\)}");
  private static final Pattern DAY =
      Pattern.compile(
          "\\$\\{coord:formatTime\\(coord:dateOffset\\(coord:nominalTime\\(\\), (-?\\d+), 'DAY'\\),"
              + " 'yyyy-MM-dd'\\)}");

  /** The first actions of a coordinator that is due once a day. */
  static List<DueDay> first(XmlFile coordinator, Instant start, int count) {
    var frequency = find(FREQUENCY, coordinator.root().getAttribute("frequency"));
    // The end of a day is the midnight after it, also of a start at midnight.
    var first =
        frequency.group(1).equals("days")
            ? start
            : start.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
    return IntStream.range(0, count)
        .mapToObj(day -> new DueDay(coordinator, first.plus(day, ChronoUnit.DAYS)))
        .toList();
  }

  /** The day that the workflow is told. */
  LocalDate day() {
    var configuration = XmlFile.configuration(coordinator.elements("workflow").get(0));
    int offset = Integer.parseInt(find(DAY, configuration.get("day")).group(1));
    return nominalTime.atOffset(ZoneOffset.UTC).toLocalDate().plusDays(offset);
  }

  /**
   * The instances of a dataset that a data-in or data-out stands for.
   *
   * @param initial the dataset's first instance; earlier ones are left out
   */
  List<Instant> instances(Element event, Instant initial, Duration frequency) {
    var single = XmlFile.children(event, "instance");
    if (!single.isEmpty()) {
      return single.stream()
          .map(Element::getTextContent)
          .flatMap(text -> instances(text, text, initial, frequency))
          .toList();
    }
    return instances(
            XmlFile.text(event, "start-instance").orElseThrow(),
            XmlFile.text(event, "end-instance").orElseThrow(),
            initial,
            frequency)
        .toList();
  }

  private Stream<Instant> instances(String from, String to, Instant initial, Duration frequency) {
    // Instance 0 is the last that begins no later than the nominal time.
    long current = Duration.between(initial, nominalTime).dividedBy(frequency);
    return LongStream.rangeClosed(current + number(from), current + number(to))
        .filter(index -> index >= 0)
        .mapToObj(index -> initial.plus(frequency.multipliedBy(index)));
  }

  private static int number(String text) {
    return Integer.parseInt(find(CURRENT, text).group(1));
  }

  private static Matcher find(Pattern pattern, String text) {
    var found = pattern.matcher(text);
    if (!found.matches()) {
      throw new IllegalArgumentException("Cannot evaluate " + text + ": expected " + pattern);
    }
    return found;
  }
}
