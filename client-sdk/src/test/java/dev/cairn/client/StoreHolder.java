package dev.cairn.client;

import dev.cairn.client.vault.StoreFolder;
import java.nio.file.Path;

/** Another process that has a store open until it is ended. */
final class StoreHolder {

  private StoreHolder() {}

  public static void main(String[] arguments) throws Exception {
    try (StoreFolder held = StoreFolder.open(Path.of(arguments[0]))) {
      System.out.println(held == null ? "" : "held");
      System.out.flush();
      while (System.in.read() >= 0) {
        // Waits to be ended.
      }
    }
  }
}
