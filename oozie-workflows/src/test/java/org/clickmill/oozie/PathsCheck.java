package org.clickmill.oozie;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.w3c.dom.Element;

/**
 * A dataset's template stands for the paths that the code writes, and days and hours are never
 * written without their zeros.
 */
final class PathsCheck implements Check {
  private static final String FILE = "datasets.xml";
  private static final String WAREHOUSE = "hdfs://shop/warehouse";

  /** A key of a partition and a number of one digit, or of a day with such a part. */
  private static final Pattern UNPADDED =
      Pattern.compile("hr=\\d(?!\\d)|dt=\\d{4}-(\\d(?!\\d)|\\d\\d-\\d(?!\\d))");

  /** The pattern of a time, in which a letter stands alone. */
  private static final Pattern UNPADDED_FORMAT =
      Pattern.compile("formatTime\\(.*'[^']*(?<![A-Za-z])[MdHhm](?![A-Za-z])[^']*'\\)");

  /** Ends of months and years, a leap day, and ordinary days with one digit and with two. */
  static final List<LocalDate> DAYS =
      Stream.of(
              "2019-01-01",
              "2019-02-28",
              "2019-03-01",
              "2019-09-30",
              "2019-10-01",
              "2019-12-31",
              "2020-01-01",
              "2020-02-28",
              "2020-02-29",
              "2020-03-01",
              "2021-11-09",
              "2021-11-10")
          .map(LocalDate::parse)
          .toList();

  @Override
  public List<Problem> problems(OozieFiles files) {
    var problems = new ArrayList<Problem>();
    files.xml(FILE).elements("dataset").forEach(dataset -> checkTemplate(dataset, problems));
    files.texts().forEach((file, text) -> checkPadding(file, text, problems));
    return problems;
  }

  private static void checkTemplate(Element dataset, List<Problem> problems) {
    var name = dataset.getAttribute("name");
    var template = XmlFile.text(dataset, "uri-template").orElseThrow();
    for (var day : DAYS) {
      var hours =
          name.equals(Datasets.EVENTS) ? IntStream.range(0, 24).boxed().toList() : List.of(0);
      for (int hour : hours) {
        var partition =
            name.equals(Datasets.EVENTS)
                ? Partition.ofHour(name, day, hour)
                : Partition.ofDay(name, day);
        var expected = partition.below(new Path(WAREHOUSE)).toString();
        var actual = resolve(template, day.atTime(hour, 0));
        if (!actual.equals(expected)) {
          problems.add(
              new Problem(
                  FILE,
                  "dataset " + name,
                  "has the path " + actual + " where Clickmill writes " + expected));
          return;
        }
      }
    }
  }

  private static void checkPadding(String file, String text, List<Problem> problems) {
    var lines = text.lines().toList();
    var found = new LinkedHashSet<Problem>();
    for (int i = 0; i < lines.size(); i++) {
      for (var pattern : List.of(UNPADDED, UNPADDED_FORMAT)) {
        var match = pattern.matcher(lines.get(i));
        if (match.find()) {
          found.add(
              new Problem(
                  file, "line " + (i + 1), "writes a time without its zeros: " + match.group()));
        }
      }
    }
    problems.addAll(found);
  }

  /** Fills in a template as Oozie does, with padded numbers. */
  private static String resolve(String template, LocalDateTime instance) {
    return Expressions.replace(
        template,
        Map.of(
            "warehouse",
            WAREHOUSE,
            "YEAR",
            format(instance, "yyyy"),
            "MONTH",
            format(instance, "MM"),
            "DAY",
            format(instance, "dd"),
            "HOUR",
            format(instance, "HH")));
  }

  private static String format(LocalDateTime instance, String pattern) {
    return instance.format(DateTimeFormatter.ofPattern(pattern, Locale.ROOT));
  }
}
