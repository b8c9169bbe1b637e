package org.clickmill.jobs.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class ScratchFileTest {
  @Test
  void whatWasAppendedIsReadAtAnyPlace() throws Exception {
    try (var file = new ScratchFile()) {
      file.append(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      file.append(ByteBuffer.wrap(new byte[] {0, 4, 5, 0}, 1, 2));
      assertThat(file.length()).isEqualTo(5);
      var bytes = new byte[3];
      file.read(1, ByteBuffer.wrap(bytes));
      assertThat(bytes).containsExactly(2, 3, 4);
      assertThatThrownBy(() -> file.read(3, ByteBuffer.wrap(bytes)))
          .isInstanceOf(EOFException.class)
          .hasMessage("Cannot read a temporary file: it ends at byte 5");
    }
  }
}
