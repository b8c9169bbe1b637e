package org.clickmill.jobs.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.clickmill.formats.event.EventType;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FunnelYamlTest {
  @Test
  void everythingThatCanBeSaidIsRead() {
    var definitions =
        FunnelYaml.read(
            """
            quick: {steps: [view, purchase], window: 30m, mode: strict}
            phones:
              steps:
                - {name: look, types: [view, cart], brand: [apple, samsung], category: phones.*}
                - types: purchase
                  brand: "123"
              mode: ordered
            """);
    assertThat(definitions).extracting(FunnelDefinition::name).containsExactly("quick", "phones");
    var quick = definitions.get(0);
    assertThat(quick.window()).isEqualTo(1_800_000);
    assertThat(quick.isStrict()).isTrue();
    assertThat(quick.steps()).extracting(FunnelStep::name).containsExactly("view", "purchase");
    var phones = definitions.get(1);
    assertThat(phones.window()).isEqualTo(FunnelDefinition.NO_WINDOW);
    assertThat(phones.isStrict()).isFalse();
    assertThat(phones.steps().get(0).name()).isEqualTo("look");
    assertThat(phones.steps().get(0).types()).isEqualTo(Set.of(EventType.VIEW, EventType.CART));
    assertThat(phones.steps().get(0).brands()).hasToString("[apple, samsung]");
    assertThat(phones.steps().get(0).categories()).hasToString("[phones.*]");
    assertThat(phones.steps().get(1).name()).isEqualTo("purchase");
    assertThat(phones.steps().get(1).brands()).hasToString("[123]");
  }

  @Test
  void blankTextHoldsNoFunnel() {
    assertThat(FunnelYaml.read(" \n ")).isEmpty();
  }

  @Test
  void trialNeedsNoBrackets() {
    assertThat(new FunnelTrial("view, {types: cart, brand: lux}, purchase", "90s", "strict"))
        .isNotNull();
    assertThat(new FunnelTrial("[view]", null, null)).isNotNull();
    assertThatThrownBy(() -> new FunnelTrial("view, buy", null, null))
        .hasMessageContaining("Invalid funnel 'trial': unknown event type 'buy' in step 2");
    assertThatThrownBy(() -> new FunnelTrial("view", "soon", null))
        .hasMessageContaining("Invalid funnel 'trial': window: 'soon'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[view]|is not a map from names to funnels (write {name: {steps: [view, cart, purchase]}})",
        "{}|is not a map from names to funnels",
        "{a: {steps: [view]}, a: {steps: [cart]}}|Duplicate field 'a' (each name may stand once)",
        "{'': {steps: [view]}}|Invalid funnel '': the name is empty; give the funnel one",
        "{view_cart_purchase: {steps: [view]}}"
            + "|Invalid funnel 'view_cart_purchase': this name belongs to the built-in funnel;",
        "{a: }|Invalid funnel 'a': the definition is empty; it needs 'steps'",
        "{a: view}|Invalid funnel 'a': the definition is empty; it needs 'steps'",
        "{a: {window: 1h}}|Invalid funnel 'a': there are no steps; list them as",
        "{a: {steps: []}}|Invalid funnel 'a': there are no steps; list them as",
        "{a: {steps: view}}|Invalid funnel 'a': there are no steps; list them as",
        "{a: {steps: [view, buy]}}"
            + "|Invalid funnel 'a': unknown event type 'buy' in step 2 (known: view, cart,"
            + " remove_from_cart, purchase, return)",
        "{a: {steps: [view], windows: 1h}}"
            + "|Invalid funnel 'a': unknown key 'windows' in the definition (known: mode, steps,"
            + " window)",
        "{a: {steps: [{types: view, color: red}]}}"
            + "|Invalid funnel 'a': unknown key 'color' in step 1 (known: brand, category, name,"
            + " types)",
        "{a: {steps: [{brand: lux}]}}|Invalid funnel 'a': step 1 has no types; name one or more of",
        "{a: {steps: [{types: view, brand: []}]}}|Invalid funnel 'a': brand of step 1 is empty;",
        "{a: {steps: [{types: view, brand: ''}]}}|Invalid funnel 'a': brand of step 1: \"\" is not",
        "{a: {steps: [7]}}|Invalid funnel 'a': step 1 is '7', not a map",
        "{a: {steps: [view], window: 0m}}|Invalid funnel 'a': window: '0m' (expected a number and",
        "{a: {steps: [view], window: 30}}|Invalid funnel 'a': window: '30' (expected a number and",
        "{a: {steps: [view], window: -1h}}|Invalid funnel 'a': window: '-1h' (expected a number",
        "{a: {steps: [view], mode: loose}}"
            + "|Invalid funnel 'a': mode: 'loose' (expected ordered or strict)",
        "{a: [|Invalid clickmill.funnel.definitions:",
      })
  void mistakesAreNamed(String yaml, String message) {
    assertThatThrownBy(() -> FunnelYaml.read(yaml))
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(Failure.USAGE))
        .hasMessageContaining(message);
  }

  @Test
  void moreStepsThanBitsAreRefused() {
    var steps = "view, ".repeat(30) + "view";
    assertThatThrownBy(() -> FunnelYaml.read("{trial: {steps: [" + steps + "]}}"))
        .hasMessage("Invalid funnel 'trial': there are 31 steps; leave at most 30");
  }
}
