package org.clickmill.oozie;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/**
 * A coordinator of days waits for all 24 hours of the day that it gives its workflow, and for no
 * other; and what it publishes is of that day. So it is whatever the time of its start, at the ends
 * of months and years, and on leap days.
 */
final class DaysCheck implements Check {
  private static final LocalDate FIRST_DAY = LocalDate.parse("2019-01-01");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  /** Days before ends of months and years and before leap days, at several times. */
  static final List<Instant> STARTS =
      Stream.of(
              "2019-02-27T00:00:00Z",
              "2019-09-30T10:30:00Z",
              "2019-12-30T23:59:00Z",
              "2020-02-27T00:10:00Z",
              "2024-02-28T12:00:00Z",
              "2100-02-27T01:00:00Z")
          .map(Instant::parse)
          .toList();

  @Override
  public List<Problem> problems(OozieFiles files) {
    // The same at every start is told once.
    var problems = new LinkedHashSet<Problem>();
    for (var coordinator : files.named("coordinator.xml")) {
      var ofHours = elements(coordinator, "data-in", true);
      var ofDays = elements(coordinator, "data-out", false);
      if (ofHours.isEmpty() && ofDays.isEmpty()) {
        continue;
      }
      for (var start : STARTS) {
        for (var due : DueDay.first(coordinator, start, 4)) {
          ofHours.forEach(event -> checkHours(due, event, problems));
          ofDays.forEach(event -> checkDay(due, event, problems));
        }
      }
    }
    return List.copyOf(firstOfEach(problems));
  }

  private static List<Element> elements(XmlFile coordinator, String name, boolean isHourly) {
    return coordinator.elements(name).stream()
        .filter(event -> event.getAttribute("dataset").equals("events") == isHourly)
        .toList();
  }

  private static void checkHours(DueDay due, Element event, LinkedHashSet<Problem> problems) {
    var midnight = due.day().atStartOfDay().toInstant(ZoneOffset.UTC);
    var expected = IntStream.range(0, 24).mapToObj(hour -> midnight.plus(HOUR.multipliedBy(hour)));
    check(due, event, HOUR, expected.toList(), "its 24 hours", problems);
  }

  private static void checkDay(DueDay due, Element event, LinkedHashSet<Problem> problems) {
    var midnight = due.day().atStartOfDay().toInstant(ZoneOffset.UTC);
    check(due, event, DAY, List.of(midnight), "the day itself", problems);
  }

  private static void check(
      DueDay due,
      Element event,
      Duration frequency,
      List<Instant> expected,
      String meant,
      LinkedHashSet<Problem> problems) {
    var initial = FIRST_DAY.atStartOfDay().toInstant(ZoneOffset.UTC);
    var actual = due.instances(event, initial, frequency);
    if (!actual.equals(expected)) {
      problems.add(
          new Problem(
              due.coordinator().path(),
              XmlFile.name(event),
              String.format(
                  "stands for %s, not for %s, when the day is %s",
                  range(actual), meant, due.day())));
    }
  }

  private static String range(List<Instant> instances) {
    return switch (instances.size()) {
      case 0 -> "nothing";
      case 1 -> "1 instance, " + instances.get(0);
      default ->
          instances.size()
              + " instances, "
              + instances.get(0)
              + " to "
              + instances.get(instances.size() - 1);
    };
  }

  /** The first problem of every element. */
  private static List<Problem> firstOfEach(LinkedHashSet<Problem> problems) {
    var elements = new LinkedHashSet<String>();
    var first = new ArrayList<Problem>();
    for (var problem : problems) {
      if (elements.add(problem.file() + " " + problem.element())) {
        first.add(problem);
      }
    }
    return first;
  }
}
