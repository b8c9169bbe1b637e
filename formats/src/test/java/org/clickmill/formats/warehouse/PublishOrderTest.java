package org.clickmill.formats.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.clickmill.formats.event.Fingerprint;
import org.clickmill.formats.warehouse.Manifest.Input;
import org.junit.jupiter.api.Test;

final class PublishOrderTest {
  @Test
  void partitionsThatDoNotDependOnEachOtherAreOneWave() {
    assertThat(names(staged("a"), staged("b", "elsewhere"))).containsExactly(List.of("a", "b"));
  }

  @Test
  void inputsGoBeforeWhatIsMadeFromThem() {
    assertThat(names(staged("c", "b"), staged("b", "a"), staged("d", "a"), staged("a")))
        .containsExactly(List.of("a"), List.of("b", "d"), List.of("c"));
  }

  @Test
  void nothingIsNoWave() {
    assertThat(PublishOrder.waves(List.of())).isEmpty();
  }

  @Test
  void partitionsThatAreInputsOfEachOtherAreRefused() {
    assertThatThrownBy(() -> names(staged("a", "b"), staged("b", "a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Partitions are inputs of each other: a/dt=2020-01-01");
  }

  private static List<List<String>> names(StagedPartition... partitions) {
    return PublishOrder.waves(List.of(partitions)).stream()
        .map(wave -> wave.stream().map(staged -> staged.partition().dataset()).toList())
        .toList();
  }

  private static StagedPartition staged(String dataset, String... inputs) {
    return new StagedPartition(
        new Partition(dataset, "dt=2020-01-01"),
        0,
        List.of(),
        Fingerprint.EMPTY,
        Arrays.stream(inputs).map(input -> new Input(input, "dt=2020-01-01", 1)).toList(),
        "test",
        1,
        new TreeMap<>(),
        new TreeMap<>(),
        List.of());
  }
}
