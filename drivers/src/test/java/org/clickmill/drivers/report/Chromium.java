package org.clickmill.drivers.report;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless browser that has logged, since the page before, its errors and its requests. */
final class Chromium implements AutoCloseable {
  private static final File DRIVER = new File("/usr/bin/chromedriver");
  private static final File BROWSER = new File("/usr/bin/chromium");

  /** Warns of every browser that is newer than Selenium, of what is not used here. */
  private static final Logger DEVTOOLS = Logger.getLogger("org.openqa.selenium.devtools");

  private final ChromeDriver driver;

  private Chromium(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts a browser, or skips the test where there is none. */
  static Chromium start(Path profile) {
    assumeTrue(
        DRIVER.canExecute() && BROWSER.canExecute(),
        "skipped: no Chromium (" + BROWSER + ", " + DRIVER + ")");
    DEVTOOLS.setLevel(Level.SEVERE);
    var logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    var options = new ChromeOptions();
    options.setBinary(BROWSER);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        "--user-data-dir=" + profile);
    options.setCapability("goog:loggingPrefs", logs);
    var service = new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build();
    return new Chromium(new ChromeDriver(service, options));
  }

  ChromeDriver driver() {
    return driver;
  }

  /** Pretends that the reader prefers {@code light} or {@code dark}. */
  void prefer(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Makes the window as wide as a desktop's or a phone's. */
  void resize(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** What the page has complained of since the last call. */
  List<String> consoleMessages() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(entry -> entry.getLevel() + " " + entry.getMessage())
        .toList();
  }

  /** The addresses requested since the last call, but those of files and of data in the page. */
  List<String> networkRequests() {
    var mapper = new ObjectMapper();
    return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
        .map(
            entry -> {
              try {
                return mapper.readTree(entry.getMessage()).path("message");
              } catch (JsonProcessingException e) {
                throw new IllegalStateException(entry.getMessage(), e);
              }
            })
        .filter(
            message ->
                Set.of("Network.requestWillBeSent", "Network.webSocketCreated")
                    .contains(message.path("method").asText()))
        .map(message -> message.findPath("url").asText())
        .filter(url -> !url.startsWith("file:") && !url.startsWith("data:"))
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
