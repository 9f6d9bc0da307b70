package dev.cairn.client.courier;

import dev.cairn.client.held.Holdings;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.roster.MembersSeal;
import dev.cairn.protocol.suite.EncryptionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens parcels with the keys of this device, of the circles it reads and of all members. */
final class ParcelKeys {

  private ParcelKeys() {}

  /**
   * A parcel that was opened.
   *
   * @param content what is in it
   * @param forThisDevice whether it goes no further from here: it was sealed to this device itself,
   *     and so to nobody else, or to all members, each of whom hands the like on
   * @param isNews whether it was sealed to all members: the server and who was cut off can make
   *     such a one too, and nothing is taken from it but that the space has moved
   */
  record Opened(ParcelContent content, boolean forThisDevice, boolean isNews) {}

  /**
   * Opens a parcel; empty if it is for others, as one of a later version may be.
   *
   * @throws dev.cairn.protocol.MalformedException if it was altered
   */
  static Optional<Opened> open(Holdings holdings, byte[] parcel) throws CairnException {
    Optional<ParcelContent> own = open(parcel, List.of(holdings.identity().encryptionKey()));
    if (own.isPresent()) {
      return own.map(content -> new Opened(content, true, false));
    }
    List<EncryptionKey> keys = new ArrayList<>();
    for (EpochId epoch : holdings.book().keys().epochs()) {
      holdings.book().key(epoch).ifPresent(keys::add);
    }
    Optional<ParcelContent> read = open(parcel, keys);
    if (read.isPresent()) {
      return read.map(content -> new Opened(content, false, false));
    }
    Optional<EncryptionKey> members = MembersSeal.of(holdings.roster());
    return members.isPresent()
        ? open(parcel, List.of(members.get())).map(content -> new Opened(content, true, true))
        : Optional.empty();
  }

  private static Optional<ParcelContent> open(byte[] parcel, List<EncryptionKey> keys)
      throws CairnException {
    try {
      return Optional.of(Parcel.open(parcel, keys));
    } catch (UndecryptableException | TooNewException forOthers) {
      return Optional.empty();
    }
  }
}
