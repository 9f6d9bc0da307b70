package dev.cairn.cli.people;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.codes.CodePage;
import dev.cairn.cli.codes.QrCode;
import dev.cairn.cli.codes.QrCode.Correction;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.OutputFile;
import dev.cairn.cli.console.OutputFolder;
import dev.cairn.protocol.invitation.InvitationPart;
import dev.cairn.protocol.limits.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An invitation file as QR codes: on the terminal, as pictures, on a page. Where they are to go is
 * made ready before there is an invitation.
 */
final class InvitationCodes implements AutoCloseable {

  private static final int SCALE_PIXELS = 8;

  /** More than somebody scans without losing patience. */
  private static final int COMFORTABLE_PARTS = 20;

  private final boolean show;
  private final @Nullable Path folder;
  private final @Nullable OutputFolder pictures;
  private final @Nullable Path page;
  private final @Nullable OutputFile pageFile;
  private final List<String> written = new ArrayList<>();
  private int parts;

  private InvitationCodes(
      boolean show,
      @Nullable Path folder,
      @Nullable OutputFolder pictures,
      @Nullable Path page,
      @Nullable OutputFile pageFile) {
    this.show = show;
    this.folder = folder;
    this.pictures = pictures;
    this.page = page;
    this.pageFile = pageFile;
  }

  /** Makes ready what was asked for. */
  static InvitationCodes wanted(boolean show, @Nullable Path folder, @Nullable Path page)
      throws IOException {
    OutputFolder pictures = folder == null ? null : OutputFolder.create(folder);
    try {
      OutputFile file = page == null ? null : OutputFile.replace(page);
      return new InvitationCodes(show, folder, pictures, page, file);
    } catch (IOException | RuntimeException e) {
      if (pictures != null) {
        pictures.close();
      }
      throw e;
    }
  }

  /**
   * Draws the codes wherever they were asked for. The invitation stands by now, so whatever goes
   * wrong is said and its code is still told.
   *
   * @return whether all that was asked for is there
   */
  boolean make(byte[] file, String expires, Output output) {
    if (!show && pictures == null && pageFile == null) {
      return true;
    }
    int count = InvitationPart.count(file.length);
    if (count > Limits.INVITATION_PARTS_MAX) {
      output.say(
          "This invitation would take "
              + count
              + " codes, which nobody scans: hand over the file. It grows with every coordinator.");
      return false;
    }
    List<InvitationPart> cut = InvitationPart.cut(file);
    parts = count;
    if (count > COMFORTABLE_PARTS) {
      output.say("These are " + count + " codes: to hand over the file is easier.");
    }
    if (show) {
      draw(cut, output);
    }
    try {
      writePictures(cut);
      writePage(cut, expires);
      return true;
    } catch (IOException e) {
      output.say("The codes could not be written; the invitation file is whole: hand that over.");
      return false;
    }
  }

  private static void draw(List<InvitationPart> parts, Output output) {
    for (InvitationPart part : parts) {
      output.say("Code " + part.number() + " of " + part.count() + ":");
      output.draw(QrCode.of(part.text(), Correction.LOW).lines(Output.mayColour()));
    }
  }

  private void writePictures(List<InvitationPart> parts) throws IOException {
    if (pictures == null || folder == null) {
      return;
    }
    List<String> names = new ArrayList<>();
    int digits = String.valueOf(parts.size()).length();
    for (InvitationPart part : parts) {
      String name = String.format("part-%0" + digits + "d-of-%d.png", part.number(), part.count());
      pictures.write(name, QrCode.of(part.text(), Correction.LOW).png(SCALE_PIXELS));
      names.add(folder.resolve(name).toString());
    }
    pictures.keep();
    written.addAll(names);
  }

  private void writePage(List<InvitationPart> parts, String expires) throws IOException {
    if (pageFile == null || page == null) {
      return;
    }
    List<CodePage.Named> codes = new ArrayList<>();
    for (InvitationPart part : parts) {
      codes.add(
          new CodePage.Named(
              QrCode.of(part.text(), Correction.LOW), part.number() + " / " + part.count()));
    }
    pageFile
        .out()
        .write(
            CodePage.html(
                "Invitation " + parts.get(0).file(),
                List.of(
                    "Photograph all "
                        + parts.size()
                        + " squares, each so that it fills the picture, in any order. They are of"
                        + " use only with a code of ten characters, which is told another way and"
                        + " must not be written here.",
                    "Good until " + expires + "."),
                codes,
                List.of()));
    pageFile.keep();
    written.add(page.toString());
  }

  /** Adds what was made to a result. */
  void describe(ObjectNode document) {
    if (parts > 0) {
      document.put("parts", parts);
      ArrayNode files = document.putArray("codes");
      written.forEach(files::add);
    }
  }

  @Override
  public void close() throws IOException {
    if (pictures != null) {
      pictures.close();
    }
    if (pageFile != null) {
      pageFile.close();
    }
  }
}
