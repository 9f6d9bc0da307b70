package dev.cairn.benchmarks.workload;

import dev.cairn.client.Cairn;
import dev.cairn.client.Device;
import dev.cairn.client.Stores;
import dev.cairn.client.host.Host;
import dev.cairn.client.report.SealMode;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.sync.SyncResult;
import dev.cairn.client.transport.Transport;
import dev.cairn.client.transport.Transports;
import dev.cairn.client.vault.KeyProtector;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.invitation.InvitationFile;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.ServerAddress;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A space on a server, founded by a real desk; the others are {@link Author}s without stores, let
 * in as anybody is, or real devices. For one thread at a time.
 */
public final class Society implements AutoCloseable {

  private static final long FAR_SECONDS = 4_000_000_000L;

  /** An author may push so many entries before the first lets it in, its own admission included. */
  private static final int STATEMENTS_A_PUSH = 500;

  private static final Stores STORES = new Stores(Host.system());

  private final Path home;
  private final Transports transports;
  private final Randomness randomness = Randomness.of(new SecureRandom());
  private final List<Device> open = new ArrayList<>();
  private Device owner;
  private int seeds;

  private Society(Path home, Transports transports, Device owner) {
    this.home = home;
    this.transports = transports;
    this.owner = owner;
    open.add(owner);
  }

  /** Founds a space. */
  public static Society found(Path home, byte[] serverInvitation, Transports transports)
      throws CairnException {
    Device owner =
        Cairn.createSpace(
            home.resolve("desk"),
            passphrase(),
            serverInvitation,
            "Benchmark",
            "Owner",
            Optional.empty(),
            profile -> {},
            transports);
    return new Society(home, transports, owner);
  }

  /** Of every store. */
  public static Secret passphrase() {
    return Secret.take("three stones".getBytes(StandardCharsets.UTF_8));
  }

  /** The desk that founded it. */
  public Device owner() {
    return owner;
  }

  /** The desk again, as after a night: closed, opened, and everything in memory forgotten. */
  public Device reopenedOwner() throws CairnException {
    open.remove(owner);
    owner.close();
    owner = Cairn.open(home.resolve("desk"), passphrase(), KeyProtector.NONE);
    open.add(owner);
    return owner;
  }

  /** The space. */
  public SpaceId space() {
    return owner.profile().space();
  }

  /** Where its server is. */
  public ServerAddress server() {
    return owner.profile().server();
  }

  /** A new way to the server. */
  public Transport transport() {
    ServerAddress server = server();
    return transports.to(server.text(), server.pin().map(Digest::bytes));
  }

  /** Syncs a device over a way of its own. */
  public SyncResult sync(Device device) throws CairnException {
    try (Transport transport = transport()) {
      return device.sync(transport, SyncListener.NONE);
    }
  }

  /** An invitation that the server has heard of, under no code: nothing is timed here. */
  private InvitationFile invitation(Role role, int uses) throws CairnException {
    InvitationFile invitation = owner.offer(role, List.of(), uses, FAR_SECONDS);
    sync(owner);
    return invitation;
  }

  /** The roster as the desk has it. */
  public RosterState roster() {
    return owner.roster();
  }

  /** Lets so many reporters in. */
  public List<Author> reporters(int count) throws CairnException {
    return authors(Role.REPORTER, count);
  }

  /** Lets a second desk in and confirms it. */
  public Author coordinator() throws CairnException {
    Author author = authors(Role.COORDINATOR, 1).get(0);
    sync(owner);
    owner.confirmDevice(author.id());
    sync(owner);
    return author;
  }

  private List<Author> authors(Role role, int count) throws CairnException {
    InvitationFile file = invitation(role, count);
    RosterWriter writer = new RosterWriter(roster(), randomness);
    List<Author> authors = new ArrayList<>();
    List<Statement> admissions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Author author = new Author(randomness, ++seeds);
      authors.add(author);
      admissions.add(
          writer.admission(
              file.invitation(),
              file.oneTimeKey(),
              author.key(),
              author.encryptionKey().publicKey(),
              "R" + i));
    }
    // The first lets itself in; then it may bring what the others signed.
    try (PlainClient client = client(authors.get(0))) {
      for (int from = 0; from < count; from += STATEMENTS_A_PUSH) {
        int to = Math.min(count, from + STATEMENTS_A_PUSH);
        client.push(Push.ofStatements(admissions.subList(from, to)));
      }
    }
    return authors;
  }

  /** A client in an author's name, over a way of its own. */
  public PlainClient client(Author author) {
    return new PlainClient(space(), author.key(), transport());
  }

  /** A real device that has joined and synced once; its folder is the name. */
  public Device reporter(String name) throws CairnException {
    Device device =
        STORES.join(
            home.resolve(name),
            passphrase(),
            KeyProtector.NONE,
            invitation(Role.REPORTER, 1),
            name,
            SealMode.ON_RECEIPT);
    open.add(device);
    sync(device);
    return device;
  }

  @Override
  public void close() {
    open.forEach(Device::close);
  }
}
