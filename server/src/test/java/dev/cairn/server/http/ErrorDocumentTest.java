package dev.cairn.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.feed.FeedFault;
import dev.cairn.server.ledger.RefusalCode;
import dev.cairn.server.request.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No code without its line in docs/ERRORS.md. */
class ErrorDocumentTest {

  private static String document() throws IOException {
    Path here = Path.of("docs", "ERRORS.md");
    return Files.readString(Files.exists(here) ? here : Path.of("..").resolve(here));
  }

  @ParameterizedTest
  @EnumSource(Problem.class)
  void problem_everyCode_isDescribedWithItsStatus(Problem problem) throws IOException {
    assertThat(document()).contains("| `" + problem.code() + "` | " + problem.status() + " |");
  }

  @ParameterizedTest
  @EnumSource(RefusalCode.class)
  void refusal_everyCode_isDescribed(RefusalCode refusal) throws IOException {
    assertThat(document()).contains("| `" + refusal.code() + "` |");
  }

  @ParameterizedTest
  @EnumSource(FeedFault.class)
  void feedFault_everyCode_isDescribed(FeedFault fault) throws IOException {
    assertThat(document()).contains("`" + fault.code() + "`");
  }
}
