package dev.cairn.client;

import dev.cairn.client.space.LettingIn;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.Invitation;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.SigningKey;
import java.util.ArrayList;
import java.util.List;

/** Very many reporters of whom nothing is seen but that they are in: no stores are made. */
final class Crowd {

  private final TestSpace space;
  private final Device coordinator;

  Crowd(TestSpace space, Device coordinator) {
    this.space = space;
    this.coordinator = coordinator;
  }

  /** Lets in and confirms so many. */
  List<DeviceId> confirmed(int count) throws Exception {
    Randomness randomness = space.host.randomness();
    SigningKey signer = coordinator.holdings().identity().signingKey();
    SigningKey oneTime = SigningKey.generate(randomness);
    RosterState state = coordinator.roster();
    Invitation terms =
        new Invitation(
            DeviceId.of(oneTime.verifyingKey().bytes()),
            Role.REPORTER,
            List.of(),
            count,
            4_000_000_000L,
            null);
    Statement invitation = new RosterWriter(state, randomness).sign(terms, signer);
    List<Statement> said = new ArrayList<>(List.of(invitation));
    RosterWriter writer = new RosterWriter(state.with(invitation), randomness);
    List<DeviceId> devices = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SigningKey device = SigningKey.generate(randomness);
      said.add(
          writer.admission(
              invitation.id(),
              oneTime,
              device,
              EncryptionKey.generate(randomness).publicKey(),
              "one of many"));
      devices.add(DeviceId.of(device.verifyingKey().bytes()));
    }
    RosterState admitted = state.with(said);
    RosterWriter after = new RosterWriter(admitted, randomness);
    for (DeviceEntry entry : admitted.unconfirmed()) {
      if (devices.contains(entry.device())) {
        said.add(after.confirmation(entry, signer));
      }
    }
    new LettingIn(coordinator.holdings()).send(said);
    return devices;
  }
}
