package dev.cairn.protocol.roster;

import dev.cairn.protocol.id.ChangeId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Everything a state answers, as text that can be compared. */
final class Answers {

  private Answers() {}

  static List<String> of(RosterState state) {
    List<String> answers = new ArrayList<>();
    answers.add("heads " + state.heads());
    state.statements().forEach(each -> answers.add(each + " " + state.verdict(each)));
    for (DeviceEntry entry : state.devices()) {
      answers.add(about(state, entry));
    }
    state.unconfirmed().forEach(entry -> answers.add("waits " + entry.statement()));
    state.invitations().forEach(each -> answers.add("invitation " + each));
    state.circles().forEach(each -> answers.add(about(each)));
    answers.add("logs " + state.logs());
    answers.add("moves " + state.moves().keySet());
    return answers;
  }

  static String about(RosterState state, DeviceEntry entry) {
    return "device "
        + entry.device()
        + entry.member()
        + entry.role()
        + entry.state()
        + entry.inviter()
        + state.mayDecide(entry.device())
        + state.suspensionRule(entry.device()).map(Answers::about);
  }

  private static String about(SuspensionRule rule) {
    StringBuilder answer = new StringBuilder().append(rule.isBounded());
    for (SuspensionRule.Bound bound : rule.bounds()) {
      answer.append(Ascending.of(bound.heads()));
      TreeSet<ChangeId> single = new TreeSet<>();
      bound.single().forEach(single::addAll);
      answer.append(single);
    }
    return answer.toString();
  }

  static String about(CircleState circle) {
    StringBuilder answer = new StringBuilder("circle " + circle.id() + circle.readers());
    circle.forWriting().ifPresent(epoch -> answer.append(" writes ").append(epoch.id()));
    for (EpochState epoch : circle.epochs()) {
      answer.append(epoch.id()).append(epoch.stands()).append(epoch.isCurrent());
    }
    return answer.toString();
  }
}
