package dev.cairn.protocol.roster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.log.LogKey;
import org.junit.jupiter.api.Test;

/** Each life of the log follows one that stands, under an origin and a key of its own. */
class GenerationTest {

  private final Organisation org = new Organisation(43);
  private final LogKey first =
      org.founding.genesis().content() instanceof Genesis g ? g.log() : null;

  private Statement open(Person by, long number, LogKey log) {
    return org.sign(
        new Generation(number, log, number - 1, 7, org.founding.genesis().leafHash()), by.signing);
  }

  @Test
  void generation_byOwner_namesAnotherLog() {
    LogKey log = org.log("log.example/2");
    open(org.owner, 1, log);

    assertThat(org.state().logs()).containsEntry(1L, log).hasSize(2);
  }

  @Test
  void generation_byCoordinator_isPowerless() {
    Statement opened = open(org.coordinator(), 1, org.log("log.example/2"));

    assertThat(org.verdict(opened)).isEqualTo(StatementVerdict.POWERLESS);
  }

  @Test
  void generation_underTheKeyOfAnEarlierOne_isPowerless() {
    LogKey log = new LogKey(org.log("log.example/2").origin(), first.key());

    assertThat(org.verdict(open(org.owner, 1, log))).isEqualTo(StatementVerdict.POWERLESS);
  }

  @Test
  void generation_underTheOriginOfAnEarlierOne_isPowerless() {
    LogKey log = new LogKey(first.origin(), org.log("x.example").key());

    assertThat(org.verdict(open(org.owner, 1, log))).isEqualTo(StatementVerdict.POWERLESS);
  }

  @Test
  void generation_afterOneThatNeverWas_isPowerless() {
    Statement opened = open(org.owner, 8, org.log("log.example/8"));

    assertThat(org.verdict(opened)).isEqualTo(StatementVerdict.POWERLESS);
    assertThat(org.state().logs()).containsOnlyKeys(0L);
  }

  @Test
  void generation_afterTheOneBefore_stands() {
    open(org.owner, 1, org.log("log.example/1a"));
    Statement second = open(org.owner, 2, org.log("log.example/2a"));

    assertThat(org.verdict(second)).isEqualTo(StatementVerdict.STANDS);
  }

  @Test
  void generation_ofAnOwnerCutOffSince_isVoid() {
    Statement opened = open(org.owner, 1, org.log("log.example/2"));
    org.sign(
        new Suspension(org.owner.id(), java.util.List.of(), java.util.List.of()),
        org.recoverySigning);

    assertThat(org.verdict(opened)).isEqualTo(StatementVerdict.VOID);
  }
}
