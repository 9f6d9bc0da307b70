package dev.cairn.cli;

import dev.cairn.cli.console.Output;
import dev.cairn.cli.demo.DemoCommand;
import dev.cairn.cli.people.DeviceCommand;
import dev.cairn.cli.people.DeviceConfirmCommand;
import dev.cairn.cli.people.DeviceListCommand;
import dev.cairn.cli.people.InviteCommand;
import dev.cairn.cli.people.JoinCommand;
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
import dev.cairn.cli.review.ReviewLinkCommand;
import dev.cairn.cli.review.ReviewResolveCommand;
import dev.cairn.cli.review.ReviewSendBackCommand;
import dev.cairn.cli.review.ReviewShowCommand;
import dev.cairn.cli.review.ReviewStateCommand;
import dev.cairn.cli.review.ReviewUndoCommand;
import dev.cairn.cli.serve.ServeCommand;
import dev.cairn.cli.store.FsckCommand;
import dev.cairn.cli.store.StateCommand;
import dev.cairn.cli.store.WipeCommand;
import dev.cairn.cli.travel.BundleCommand;
import dev.cairn.cli.travel.BundleExportCommand;
import dev.cairn.cli.travel.BundleImportCommand;
import dev.cairn.cli.travel.SyncCommand;
import picocli.CommandLine;

/** Which commands there are: the tree that {@code --help} shows. */
final class Commands {

  private Commands() {}

  static CommandLine under(CommandLine root, Output output) {
    return root.addSubcommand(new DemoCommand(output))
        .addSubcommand(new ServeCommand(output))
        .addSubcommand(new InviteCommand(output))
        .addSubcommand(new JoinCommand(output))
        .addSubcommand(
            group(new DeviceCommand())
                .addSubcommand(new DeviceListCommand(output))
                .addSubcommand(new DeviceConfirmCommand(output)))
        .addSubcommand(report(output))
        .addSubcommand(new SyncCommand(output))
        .addSubcommand(
            group(new BundleCommand())
                .addSubcommand(new BundleExportCommand(output))
                .addSubcommand(new BundleImportCommand(output)))
        .addSubcommand(new StateCommand(output))
        .addSubcommand(new FsckCommand(output))
        .addSubcommand(new WipeCommand(output))
        .addSubcommand(review(output))
        .addSubcommand(new ExportCommand(output));
  }

  private static CommandLine report(Output output) {
    return group(new ReportCommand())
        .addSubcommand(new ReportImportCommand(output))
        .addSubcommand(new ReportAddCommand(output))
        .addSubcommand(new ReportEditCommand(output))
        .addSubcommand(new ReportAssertCommand(output))
        .addSubcommand(new ReportAttachCommand(output))
        .addSubcommand(new ReportRetractCommand(output))
        .addSubcommand(new ReportListCommand(output))
        .addSubcommand(new ReportShowCommand(output))
        .addSubcommand(new ReportAnswerCommand(output))
        .addSubcommand(new ReportDismissCommand(output));
  }

  private static CommandLine review(Output output) {
    return group(new ReviewCommand())
        .addSubcommand(new ReviewConflictsCommand(output))
        .addSubcommand(new ReviewShowCommand(output))
        .addSubcommand(new ReviewResolveCommand(output))
        .addSubcommand(new ReviewUndoCommand(output))
        .addSubcommand(new ReviewStateCommand(output))
        .addSubcommand(new ReviewAssignCommand(output))
        .addSubcommand(new ReviewCommentCommand(output))
        .addSubcommand(new ReviewSendBackCommand(output))
        .addSubcommand(new ReviewLinkCommand(output));
  }

  private static CommandLine group(Object words) {
    return new CommandLine(words);
  }
}
