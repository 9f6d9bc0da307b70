package dev.cairn.protocol.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Sha256;
import java.util.ArrayList;
import java.util.List;

/**
 * The eight leaves with which Certificate Transparency programs have checked each other since the
 * first of them, and the hashes they give.
 */
final class TreeVectors {
  static final List<byte[]> INPUTS =
      List.of(
          hex(""),
          hex("00"),
          hex("10"),
          hex("2021"),
          hex("3031"),
          hex("40414243"),
          hex("5051525354555657"),
          hex("606162636465666768696a6b6c6d6e6f"));

  /** Level by level, the hash of every complete subtree. */
  static final List<List<Digest>> NODES =
      List.of(
          List.of(
              digest("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
              digest("96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"),
              digest("0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7"),
              digest("07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7"),
              digest("bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"),
              digest("4271a26be0d8a84f0bd54c8c302e7cb3a3b5d1fa6780a40bcce2873477dab658"),
              digest("b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f"),
              digest("46f6ffadd3d06a09ff3c5860d2755c8b9819db7df44251788c7d8e3180de8eb1")),
          List.of(
              digest("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
              digest("5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"),
              digest("0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"),
              digest("ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0")),
          List.of(
              digest("d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
              digest("6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")),
          List.of(digest("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")));

  /** The root of the first n leaves, for n from 0. */
  static final List<Digest> ROOTS =
      List.of(
          digest("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
          digest("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
          digest("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
          digest("aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
          digest("d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
          digest("4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
          digest("76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
          digest("ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
          digest("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"));

  private TreeVectors() {}

  /** The first {@code size} leaf hashes. */
  static List<Digest> leaves(int size) {
    return NODES.get(0).subList(0, size);
  }

  /** Distinct leaf hashes without meaning. */
  static List<Digest> manyLeaves(int size) {
    List<Digest> leaves = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      leaves.add(TreeHash.leaf(new byte[] {(byte) (i >> 8), (byte) i}));
    }
    return leaves;
  }

  /** The same hash but for one bit. */
  static Digest damaged(Digest digest) {
    byte[] bytes = digest.bytes();
    bytes[17] ^= 0x20;
    return Digest.of(bytes);
  }

  static Digest digest(String hex) {
    return Digest.of(hex(hex));
  }

  static byte[] hex(String hex) {
    try {
      return Hex.decode(hex);
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  static Digest filler(String name) {
    return Sha256.of(name.getBytes(UTF_8));
  }
}
