package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.failure.ClickmillException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTest {
  @Test
  void namesFollowTheRule() {
    assertThat(Settings.all().keySet())
        .allSatisfy(name -> assertThat(name).matches("clickmill(\\.[a-z][a-z0-9]*(-[a-z0-9]+)*)+"));
  }

  @Test
  void everySettingIsDocumentedInASentence() {
    assertThat(Settings.all().values())
        .allSatisfy(key -> assertThat(key.documentation()).matches("(?s)[A-Z].*\\."));
  }

  @Test
  void committedReferenceIsTheOneThatIsGenerated() throws IOException {
    var page = Path.of("..", "docs", "settings.md");
    assertThat(Files.readString(page))
        .as("regenerate it: ./clickmill config --markdown > docs/settings.md")
        .isEqualTo(SettingsPage.markdown(Settings.all().values()) + "\n");
  }

  @Test
  void unknownNameInAFileIsFoundThere(@TempDir Path folder) throws IOException {
    var file =
        Files.writeString(
            folder.resolve("site.xml"),
            "<configuration><property><name>clickmill.trash.keephours</name><value>3</value>"
                + "</property></configuration>");
    var configuration = new Configuration(false);
    configuration.addResource(file.toUri().toURL());
    assertThatThrownBy(() -> Settings.check(configuration))
        .isInstanceOf(ClickmillException.class)
        .hasMessageStartingWith("Unknown setting: clickmill.trash.keephours (in ")
        .hasMessageEndingWith("site.xml). Did you mean clickmill.trash.keep-hours?");
  }

  @Test
  void propertiesOfOthersAreNotChecked() {
    var configuration = new Configuration(false);
    configuration.set("clickmill2.anything", "x");
    configuration.set("mapreduce.job.name", "clickmill.x");
    Settings.check(configuration);
    assertThat(configuration.size()).isEqualTo(2);
  }
}
