package org.clickmill.drivers.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ReportPageTest {
  private final String page = new ReportPage(SampleReport.create()).html();

  @Test
  void textsOfDataAreEscapedInTables() {
    assertThat(page)
        .contains("&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;")
        .contains("хозяйка &amp; &quot;co&quot;")
        .contains("Warehouse file:/data/shop &amp; &lt;sons&gt;");
  }

  @Test
  void textsOfDataCannotEndTheScriptElement() {
    assertThat(page)
        .doesNotContain("<script>alert")
        .contains("\\u003c/script>\\u003cscript>alert(1)");
  }

  @Test
  void amountsHaveTwoDecimalsAndGroupedDigits() {
    assertThat(page)
        .contains("<td class=\"number\">1,203,344.15</td>")
        .contains("<td class=\"number\">-12.35</td>")
        .contains("<td class=\"number\">61.0 %</td>")
        .contains("<td class=\"number\">0.0 %</td>")
        .doesNotContain("-0.0 %");
  }

  @Test
  void missingDayIsNamedAndHasNoNumbers() {
    assertThat(page)
        .contains("Days without a table of events (1):</strong> 9 Oct 2019")
        .contains(
            "<th scope=\"row\" class=\"text\">2019-10-09</th><td class=\"none number\">–</td>");
  }

  @Test
  void nothingIsLoadedFromElsewhere() {
    assertThat(page)
        .contains("default-src 'none'")
        .doesNotContain("src=\"http")
        .doesNotContain("href=\"http")
        .doesNotContain("@import")
        .doesNotContain("sourceMappingURL")
        .doesNotContain("{{");
  }

  @Test
  void emptyWarehouseStillMakesAPage() {
    assertThat(new ReportPage(SampleReport.empty()).html())
        .contains("Revenue by day: no data.")
        .contains("Brands by revenue: no data.")
        .contains("<script type=\"application/json\" id=\"charts\">[]</script>");
  }

  @Test
  void missingTablesAreNamedWithTheCommandThatMakesThem() {
    assertThat(new ReportPage(SampleReport.empty()).html())
        .contains(
            "<li>Sessions by day: <code>clickmill sessions</code> makes the table sessions.</li>")
        .contains(
            "<li>Cart abandonment: <code>clickmill funnel</code> makes the table"
                + " cart_abandonment.</li>")
        .contains(
            "<li>Averages of 28 days: <code>clickmill sales-trend</code> makes the table"
                + " sales_trend.</li>")
        .doesNotContain("sessions-heading", "funnel-heading", "carts-heading")
        .doesNotContain("customers-heading", "trending-heading");
    assertThat(page)
        .contains("sessions-heading", "funnel-heading", "carts-heading")
        .contains("customers-heading", "trending-heading")
        .doesNotContain("Left out");
  }

  @Test
  void funnelSaysWhichDaysItsNumbersAreOf() {
    assertThat(page)
        .contains("added up over 30 days; those of 1 day can still change.")
        .contains("are those of 30 Oct 2019, the newest final day.")
        .contains("&lt;b&gt;quick&lt;/b&gt;")
        .contains("<td class=\"number\">2 h 3 min</td>");
  }

  @Test
  void dayThatCanStillChangeIsMarked() {
    assertThat(page)
        .contains("Pale bars are days that can still change (1 day).")
        .contains("<td class=\"number\">3,726,789.13</td><td class=\"text\">no</td>")
        .containsPattern("\"pale\":\\[(false,){30}true]");
  }

  @Test
  void modelIsToldWithItsParameters() {
    assertThat(page)
        .contains("within 90 days, discounted by 1.0 % a month.")
        .contains(
            "<th scope=\"row\" class=\"text\">BG/NBD</th><td class=\"text\">r</td>"
                + "<td class=\"number\">0.242595</td>")
        .contains("<td class=\"number\">-9582.43</td>")
        .contains("\"0 – 0.50\"", "\"1,000 – 2,000\"");
  }

  @Test
  void withoutAModelTheReasonAndThePastAreTold() {
    var historic = new ReportPage(SampleReport.with(SampleTopics.customerValues(false))).html();
    assertThat(historic)
        .contains("the model has no fit (q &lt;= 1 &amp; no mean).")
        .contains("&lt;at&gt; risk")
        .contains("<dd>229,957,502.27<")
        .doesNotContain("Expected value</dt>")
        .doesNotContain("id=\"customer-values\"");
  }

  @Test
  void idsAreUnique() {
    assertThat(
            Pattern.compile(" id=\"([^\"]+)\"")
                .matcher(page.substring(0, page.indexOf("<script>")))
                .results()
                .map(id -> id.group(1)))
        .doesNotHaveDuplicates()
        .contains("funnel_1", "funnel_2", "funnel_2_brands", "trending_7", "trending_28");
  }

  @Test
  void partOfTheTemplateIsNotLookedThroughAgain() {
    assertThat(ReportPage.fill("{{a}} {{b}}", Map.of("a", "{{b}} $1 \\", "b", "x")))
        .isEqualTo("{{b}} $1 \\ x");
  }

  @Test
  void placeholderWithoutAPartIsNamed() {
    assertThatNullPointerException()
        .isThrownBy(() -> ReportPage.fill("{{missing}}", Map.of()))
        .withMessage("missing");
  }
}
