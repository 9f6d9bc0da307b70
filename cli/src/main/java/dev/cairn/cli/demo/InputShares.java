package dev.cairn.cli.demo;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file of somebody's incidents, dealt out line by line without looking at what the lines say. */
final class InputShares {

  private InputShares() {}

  /** Writes the files that the reporters import. */
  static void deal(Path input, List<Path> shares) throws IOException {
    List<OutputStream> outs = new ArrayList<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(input))) {
      for (Path share : shares) {
        outs.add(new BufferedOutputStream(Files.newOutputStream(share)));
      }
      int turn = 0;
      for (int next = in.read(); next >= 0; next = in.read()) {
        outs.get(turn).write(next);
        if (next == '\n') {
          turn = (turn + 1) % outs.size();
        }
      }
    } finally {
      for (OutputStream out : outs) {
        out.close();
      }
    }
  }
}
