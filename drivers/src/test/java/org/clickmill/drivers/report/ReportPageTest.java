package org.clickmill.drivers.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Map;
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
        .contains("Revenue by day: nothing to draw.")
        .contains("Brands by revenue: nothing to show.")
        .contains("<script type=\"application/json\" id=\"charts\">[]</script>");
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
