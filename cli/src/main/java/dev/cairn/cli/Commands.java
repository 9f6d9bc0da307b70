package dev.cairn.cli;

import dev.cairn.cli.bench.BenchCommand;
import dev.cairn.cli.circle.CircleAddCommand;
import dev.cairn.cli.circle.CircleCommand;
import dev.cairn.cli.circle.CircleCreateCommand;
import dev.cairn.cli.circle.CircleListCommand;
import dev.cairn.cli.circle.CircleRekeyCommand;
import dev.cairn.cli.circle.CircleRemoveCommand;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.demo.DemoCommand;
import dev.cairn.cli.operate.AdminCommand;
import dev.cairn.cli.operate.AdminResumeCommand;
import dev.cairn.cli.operate.BackupCommand;
import dev.cairn.cli.operate.RestoreCommand;
import dev.cairn.cli.people.DeviceCommand;
import dev.cairn.cli.people.DeviceConfirmCommand;
import dev.cairn.cli.people.DeviceListCommand;
import dev.cairn.cli.people.DeviceSuspendCommand;
import dev.cairn.cli.people.InviteCommand;
import dev.cairn.cli.people.JoinCommand;
import dev.cairn.cli.people.MemberCommand;
import dev.cairn.cli.people.MemberReplaceDeviceCommand;
import dev.cairn.cli.people.RecoverCommand;
import dev.cairn.cli.people.SpaceCommand;
import dev.cairn.cli.people.SpaceCreateCommand;
import dev.cairn.cli.people.SpaceMoveCommand;
import dev.cairn.cli.quarantine.QuarantineAcceptCommand;
import dev.cairn.cli.quarantine.QuarantineCommand;
import dev.cairn.cli.quarantine.QuarantineListCommand;
import dev.cairn.cli.quarantine.QuarantineRefuseCommand;
import dev.cairn.cli.recovery.RecoveryCombineCommand;
import dev.cairn.cli.recovery.RecoveryCommand;
import dev.cairn.cli.recovery.RecoverySplitCommand;
import dev.cairn.cli.report.ReportAddCommand;
import dev.cairn.cli.report.ReportAnswerCommand;
import dev.cairn.cli.report.ReportAssertCommand;
import dev.cairn.cli.report.ReportAttachCommand;
import dev.cairn.cli.report.ReportCommand;
import dev.cairn.cli.report.ReportDismissCommand;
import dev.cairn.cli.report.ReportEditCommand;
import dev.cairn.cli.report.ReportImportCommand;
import dev.cairn.cli.report.ReportListCommand;
import dev.cairn.cli.report.ReportRetractCommand;
import dev.cairn.cli.report.ReportShowCommand;
import dev.cairn.cli.review.ExportCommand;
import dev.cairn.cli.review.ReviewAssignCommand;
import dev.cairn.cli.review.ReviewCommand;
import dev.cairn.cli.review.ReviewCommentCommand;
import dev.cairn.cli.review.ReviewConflictsCommand;
import dev.cairn.cli.review.ReviewEraseCommand;
import dev.cairn.cli.review.ReviewLinkCommand;
import dev.cairn.cli.review.ReviewResolveCommand;
import dev.cairn.cli.review.ReviewSendBackCommand;
import dev.cairn.cli.review.ReviewShowCommand;
import dev.cairn.cli.review.ReviewStateCommand;
import dev.cairn.cli.review.ReviewUndoCommand;
import dev.cairn.cli.serve.ServeCommand;
import dev.cairn.cli.sim.SimCommand;
import dev.cairn.cli.sim.SimMutantsCommand;
import dev.cairn.cli.store.FsckCommand;
import dev.cairn.cli.store.StateCommand;
import dev.cairn.cli.store.WipeCommand;
import dev.cairn.cli.travel.BundleCommand;
import dev.cairn.cli.travel.BundleExportCommand;
import dev.cairn.cli.travel.BundleImportCommand;
import dev.cairn.cli.travel.GenerationCommand;
import dev.cairn.cli.travel.GenerationOpenCommand;
import dev.cairn.cli.travel.MeetCommand;
import dev.cairn.cli.travel.SyncCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;

/**
 * Which commands there are: the tree that {@code --help} shows. Looking through all of them takes
 * longer than most of them run, so only what the first words name is looked through.
 */
final class Commands {

  private static final Map<String, Function<Output, Object>> SINGLE = single();
  private static final Map<String, Group> GROUPS = groups();

  private Commands() {}

  /** A word that other commands follow, and may mean something itself. */
  private record Group(
      Function<Output, Object> itself, Map<String, Function<Output, Object>> commands) {}

  private static Map<String, Function<Output, Object>> single() {
    Map<String, Function<Output, Object>> commands = new LinkedHashMap<>();
    commands.put("demo", DemoCommand::new);
    commands.put("serve", ServeCommand::new);
    commands.put("invite", InviteCommand::new);
    commands.put("join", JoinCommand::new);
    commands.put("recover", RecoverCommand::new);
    commands.put("sync", SyncCommand::new);
    commands.put("meet", MeetCommand::new);
    commands.put("state", StateCommand::new);
    commands.put("fsck", FsckCommand::new);
    commands.put("wipe", WipeCommand::new);
    commands.put("export", ExportCommand::new);
    commands.put("bench", BenchCommand::new);
    commands.put("backup", BackupCommand::new);
    commands.put("restore", RestoreCommand::new);
    return commands;
  }

