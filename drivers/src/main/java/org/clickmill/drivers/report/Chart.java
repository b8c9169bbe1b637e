package org.clickmill.drivers.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * A chart as the page's script draws it.
 *
 * @param id of the canvas
 * @param title above it
 * @param description for who cannot see it; the table beside it has the numbers
 * @param kind which way it goes
 * @param labels days in ISO form, or names
 * @param series one or more, each with a value a label
 * @param pale which bars are drawn weaker since they can still change; null for none
 */
@JsonIgnoreProperties({"title", "description", "empty"})
record Chart(
    @JsonProperty("id") String id,
    String title,
    String description,
    @JsonProperty("kind") Kind kind,
    @JsonProperty("labels") List<String> labels,
    @JsonProperty("series") List<Series> series,
    @JsonProperty("pale") List<Boolean> pale) {

  enum Kind {
    /** Upright bars, a day each. */
    @JsonProperty("days")
    DAYS,
    /** Upright bars with any labels. */
    @JsonProperty("columns")
    COLUMNS,
    /** Bars that lie, with long labels. */
    @JsonProperty("ranking")
    RANKING
  }

  /**
   * Values that belong together.
   *
   * @param label what they are
   * @param isLine a line and not bars
   * @param color a colour of the style sheet
   * @param isShare parts of 1, to be written in percent
   * @param digits after the decimal point, of the percent too
   * @param values null leaves a gap
   */
  record Series(
      @JsonProperty("label") String label,
      @JsonProperty("line") boolean isLine,
      @JsonProperty("color") String color,
      @JsonProperty("share") boolean isShare,
      @JsonProperty("digits") int digits,
      @JsonProperty("values") List<? extends Number> values) {

    static Series bars(String label, int digits, List<? extends Number> values) {
      return new Series(label, false, "bar", false, digits, values);
    }

    static Series shares(String label, List<Double> values) {
      return new Series(label, false, "bar", true, 1, values);
    }

    /** Bars beside others to compare with. */
    static Series before(String label, List<? extends Number> values) {
      return new Series(label, false, "before", false, 0, values);
    }

    static Series line(String label, String color, int digits, List<? extends Number> values) {
      return new Series(label, true, color, false, digits, values);
    }

    private boolean isEmpty() {
      return values.stream().noneMatch(Objects::nonNull);
    }
  }

  /** Bars by day, and lines of which those without any value are left out. */
  static Chart byDay(
      String id, String title, String description, List<LocalDate> days, List<Series> series) {
    return new Chart(
        id,
        title,
        description,
        Kind.DAYS,
        days.stream().map(LocalDate::toString).toList(),
        series.stream().filter(one -> !one.isLine() || !one.isEmpty()).toList(),
        null);
  }

  static Chart columns(
      String id, String title, String description, List<String> labels, Series series) {
    return new Chart(id, title, description, Kind.COLUMNS, labels, List.of(series), null);
  }

  static Chart ranking(
      String id, String title, String description, List<String> labels, List<Series> series) {
    return new Chart(id, title, description, Kind.RANKING, labels, series, null);
  }

  Chart withPale(List<Boolean> bars) {
    return new Chart(id, title, description, kind, labels, series, bars);
  }

  boolean isEmpty() {
    return series.stream().allMatch(Series::isEmpty);
  }

  /** Its height on the page in pixels; a ranking needs a line for every bar. */
  int height() {
    return kind == Kind.RANKING
        ? (series.size() == 1 ? 50 + 29 * labels.size() : 84 + 30 * labels.size())
        : 260;
  }
}
