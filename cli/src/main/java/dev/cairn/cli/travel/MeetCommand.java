package dev.cairn.cli.travel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.ExitCode;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.UsageException;
import dev.cairn.cli.store.StoreOptions;
import dev.cairn.client.Device;
import dev.cairn.client.courier.BundleImport;
import dev.cairn.client.meeting.Meeting;
import dev.cairn.client.meeting.MeetingListener;
import dev.cairn.client.meeting.MeetingResult;
import dev.cairn.desk.Desk;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.meeting.Side;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.server.ServerConfig.HostPort;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cairn meet}. */
@Command(
    name = "meet",
    description = {
      "Meet another device of the space directly: each carries on what the other has.",
      "One listens, the other connects. What passes is encrypted, and a cut loses nothing."
    },
    footerHeading = "%nExample:%n",
    footer = "  cairn meet --data phone --listen 127.0.0.1:4470")
public final class MeetCommand extends Action {

  private static final int SILENCE_MILLIS = 30_000;
  private static final int MILLIS = 1_000;

  @Mixin private final StoreOptions store = new StoreOptions();

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Wait here for the other device; port 0 for any free one.")
  private @Nullable String listen;

  @Option(
      names = "--connect",
      paramLabel = "HOST:PORT",
      description = "Where the other device waits.")
  private @Nullable String connect;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      description = "How long to wait for the other device; 60 unless said.")
  private int waitSeconds = 60;

  /** Prints to an output. */
  public MeetCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    if ((listen == null) == (connect == null)) {
      throw new UsageException("usage", "one of --listen and --connect is asked", "--listen");
    }
    if (waitSeconds < 1 || waitSeconds > Integer.MAX_VALUE / MILLIS) {
      throw new UsageException("usage", "a number of seconds, 1 or more", "--wait");
    }
    HostPort where = listen == null ? hostPort(connect, "--connect") : hostPort(listen, "--listen");
    try (Device device = store.open();
        Socket socket = listen == null ? called(where) : answered(where)) {
      socket.setSoTimeout(SILENCE_MILLIS);
      socket.setTcpNoDelay(true);
      return print(
          device.meet(
              listen == null ? Side.CALLER : Side.ANSWERER,
              socket.getInputStream(),
              socket.getOutputStream(),
              confirming(device)));
    }
  }

  private static HostPort hostPort(@Nullable String text, String option) {
    try {
      return HostPort.parse(String.valueOf(text));
    } catch (IllegalArgumentException e) {
      throw new UsageException("usage", String.valueOf(e.getMessage()), option);
    }
  }

  private Socket called(HostPort where) throws CairnException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(where.host(), where.port()), waitSeconds * MILLIS);
      return socket;
    } catch (IOException nobody) {
      throw new RefusedException(Meeting.UNMET, "no device waits at " + connect);
    }
  }

  private Socket answered(HostPort where) throws IOException, CairnException {
    try (ServerSocket waiting = new ServerSocket()) {
      waiting.bind(new InetSocketAddress(where.host(), where.port()), 1);
      waiting.setSoTimeout(waitSeconds * MILLIS);
      output().say("waiting at " + where.host() + ":" + waiting.getLocalPort());
      return waiting.accept();
    } catch (BindException unusable) {
      throw unusable;
    } catch (IOException nobody) {
      throw new RefusedException(Meeting.UNMET, "no device came within " + waitSeconds + " s");
    }
  }

  /** A coordinator's device says what it could open while the other is still there. */
  private static MeetingListener confirming(Device device) {
    return new MeetingListener() {
      @Override
      public void taken() throws CairnException {
        boolean coordinates =
            device
                .roster()
                .device(device.profile().device())
                .map(DeviceEntry::coordinates)
                .orElse(false);
        if (coordinates) {
          Desk.over(device).confirm();
        }
      }
    };
  }

  private int print(MeetingResult met) {
    BundleImport taken = met.taken();
    ObjectNode document =
        Output.object()
            .put("whole", met.isWhole())
            .put("peer_confirmed", met.isPeerConfirmed())
            .put("sent", met.sent())
            .put("received", met.received())
            .put("altered", met.altered())
            .put("new", taken.fresh())
            .put("known", taken.known())
            .put("refused", taken.refused())
            .put("for_others", taken.forOthers())
            .put("too_new", taken.tooNew())
            .put("receipts", taken.receipts())
            .put("unreconciled", taken.unreconciled())
            .put("early", taken.early());
    done(
        document,
        met.sent()
            + " parcels sent, "
            + met.received()
            + " received: "
            + taken.fresh()
            + " new, "
            + taken.forOthers()
            + " for others, "
            + taken.receipts()
            + " receipts");
    if (met.isFull()) {
      output().say("courier.full: too many parcels of others are carried; sync, then meet again");
    }
    if (!met.isWhole()) {
      output().say("meeting.cut: the link died; meet again, and it goes on where it was");
      return ExitCode.LATER;
    }
    boolean wrong = taken.refused() + met.altered() > 0 || met.isFull();
    return wrong ? ExitCode.PROBLEMS : ExitCode.DONE;
  }
}
