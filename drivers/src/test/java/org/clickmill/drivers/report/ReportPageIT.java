package org.clickmill.drivers.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.OutputType;

/** Opens reports in a real browser. */
final class ReportPageIT {
  /** Of each canvas: its id, the pixels that are painted, and how many colours they have. */
  private static final String PAINTED =
      """
      return Array.from(document.querySelectorAll("canvas"), (canvas) => {
        const copy = document.createElement("canvas");
        copy.width = canvas.width;
        copy.height = canvas.height;
        const context = copy.getContext("2d", {willReadFrequently: true});
        context.drawImage(canvas, 0, 0);
        const {data} = context.getImageData(0, 0, copy.width, copy.height);
        const colors = new Set();
        let painted = 0;
        for (let i = 0; i < data.length; i += 4) {
          if (data[i + 3] > 0) {
            painted++;
            colors.add(data[i] << 16 | data[i + 1] << 8 | data[i + 2]);
          }
        }
        return {id: canvas.id, painted, colors: colors.size};
      });
      """;

  @TempDir static Path folder;

  private static Chromium browser;

  @BeforeAll
  static void startBrowser() {
    browser = Chromium.start(folder.resolve("profile"));
  }

  @AfterAll
  static void stopBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void allChartsAreDrawnWithoutErrorAndWithoutNetwork(String scheme) throws IOException {
    browser.prefer(scheme);
    browser.resize(1280, 900);
    open(SampleReport.create(), scheme);
    assertThat(painted())
        .allSatisfy(
            canvas -> {
              assertThat((Long) canvas.get("painted")).isGreaterThan(5_000);
              assertThat((Long) canvas.get("colors")).isGreaterThan(10);
            })
        .extracting(canvas -> canvas.get("id"))
        .containsExactly(
            "revenue",
            "orders",
            "sessions",
            "conversion",
            "bounce-rate",
            "duration",
            "funnel-1",
            "funnel-2",
            "abandonment-rate",
            "abandoned-value",
            "top-products-last-day",
            "top-products",
            "trending-7",
            "trending-28",
            "categories",
            "brands",
            "customer-values");
    assertThat(background())
        .isEqualTo(scheme.equals("dark") ? "rgb(18, 22, 27)" : "rgb(246, 247, 249)");
    assertThat(browser.consoleMessages()).isEmpty();
    assertThat(browser.networkRequests()).isEmpty();
  }

  @Test
  void chartsFollowAChangeOfTheColourScheme() throws IOException {
    browser.prefer("light");
    open(SampleReport.create(), "changing");
    var light = barColour();
    browser.prefer("dark");
    assertThat(barColour()).isNotEqualTo(light);
  }

  @Test
  void textsOfDataRunNoScript() throws IOException {
    open(SampleReport.create(), "escaped");
    assertThat(browser.driver().getPageSource()).contains("alert(1)");
    assertThat((String) browser.driver().executeScript("return document.title"))
        .isEqualTo("Clickmill: 1 Oct 2019 – 31 Oct 2019");
  }

  @Test
  void pageFitsAPhone() throws IOException {
    browser.resize(390, 800);
    open(SampleReport.create(), "phone");
    assertThat((Long) browser.driver().executeScript("return document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(390);
  }

  @Test
  void withoutAModelThereIsNoHistogram() throws IOException {
    browser.resize(1280, 900);
    open(SampleReport.with(SampleTopics.customerValues(false)), "historic");
    assertThat(painted()).extracting(canvas -> canvas.get("id")).doesNotContain("customer-values");
    assertThat(browser.consoleMessages()).isEmpty();
  }

  @Test
  void emptyReportHasNoErrorEither() throws IOException {
    open(SampleReport.empty(), "empty");
    assertThat(painted()).isEmpty();
    assertThat(browser.consoleMessages()).isEmpty();
  }

  private void open(Report report, String name) throws IOException {
    var file = folder.resolve(name + ".html");
    Files.writeString(file, new ReportPage(report).html());
    browser.consoleMessages();
    browser.networkRequests();
    browser.driver().get(file.toUri().toString());
    screenshot(name);
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> painted() {
    return (List<Map<String, Object>>) browser.driver().executeScript(PAINTED);
  }

  private static String background() {
    return (String)
        browser.driver().executeScript("return getComputedStyle(document.body).backgroundColor");
  }

  private static Object barColour() {
    return browser
        .driver()
        .executeAsyncScript(
            """
            const done = arguments[0];
            requestAnimationFrame(() => requestAnimationFrame(() =>
                done(Chart.getChart("brands").data.datasets[0].backgroundColor)));
            """);
  }

  /** Kept for whoever wants to see the page; nothing reads them. */
  private static void screenshot(String name) throws IOException {
    var target = Files.createDirectories(Path.of("target", "screenshots"));
    var height =
        (Long) browser.driver().executeScript("return document.documentElement.scrollHeight");
    var width = (Long) browser.driver().executeScript("return window.innerWidth");
    browser.resize(width.intValue(), height.intValue());
    Files.write(target.resolve(name + ".png"), browser.driver().getScreenshotAs(OutputType.BYTES));
  }
}
