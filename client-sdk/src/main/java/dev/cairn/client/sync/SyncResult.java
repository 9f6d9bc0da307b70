package dev.cairn.client.sync;

import java.util.List;

/**
 * What a sync did.
 *
 * @param pushed changes of this device that the log newly proved to hold
 * @param pulled changes of others that were new here
 * @param receipts receipts that were verified
 * @param bytesUp HTTP headers and bodies sent
 * @param bytesDown HTTP headers and bodies received
 * @param requests HTTP requests made
 * @param remaining what still waits to be sent: changes, statements and attachments
 * @param refused stable codes of what the server refused, each once
 */
public record SyncResult(
    long pushed,
    long pulled,
    long receipts,
    long bytesUp,
    long bytesDown,
    long requests,
    long remaining,
    List<String> refused) {

  /** Takes a copy. */
  public SyncResult {
    refused = List.copyOf(refused);
  }
}
