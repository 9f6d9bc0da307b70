package dev.cairn.simulation.crash;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The files of one folder by what was asked of the operating system: what whoever looks sees now,
 * and what is on the medium. A file's content is there when the file was synced, its name when the
 * folder was; neither brings the other along. What was not synced may be there or not, each thing
 * by itself.
 *
 * <p>Source: POSIX.1-2017, fsync and rename; Pillai and others, All File Systems Are Not Created
 * Equal (OSDI 2014), of what may be reordered.
 */
final class Volume {

  /** A thing that nobody synced. */
  private record Unsynced(long order, Effect effect) {}

  /** A file, whatever it is called. */
  private static final class Content {
    private final FileBytes now;
    private final FileBytes synced;
    private final List<Unsynced> waiting = new ArrayList<>();
    private @Nullable String unknown;

    Content() {
      now = new FileBytes();
      synced = new FileBytes();
    }

    Content(byte[] bytes) {
      now = new FileBytes(bytes);
      synced = new FileBytes(bytes);
    }
  }

  /** A change of names that nobody synced: one name goes, one comes, or both at once. */
  private record NameChange(long order, Effect effect, @Nullable Content content) {}

  private final Predicate<String> names;
  private final List<Effect> recorded = new ArrayList<>();
  private final List<NameChange> nameChanges = new ArrayList<>();
  private Map<String, Content> now = new TreeMap<>();
  private Map<String, Content> synced = new TreeMap<>();
  private long order;

  /** Files with these names; what becomes of others does not matter. */
  Volume(Predicate<String> names) {
    this.names = names;
  }

  /** Whether a name matters. */
  boolean has(String name) {
    return names.test(name);
  }

  /** Something was done, and is settled later. */
  void record(Effect effect) {
    recorded.add(effect);
  }

  /** How many things are not settled. */
  int recorded() {
    return recorded.size();
  }

  /** Takes the first so many of what is not settled for done. */
  void settle(int count) {
    List<Effect> first = recorded.subList(0, count);
    first.forEach(this::apply);
    first.clear();
  }

  /** These files are there, and on the medium; whatever was recorded is of a time before. */
  void adopt(Map<String, byte[]> files) {
    recorded.clear();
    nameChanges.clear();
    now = new TreeMap<>();
    files.forEach((name, bytes) -> now.put(name, new Content(bytes)));
    synced = new TreeMap<>(now);
  }

  private void apply(Effect effect) {
    if (effect instanceof Effect.Made made) {
      Content content = new Content();
      now.put(made.name(), content);
      nameChanges.add(new NameChange(order++, effect, content));
    } else if (effect instanceof Effect.Wrote wrote) {
      change(wrote.name(), effect);
    } else if (effect instanceof Effect.Resized resized) {
      change(resized.name(), effect);
    } else if (effect instanceof Effect.Synced file) {
      Content content = at(file.name());
      content.waiting.forEach(each -> content.synced.apply(each.effect(), Integer.MAX_VALUE));
      content.waiting.clear();
    } else if (effect instanceof Effect.NamesSynced) {
      synced = new TreeMap<>(now);
      nameChanges.clear();
    } else if (effect instanceof Effect.Renamed renamed) {
      Content content = at(renamed.from());
      now.remove(renamed.from());
      now.put(renamed.to(), content);
      nameChanges.add(new NameChange(order++, effect, content));
    } else if (effect instanceof Effect.Removed removed) {
      now.remove(removed.name());
      nameChanges.add(new NameChange(order++, effect, null));
    } else if (effect instanceof Effect.Unknown unknown) {
      at(unknown.name()).unknown = unknown.call();
    }
  }

  private void change(String name, Effect effect) {
    Content content = at(name);
    content.now.apply(effect, Integer.MAX_VALUE);
    content.waiting.add(new Unsynced(order++, effect));
  }

  private Content at(String name) {
    Content content = now.get(name);
    if (content == null) {
      throw new RecordingError("something was done to a file that nobody made: " + name);
    }
    return content;
  }

  /** How long a file is now. */
  long length(String name) {
    long length = now.containsKey(name) ? at(name).now.length() : 0;
    for (Effect effect : recorded) {
      if (effect instanceof Effect.Resized resized && resized.name().equals(name)) {
        length = resized.length();
      } else if (effect instanceof Effect.Wrote wrote && wrote.name().equals(name)) {
        length = Math.max(length, wrote.at() + wrote.bytes().length());
      }
    }
    return length;
  }

  /** Whether there is a file of this name, with all that was recorded. */
  boolean isThere(String name) {
    boolean there = now.containsKey(name);
    for (Effect effect : recorded) {
      if (effect instanceof Effect.Made made && made.name().equals(name)) {
        there = true;
      } else if (effect instanceof Effect.Renamed renamed) {
        there = (there && !renamed.from().equals(name)) || renamed.to().equals(name);
      } else if (effect instanceof Effect.Removed removed && removed.name().equals(name)) {
        there = false;
      }
    }
    return there;
  }

  /** How many of the settled things nobody synced. */
  int unsynced() {
    return orders().size();
  }

  /** What nobody synced, in its order. */
  private List<Long> orders() {
    List<Long> orders = new ArrayList<>();
    nameChanges.forEach(change -> orders.add(change.order()));
    Set<Content> contents = Collections.newSetFromMap(new IdentityHashMap<>());
    contents.addAll(now.values());
    contents.addAll(synced.values());
    nameChanges.stream().map(NameChange::content).filter(Objects::nonNull).forEach(contents::add);
    for (Content content : contents) {
      content.waiting.forEach(each -> orders.add(each.order()));
    }
    orders.sort(null);
    return orders;
  }

  /** The place of one among all of them. */
  private static int place(List<Long> orders, long order) {
    return Collections.binarySearch(orders, order);
  }

  /** The files after a cut of power that keeps so much of what nobody synced. */
  Map<String, byte[]> image(Keeping keeping) {
    List<Long> orders = orders();
    Map<String, Content> named = new TreeMap<>(synced);
    for (NameChange change : nameChanges) {
      if (keeping.of(place(orders, change.order()), change.effect()) >= 0) {
        rename(named, change);
      }
    }
    Map<Content, byte[]> bytes = new HashMap<>();
    Map<String, byte[]> files = new TreeMap<>();
    named.forEach(
        (name, content) ->
            files.put(name, bytes.computeIfAbsent(content, it -> left(it, orders, keeping))));
    return files;
  }

  private static void rename(Map<String, Content> named, NameChange change) {
    Content content = change.content();
    if (change.effect() instanceof Effect.Made made && content != null) {
      named.put(made.name(), content);
    } else if (change.effect() instanceof Effect.Renamed renamed && content != null) {
      named.remove(renamed.from());
      named.put(renamed.to(), content);
    } else if (change.effect() instanceof Effect.Removed removed) {
      named.remove(removed.name());
    }
  }

  private static byte[] left(Content content, List<Long> orders, Keeping keeping) {
    if (content.unknown != null) {
      throw new RecordingError("the recorder does not understand " + content.unknown);
    }
    FileBytes left = new FileBytes(content.synced.copy());
    for (Unsynced each : content.waiting) {
      int kept = keeping.of(place(orders, each.order()), each.effect());
      if (kept >= 0) {
        left.apply(each.effect(), kept);
      }
    }
    return left.copy();
  }
}
