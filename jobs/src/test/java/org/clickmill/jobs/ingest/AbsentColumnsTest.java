package org.clickmill.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.clickmill.formats.mapping.AbsentColumn;
import org.junit.jupiter.api.Test;

final class AbsentColumnsTest {
  private static final AbsentColumn KIND = new AbsentColumn("where", "kind", false, "at");
  private static final AbsentColumn SHOP = new AbsentColumn("where", "shop", false, "at");

  @Test
  void columnsThatFeedOneFieldAreWarnedOfEach() {
    var absent = AbsentColumns.ofNotes(List.of());
    absent.add("a.json", List.of(KIND, SHOP));
    absent.add("b.json", List.of(KIND));
    assertThat(AbsentColumns.ofNotes(absent.notes()).warnings("m", false, 2))
        .containsExactly(
            "No record of 2 files, such as a.json, has 'kind', on which mapping m has a condition in"
                + " 'where'. In a.json there are: at",
            "No record of a.json has 'shop', on which mapping m has a condition in 'where'. There"
                + " are: at");
  }

  @Test
  void fileLacksTheColumnsThatAllItsPartsLack() {
    var absent = AbsentColumns.ofNotes(List.of());
    assertThat(absent.addParts(List.of(part(KIND, SHOP), part(SHOP)))).isEqualTo(1);
    assertThat(absent.warnings("m", false, 1)).singleElement().asString().contains("'shop'");
  }

  private static String part(AbsentColumn... columns) {
    var absent = new StringBuilder();
    for (var column : columns) {
      absent
          .append(absent.isEmpty() ? "" : ", ")
          .append("{\"field\": \"where\", \"source\": \"")
          .append(column.source())
          .append("\", \"optional\": false, \"present\": \"at\"}");
    }
    return "{\"file\": \"a.json\", \"absent\": [" + absent + "]}";
  }
}
