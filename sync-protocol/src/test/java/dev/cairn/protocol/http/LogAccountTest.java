package dev.cairn.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.suite.SigningKey;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogAccountTest {

  private static final LogAccount.Run RUN = new LogAccount.Run(3, 5);

  private static LogAccount account(int statements, int runs) {
    LogKey log =
        new LogKey(
            new LogOrigin("test/1"), SigningKey.generate(new Random(1)::nextBytes).verifyingKey());
    return new LogAccount(
        2,
        Encoded.of(new byte[] {1}),
        Collections.nCopies(statements, Encoded.of(new byte[] {2})),
        Optional.of(log),
        Optional.of(
            new LogAccount.Refill(
                8, true, Collections.nCopies(runs, RUN), Collections.nCopies(runs, RUN))));
  }

  @Test
  void account_writtenAndRead_isTheSame() throws Exception {
    LogAccount whole = account(2, 2);
    LogAccount least =
        new LogAccount(0, Encoded.of(new byte[0]), List.of(), Optional.empty(), Optional.empty());

    assertThat(LogAccount.decode(whole.encode())).isEqualTo(whole);
    assertThat(LogAccount.decode(least.encode())).isEqualTo(least);
  }

  @Test
  void account_atItsLimits_isRead_andAboveThemRefused() throws Exception {
    LogAccount most = account(Limits.ACCOUNT_STATEMENTS_MAX, Limits.ACCOUNT_RUNS_MAX);

    assertThat(LogAccount.decode(most.encode())).isEqualTo(most);
    assertThat(most.encode()).hasSizeLessThan(Limits.ACCOUNT_BYTES_MAX);
    assertThatThrownBy(
            () -> LogAccount.decode(account(Limits.ACCOUNT_STATEMENTS_MAX + 1, 1).encode()))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> LogAccount.decode(account(1, Limits.ACCOUNT_RUNS_MAX + 1).encode()))
        .isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a0", "a10100", "a201000240"})
  void account_withFewerFieldsThanAreDue_isRefused(String hex) {
    assertThatThrownBy(() -> LogAccount.decode(HexFormat.of().parseHex(hex)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void run_holdsItsPositionsOnly() {
    assertThat(RUN.holds(2)).isFalse();
    assertThat(RUN.holds(3)).isTrue();
    assertThat(RUN.holds(7)).isTrue();
    assertThat(RUN.holds(8)).isFalse();
  }
}
