package org.clickmill.benchmarks.cluster;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a run tells in the end, as Markdown. */
record BigDayReport(String title, List<Step> steps, List<JobFigures> jobs, List<String> remarks) {
  /** A command, and how long it took. */
  record Step(String name, double seconds) {}

  BigDayReport {
    steps = List.copyOf(steps);
    jobs = List.copyOf(jobs);
    remarks = List.copyOf(remarks);
  }

  String markdown() {
    var text = new StringBuilder(title).append("\n\n");
    row(text, JobFigures.HEADINGS);
    row(
        text,
        JobFigures.HEADINGS.stream()
            .map(heading -> heading.equals("job") ? "---" : "---:")
            .toList());
    jobs.forEach(job -> row(text, job.row()));
    text.append('\n');
    for (var step : steps) {
      text.append(String.format(Locale.ROOT, "%s: %.1f s%n", step.name(), step.seconds()));
    }
    text.append(
        String.format(
            Locale.ROOT, "total: %.1f s%n", steps.stream().mapToDouble(Step::seconds).sum()));
    remarks.forEach(remark -> text.append('\n').append(remark).append('\n'));
    return text.toString();
  }

  private static void row(StringBuilder text, List<String> cells) {
    text.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")));
  }
}
