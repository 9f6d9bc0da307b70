package dev.cairn.cli.store;

/** A kept proof that the server contradicted what it signed. */
public final class ServerProof {

  /** Said whenever the store is used with that server. */
  public static final String WARNING =
      "cairn: this server once contradicted what it signed, and the proof is kept (cairn fsck);"
          + " what it confirms may not be what others see. Ask a coordinator";

  private ServerProof() {}
}