  private static Map<String, Group> groups() {
    Map<String, Group> groups = new LinkedHashMap<>();
    groups.put("space", new Group(any -> new SpaceCommand(), space()));
    groups.put("device", new Group(any -> new DeviceCommand(), device()));
    groups.put("recovery", new Group(any -> new RecoveryCommand(), recovery()));
    groups.put("circle", new Group(any -> new CircleCommand(), circle()));
    groups.put(
        "member",
        new Group(
            any -> new MemberCommand(), Map.of("replace-device", MemberReplaceDeviceCommand::new)));
    groups.put("quarantine", new Group(any -> new QuarantineCommand(), quarantine()));
    groups.put("report", new Group(any -> new ReportCommand(), report()));
    groups.put("bundle", new Group(any -> new BundleCommand(), bundle()));
    groups.put("review", new Group(any -> new ReviewCommand(), review()));
    groups.put("sim", new Group(SimCommand::new, Map.of("mutants", SimMutantsCommand::new)));
    groups.put(
        "generation",
        new Group(any -> new GenerationCommand(), Map.of("open", GenerationOpenCommand::new)));
    groups.put(
        "admin", new Group(any -> new AdminCommand(), Map.of("resume", AdminResumeCommand::new)));
    return groups;
  }

  private static Map<String, Function<Output, Object>> space() {
    Map<String, Function<Output, Object>> commands = new LinkedHashMap<>();
    commands.put("create", SpaceCreateCommand::new);
    commands.put("move", SpaceMoveCommand::new);
    return commands;
  }

  private static Map<String, Function<Output, Object>> device() {
    Map<String, Function<Output, Object>> commands = new LinkedHashMap<>();
    commands.put("list", DeviceListCommand::new);
    commands.put("confirm", DeviceConfirmCommand::new);
    commands.put("suspend", DeviceSuspendCommand::new);
    return commands;
  }

  private static Map<String, Function<Output, Object>> quarantine() {
    Map<String, Function<Output, Object>> commands = new LinkedHashMap<>();
    commands.put("list", QuarantineListCommand::new);
    commands.put("accept", QuarantineAcceptCommand::new);
    commands.put("refuse", QuarantineRefuseCommand::new);
    return commands;
  }

  private static Map<String, Function<Output, Object>> recovery() {
    Map<String, Function<Output, Object>> commands = new LinkedHashMap<>();
    commands.put("split", RecoverySplitCommand::new);
    commands.put("combine", RecoveryCombineCommand::new);
    return commands;
  }

  private static Map<String, Function<Output, Object>> circle() {
    Map<String, Function<Output, Object>> commands = new LinkedHashMap<>();
    commands.put("list", CircleListCommand::new);
    commands.put("create", CircleCreateCommand::new);
    commands.put("add", CircleAddCommand::new);
    commands.put("remove", CircleRemoveCommand::new);
    commands.put("rekey", CircleRekeyCommand::new);
    return commands;
  }

  private static Map<String, Function<Output, Object>> report() {
    Map<String, Function<Output, Object>> commands = new LinkedHashMap<>();
    commands.put("import", ReportImportCommand::new);
    commands.put("add", ReportAddCommand::new);
    commands.put("edit", ReportEditCommand::new);
    commands.put("assert", ReportAssertCommand::new);
    commands.put("attach", ReportAttachCommand::new);
    commands.put("retract", ReportRetractCommand::new);
    commands.put("list", ReportListCommand::new);
    commands.put("show", ReportShowCommand::new);
    commands.put("answer", ReportAnswerCommand::new);
    commands.put("dismiss", ReportDismissCommand::new);
    return commands;
  }

  private static Map<String, Function<Output, Object>> bundle() {
    Map<String, Function<Output, Object>> commands = new LinkedHashMap<>();
    commands.put("export", BundleExportCommand::new);
    commands.put("import", BundleImportCommand::new);
    return commands;
  }

  private static Map<String, Function<Output, Object>> review() {
    Map<String, Function<Output, Object>> commands = new LinkedHashMap<>();
    commands.put("conflicts", ReviewConflictsCommand::new);
    commands.put("show", ReviewShowCommand::new);
    commands.put("resolve", ReviewResolveCommand::new);
    commands.put("undo", ReviewUndoCommand::new);
    commands.put("erase", ReviewEraseCommand::new);
    commands.put("state", ReviewStateCommand::new);
    commands.put("assign", ReviewAssignCommand::new);
    commands.put("comment", ReviewCommentCommand::new);
    commands.put("send-back", ReviewSendBackCommand::new);
    commands.put("link", ReviewLinkCommand::new);
    return commands;
  }

  /**
   * Hangs on the commands that these words may mean.
   *
   * @param words what was typed; nothing for every command
   */
  static CommandLine under(CommandLine root, Output output, String... words) {
    String first = words.length > 0 ? words[0] : "";
    String second = words.length > 1 ? words[1] : "";
    boolean every = !SINGLE.containsKey(first) && !GROUPS.containsKey(first);
    SINGLE.forEach(
        (name, command) -> {
          if (every || name.equals(first)) {
            root.addSubcommand(name, command.apply(output));
          }
        });
    GROUPS.forEach(
        (name, group) -> {
          if (every || name.equals(first)) {
            root.addSubcommand(name, under(group, output, second));
          }
        });
    return root;
  }

  private static CommandLine under(Group group, Output output, String word) {
    CommandLine line = new CommandLine(group.itself().apply(output));
    group
        .commands()
        .forEach(
            (name, command) -> {
              if (name.equals(word) || !group.commands().containsKey(word)) {
                line.addSubcommand(name, command.apply(output));
              }
            });
    return line;
  }
}
