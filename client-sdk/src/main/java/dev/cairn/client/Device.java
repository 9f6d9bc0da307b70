package dev.cairn.client;

import dev.cairn.client.attachment.AttachmentTrouble;
import dev.cairn.client.capture.Recorder;
import dev.cairn.client.capture.Reports;
import dev.cairn.client.check.Fsck;
import dev.cairn.client.check.FsckReport;
import dev.cairn.client.courier.BundleExport;
import dev.cairn.client.courier.BundleImport;
import dev.cairn.client.held.AttachedFiles;
import dev.cairn.client.held.Fact;
import dev.cairn.client.held.HeldCounts;
import dev.cairn.client.held.HeldReading;
import dev.cairn.client.held.HeldState;
import dev.cairn.client.held.HeldVisitor;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.leaving.Suspensions;
import dev.cairn.client.meeting.Meeting;
import dev.cairn.client.meeting.MeetingListener;
import dev.cairn.client.meeting.MeetingResult;
import dev.cairn.client.report.CaptureMetadata;
import dev.cairn.client.report.NewRecord;
import dev.cairn.client.report.ReportDetail;
import dev.cairn.client.report.ReportStatus;
import dev.cairn.client.report.WriteRequest;
import dev.cairn.client.space.Archive;
import dev.cairn.client.space.CircleInfo;
import dev.cairn.client.space.CircleKeys;
import dev.cairn.client.space.DeviceInfo;
import dev.cairn.client.space.DeviceProfile;
import dev.cairn.client.space.LettingGo;
import dev.cairn.client.space.LettingIn;
import dev.cairn.client.space.NewInvitation;
import dev.cairn.client.space.NewStore;
import dev.cairn.client.space.OwnCircle;
import dev.cairn.client.space.People;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.sync.LyingServerException;
import dev.cairn.client.sync.SyncEngine;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.sync.SyncResult;
import dev.cairn.client.transport.Transport;
import dev.cairn.client.transport.Transports;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.invitation.InvitationFile;
import dev.cairn.protocol.invitation.ServerInvitation;
import dev.cairn.protocol.meeting.Side;
import dev.cairn.protocol.record.AttachedFile;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;

