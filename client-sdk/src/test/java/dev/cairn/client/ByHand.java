package dev.cairn.client;

import dev.cairn.client.held.Holdings;
import dev.cairn.client.intake.Intake;
import dev.cairn.client.intake.IntakeBatch;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.roster.Statement;
import java.util.List;
import java.util.OptionalLong;

/** What a device hears of the roster without a server. */
final class ByHand {

  private ByHand() {}

  static void take(Device device, Statement statement) throws CairnException {
    take(device, List.of(statement));
  }

  static void take(Device device, List<Statement> statements) throws CairnException {
    Holdings holdings = device.holdings();
    IntakeBatch batch =
        holdings
            .store()
            .write(
                rows -> {
                  IntakeBatch begun = new Intake(holdings).begin(rows);
                  for (Statement statement : statements) {
                    begun.statement(statement, OptionalLong.empty());
                  }
                  begun.finish();
                  return begun;
                });
    holdings
        .store()
        .read(
            rows -> {
              batch.adopt(rows);
              return Boolean.TRUE;
            });
  }
}
