package org.clickmill.formats.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://me:secret@registry:8081",
        "http://me:s^ecret@registry:8081",
        "http://me:secret@schema_registry:8081",
        "http://me:sec/ret@registry:8081",
        "http://me:12/secret@registry:8081",
        "http://me:sec@ret@registry:8081",
        "me:secret@registry"
      })
  void passwordIsRefusedAndNotShown(String address) {
    assertThatThrownBy(() -> RegistryAddress.parse(address))
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(Failure.USAGE))
        .hasMessage(
            "Invalid address of a schema registry: it holds a password, which others could see;"
                + " put basic.auth.user.info into the client properties")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:8081", "ftp://host", "http://a_b:8081", "http://h^st", ""})
  void whatIsNoAddressIsNamed(String address) {
    assertThatThrownBy(() -> RegistryAddress.parse(address))
        .hasMessage(
            "Invalid address of a schema registry: %s (expected http://host:port)", address);
  }

  @Test
  void addressMayHaveAPath() {
    var address = "https://host:8081/registry/";
    assertThat(RegistryAddress.parse(address)).isEqualTo(URI.create(address));
  }
}
