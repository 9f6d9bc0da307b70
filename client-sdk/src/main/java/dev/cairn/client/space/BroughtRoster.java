package dev.cairn.client.space;

import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.LastGood;
import dev.cairn.protocol.roster.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one member's device gave for a recovery without a server.
 *
 * @param statements all it holds of the roster; what they are worth is for the roster to say
 * @param heads how far it knows the feeds of owners, the newest changes first, each proven by its
 *     signature
 */
public record BroughtRoster(List<Statement> statements, Map<DeviceId, List<LastGood>> heads) {

  /** Keeps its own copies. */
  public BroughtRoster {
    statements = List.copyOf(statements);
    heads = Map.copyOf(heads);
  }

  /** The statements of all of them, each once. */
  static Collection<Statement> statements(List<BroughtRoster> all) {
    Map<Object, Statement> statements = new LinkedHashMap<>();
    for (BroughtRoster one : all) {
      one.statements.forEach(statement -> statements.put(statement.id(), statement));
    }
    return new ArrayList<>(statements.values());
  }

  /**
   * How far all of them together know a device's feed. From each in turn, so that one that lists
   * very many branches, as whoever has the device's key can make them, keeps out nobody's.
   */
  public static List<LastGood> heads(List<BroughtRoster> all, DeviceId device) {
    Set<LastGood> heads = new LinkedHashSet<>();
    boolean isMore = true;
    for (int i = 0; isMore && heads.size() < Limits.LAST_GOOD_CHANGES_MAX; i++) {
      isMore = false;
      for (BroughtRoster one : all) {
        List<LastGood> listed = one.heads.getOrDefault(device, List.of());
        if (i < listed.size() && heads.size() < Limits.LAST_GOOD_CHANGES_MAX) {
          heads.add(listed.get(i));
          isMore = true;
        }
      }
    }
    return new ArrayList<>(heads);
  }
}