/**
 * One device of a space, with its store open. What a method here has recorded is signed, encrypted
 * and durable when the method returns; what failed has changed nothing.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class Device implements AutoCloseable {

  private final Holdings holdings;
  private final Recorder recorder;
  private final Reports reports;
  private final SyncEngine engine;
  private final People people;
  private final LettingIn lettingIn;
  private final OwnCircle ownCircle;
  private final Meetings meetings;

  Device(Holdings holdings) {
    this.holdings = holdings;
    this.recorder = new Recorder(holdings);
    this.reports = new Reports(holdings);
    this.engine = new SyncEngine(holdings);
    this.people = new People(holdings);
    this.lettingIn = new LettingIn(holdings);
    this.ownCircle = new OwnCircle(holdings);
    this.meetings = new Meetings(holdings, engine, recorder);
  }

  /** What the parts of it share. */
  Holdings holdings() {
    return holdings;
  }

  /** Who this device is. */
  public DeviceProfile profile() {
    return people.profile();
  }

  // Reports.

  /** Records one report. Never needs a network. */
  public RecordId record(NewRecord record) throws CairnException {
    return recordAll(List.of(record)).get(0);
  }

  /** Records reports, all or none, in one transaction; the ids are in the order given. */
  public List<RecordId> recordAll(List<NewRecord> records) throws CairnException {
    return recorder.recordAll(records);
  }

  /**
   * States more about a record, to the audience of this device's first change to it. A
   * coordinator's device, which may write to anybody's record, addresses the circles that the
   * record was for. A sealed report can be edited; nothing old is shown.
   *
   * @throws dev.cairn.protocol.RefusedException {@code record.unknown}
   */
  public ChangeId edit(RecordId record, List<Operation> operations) throws CairnException {
    return recorder.edit(record, operations);
  }

  /** Takes back a whole record. */
  public ChangeId retract(RecordId record, String reason) throws CairnException {
    return edit(record, List.of(new Operation.Retract(new Operation.Target.Whole(), reason)));
  }

  /** Writes a change in its general form. */
  public ChangeId write(WriteRequest request) throws CairnException {
    ChangeId change = recorder.write(request);
    if (request.erases().isPresent()) {
      engine.attachments().removeErased();
    }
    return change;
  }

  /**
   * Attaches a file to a record. It is encrypted while it is read and never in memory as a whole.
   *
   * @throws IOException if the content cannot be read; nothing was attached
   */
  public AttachmentId attach(
      RecordId record, InputStream content, String name, String mediaType, CaptureMetadata capture)
      throws CairnException, IOException {
    AttachedFile file = engine.attachments().make(content, name, mediaType, capture);
    try {
      recorder.attach(record, file);
    } catch (StoreException failure) {
      engine.attachments().forget(file, failure);
      throw failure;
    }
    return file.id();
  }

  /** Answers a coordinator's question. */
  public ChangeId answer(RecordId record, ChangeId question, String text) throws CairnException {
    return edit(record, List.of(new Operation.Answer(question, text)));
  }

  /** Destroys what coordinators told this device of a record: questions and decisions. */
  public void dismiss(RecordId record) throws CairnException {
    reports.dismiss(record);
  }

  /** Every record this device wrote to, oldest first. */
  public List<ReportStatus> list() throws CairnException {
    return reports.list();
  }

  /**
   * What the device can tell of one report.
   *
   * @throws dev.cairn.protocol.RefusedException {@code record.unknown}
   */
  public ReportDetail show(RecordId record) throws CairnException {
    return reports.show(record);
  }

  /**
   * The record whose id begins so; on a device that reads with others also theirs.
   *
   * @throws dev.cairn.protocol.RefusedException {@code record.unknown}, or {@code record.ambiguous}
   */
  public RecordId find(String hexPrefix) throws CairnException {
    return reports.find(hexPrefix);
  }

  // Roads.

  /**
   * Sends and fetches. A cut at any point loses nothing that was acknowledged, and doing it again
   * does no harm.
   *
   * @throws dev.cairn.client.transport.TransportException if the server cannot be reached
   * @throws dev.cairn.client.sync.LyingServerException if it contradicts what it signed
   * @throws dev.cairn.protocol.RefusedException if it refuses this device, with its stable code
   */
  public SyncResult sync(Transport transport, SyncListener listener) throws CairnException {
    ownCircle.renew();
    try {
      SyncResult result = engine.sync(transport, listener);
      ownCircle.settle();
      return result;
    } finally {
      recorder.refresh(engine.ownFeedGrew());
      engine.attachments().removeErased();
    }
  }

  /** Writes a bundle for a courier, of at most so many bytes. */
  public BundleExport exportBundle(OutputStream out, long bytesMax)
      throws CairnException, IOException {
    ownCircle.renew();
    ownCircle.retire();
    return engine.courier().export(out, bytesMax);
  }

  /**
   * Writes a bundle that only the space's recovery secret opens, with all that this device holds of
   * the roster and how far it knows the feeds of owners: for a space that has lost its server and
   * its desks.
   *
   * @throws dev.cairn.protocol.RefusedException {@code recovery.none}
   */
  public BundleExport exportForRecovery(OutputStream out) throws CairnException, IOException {
    return engine.courier().exportForRecovery(out);
  }

  /**
   * Writes a bundle that only coordinators open, with what this device keeps of devices that were
   * cut off and the log is not known to have: a desk takes it into quarantine.
   *
   * @throws dev.cairn.protocol.RefusedException {@code quarantine.nothing}
   */
  public BundleExport exportOfSuspended(OutputStream out) throws CairnException, IOException {
    return engine.courier().exportOfSuspended(out);
  }

  /**
   * Takes in what a bundle has for this device, and keeps the rest to carry it on.
   *
   * @throws MalformedException if it is no bundle, or a parcel in it was altered; what is whole was
   *     taken in
   * @throws LyingServerException if what came convicts the log; everything else was taken in
   */
  public BundleImport importBundle(InputStream in) throws CairnException, IOException {
    try {
      BundleImport taken = engine.courier().take(in);
      engine.throwLie();
      return taken;
    } finally {
      recorder.refresh(false);
      engine.attachments().removeErased();
    }
  }

  /**
   * Begins a meeting with another device of the space, whatever carries the bytes between them:
   * each proves to the other that it is a member, then they carry for each other what the other
   * lacks. For apps that move the bytes themselves; others use {@link #meet}.
   *
   * @param side {@link Side#CALLER} at one end, {@link Side#ANSWERER} at the other
   */
  public Meeting meeting(Side side, MeetingListener listener) throws CairnException {
    ownCircle.renew();
    ownCircle.retire();
    return meetings.begin(side, listener);
  }

  /**
   * Ends a {@link #meeting}, whole or cut, and tells what came of it.
   *
   * @throws dev.cairn.protocol.RefusedException {@code meeting.unmet} if nobody proved to be a
   *     member
   * @throws LyingServerException if what came convicts the log; everything else was taken in
   */
  public MeetingResult end(Meeting meeting) throws CairnException {
    return meetings.end(meeting);
  }

  /**
   * Meets another device of the space over a pair of streams, which need not be encrypted: a
   * Bluetooth socket, say. A cut loses nothing; the next meeting goes on where it was.
   *
   * @param in should give up when the other side falls silent; what it throws counts as a cut
   * @throws dev.cairn.protocol.RefusedException {@code meeting.stranger}, {@code
   *     meeting.suspended}, {@code meeting.unmet}, {@code meeting.excess}
   * @throws MalformedException if what came was altered; what came before is kept
   */
  public MeetingResult meet(Side side, InputStream in, OutputStream out, MeetingListener listener)
      throws CairnException {
    ownCircle.renew();
    ownCircle.retire();
    return meetings.run(side, in, out, listener);
  }

  /** Fetches the encrypted file of an attachment, going on where an earlier call was cut off. */
  public void fetchAttachment(AttachmentId attachment, Transport transport) throws CairnException {
    List<AttachedFile> namings = AttachedFiles.find(holdings, attachment);
    engine.attachments().fetch(namings, engine.requests(transport), SyncListener.NONE);
  }

  /**
   * Fetches the files of attachments that are not here, and opens each once. One that does not come
   * does not keep others from coming.
   *
   * @param sealedBytesMax the largest encrypted file that is fetched
   * @return why the others did not come
   * @throws dev.cairn.client.transport.TransportException if the link dies; go on later
   */
  public List<AttachmentTrouble> fetchAttachments(
      Collection<AttachedFile> files,
      Transport transport,
      SyncListener listener,
      long sealedBytesMax)
      throws CairnException {
    return engine
        .attachments()
        .fetchAll(files, engine.requests(transport), listener, sealedBytesMax);
  }

  /** Whether the file of an attachment is here, and was opened if somebody else attached it. */
  public boolean holdsAttachment(AttachmentId attachment) throws CairnException {
    return engine.attachments().isHeld(attachment);
  }

  /**
   * Decrypts an attachment whose encrypted file is here. What was written is only to be used when
   * this returns.
   *
   * @throws dev.cairn.protocol.RefusedException {@code attachment.missing} if its file is not here,
   *     {@code attachment.unknown} if no change that this device can open names it
   */
  public void openAttachment(AttachmentId attachment, OutputStream out)
      throws CairnException, IOException {
    engine.attachments().open(AttachedFiles.find(holdings, attachment), out);
  }

  // People and keys.

  /** The roster as far as this device may hold it. */
  public RosterState roster() {
    return holdings.roster();
  }

  /** Adds a statement signed here; it is pushed at the next sync. */
  public void addStatement(Statement statement) throws CairnException {
    lettingIn.send(List.of(statement));
  }

  /**
   * Opens the next generation of the space's log, in an owner's name: for a server that was
   * restored and cannot get back what it lost, or whose key was stolen. Everybody is shown it, and
   * hands to the new log what it lacks.
   *
   * @return the number of the generation
   * @throws dev.cairn.protocol.RefusedException {@code role.owner}, {@code generation.unready}
   */
  public long openGeneration(Transport transport, SyncListener listener) throws CairnException {
    return engine.openGeneration(transport, listener);
  }

  /**
   * Leads the space to another server, in an owner's name: for one whose server is gone without a
   * backup. From then on this device speaks to the new server, whose log begins with nothing but
   * the statements that say so; the next sync hands in everything held here. Others follow once
   * they have heard of the move: by a bundle or a meeting.
   *
   * <p>Done again with the same invitation it goes on where it was cut off.
   *
   * @param serverInvitation as the new server wrote it, which founds no space after that
   * @return the generation that the new server's log is
   * @throws dev.cairn.protocol.RefusedException {@code role.owner}, {@code move.needless}, {@code
   *     move.stale}, {@code invitation.expired}, or as the new server refuses
   */
  public long moveSpace(byte[] serverInvitation, Transports transports, SyncListener listener)
      throws CairnException {
    ServerInvitation invitation = ServerInvitation.decode(serverInvitation);
    try (Transport transport =
        transports.to(invitation.address().text(), invitation.address().pin().map(Digest::bytes))) {
      return engine.moveSpace(invitation, transport, listener);
    }
  }

  /** The circles this device may write to. */
  public List<CircleInfo> circles() {
    return people.circles();
  }

  /**
   * Whether this device has the keys that one writes to this circle under now. A member may lack
   * them: new keys were made where nobody knew of him, or made wrong for him.
   */
  public boolean opens(CircleId circle) {
    return holdings.opens(circle);
  }

  /** Whether this device can read what others wrote: it is in a circle beside its own, or was. */
  public boolean opensOthers() {
    return holdings.opensOthers();
  }

  /**
   * Lets somebody in. The statement is pushed at the next sync.
   *
   * @param expiresSeconds when the invitation ends, in seconds since 1970
   */
  public NewInvitation invite(Role role, List<CircleId> circles, int uses, long expiresSeconds)
      throws CairnException {
    return lettingIn.invite(role, circles, uses, expiresSeconds, people.server());
  }

  /**
   * An invitation that is handed over as it is, within one program: no code protects it.
   *
   * @see #invite
   */
  public InvitationFile offer(Role role, List<CircleId> circles, int uses, long expiresSeconds)
      throws CairnException {
    return lettingIn.offer(role, circles, uses, expiresSeconds, people.server());
  }

  /** The devices this device knows of. */
  public List<DeviceInfo> devices() {
    return people.devices();
  }

  /**
   * Says that fingerprint words were compared. A coordinator confirmed so is given the keys of
   * everything written before.
   *
   * @see #confirmDevice(DeviceId, Archive)
   */
  public void confirmDevice(DeviceId device) throws CairnException {
    confirmDevice(device, Archive.ALL);
  }

  /**
   * Says that fingerprint words were compared.
   *
   * @param archive what a coordinator, or a member's further device in the circles of the others,
   *     reads of what was written before: all that this device can, or nothing
   * @throws dev.cairn.protocol.RefusedException {@code device.unknown}, {@code device.confirmed},
   *     {@code role.missing}, {@code circle.full}
   */
  public void confirmDevice(DeviceId device, Archive archive) throws CairnException {
    lettingIn.confirm(device, archive);
  }

  /** Cutting devices off, replacing them, and what came of them since. */
  public Suspensions suspensions() {
    return new Suspensions(holdings);
  }

  /**
   * Cuts a device off and nothing else, so that it goes on reading until its circles get new keys;
   * {@link #suspensions} does both.
   *
   * @throws dev.cairn.protocol.RefusedException {@code device.unknown}, {@code role.missing}
   */
  public void suspend(DeviceId device) throws CairnException {
    new LettingGo(holdings).suspend(device);
  }

  /** What a coordinator does about who reads together. */
  public CircleKeys circleKeys() {
    return new CircleKeys(holdings);
  }

  /**
   * Gives a circle new keys.
   *
   * @see CircleKeys#rekey
   */
  public void rekey(CircleId circle) throws CairnException {
    circleKeys().rekey(circle);
  }

  // What is held.

  /** Shows every change this device holds, its own first, then others' in order of arrival. */
  public void openedChanges(HeldVisitor visitor) throws CairnException {
    HeldReading.visit(holdings, visitor);
  }

  /** Counts of the store. */
  public HeldState state() throws CairnException {
    return HeldCounts.of(holdings);
  }

  /**
   * Whether the server has ever contradicted what it signed; the proof is kept. Whoever goes on
   * with such a server should be told each time.
   */
  public boolean serverLied() throws CairnException {
    return holdings.store().read(rows -> Fact.LIE.get(rows) != null);
  }

  /** Checks the store from end to end. */
  public FsckReport fsck() throws CairnException {
    return Fsck.check(holdings);
  }

  /**
   * Destroys the store, its keys first, and closes it.
   *
   * @return how many reports die that no receipt was verified for
   */
  public int wipe() throws CairnException {
    int unsent = reports.unsent();
    recorder.close();
    holdings.wipe();
    return unsent;
  }

  /** Whether the server has heard of this device's space: not when it is still to be founded. */
  boolean founded() throws CairnException {
    return !holdings.store().read(NewStore::spaceCode).isPresent();
  }

  /** Forgets the keys in memory and lets another process have the store. */
  @Override
  public void close() {
    recorder.close();
    holdings.close();
  }
}
