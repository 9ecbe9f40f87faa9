// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.checks.crash;

import dev.mailbox.checks.crash.Trace.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What a disk may hold after its power went away in the middle of a trace. POSIX promises no more
 * than this: of a file, what was written before its last {@code fsync}; of a name in a directory,
 * what was made before the directory's last one. Of all else, anything may be there: nothing, all,
 * or some sectors.
 */
final class Disk {
  private static final int SECTOR = 512;

  private final Map<String, Inode> names = new TreeMap<>();
  private final Map<String, Inode> durableNames = new TreeMap<>();

  /** A file, or a directory. */
  private static final class Inode {
    private final boolean isDirectory;
    private byte[] durable = {};
    private final List<Call> pending = new ArrayList<>();

    Inode(boolean isDirectory) {
      this.isDirectory = isDirectory;
    }
  }

  /** What a disk does with what nobody asked it to keep. */
  enum Fate {
    LOST,
    KEPT,
    TORN
  }

  /** A disk that holds that directory, durably. */
  static Disk of(Path root) {
    Disk disk = new Disk();
    try (var files = Files.walk(root)) {
      for (Path file : files.filter(f -> !f.equals(root)).toList()) {
        Inode inode = new Inode(Files.isDirectory(file));
        if (!inode.isDirectory) {
          inode.durable = Files.readAllBytes(file);
        }
        disk.names.put(root.relativize(file).toString(), inode);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    disk.durableNames.putAll(disk.names);
    return disk;
  }

  /** Does what a program did. */
  void take(Call call) {
    switch (call.kind()) {
      case 'M', 'C' -> names.put(call.path(), new Inode(call.kind() == 'M'));
      case 'W', 'T' -> inode(call.path()).pending.add(call);
      case 'F' -> {
        Inode inode = inode(call.path());
        inode.durable = applied(inode, Fate.KEPT, new Random(0));
        inode.pending.clear();
      }
      case 'D' -> sync(call.path());
      case 'U' -> names.remove(call.path());
      case 'N' -> {
        Inode moved = inode(call.path());
        names.remove(call.path());
        names.put(call.to(), moved);
      }
      default -> {}
    }
  }

  private Inode inode(String path) {
    Inode inode = names.get(path);
    if (inode == null) {
      throw new IllegalStateException("the trace does not say where " + path + " is from");
    }
    return inode;
  }

  private void sync(String directory) {
    durableNames.keySet().removeIf(name -> isIn(name, directory) && !names.containsKey(name));
    names.forEach(
        (name, inode) -> {
          if (isIn(name, directory)) {
            durableNames.put(name, inode);
          }
        });
  }

  private static boolean isIn(String name, String directory) {
    int slash = name.lastIndexOf('/');
    return (slash < 0 ? "." : name.substring(0, slash)).equals(directory);
  }

  /** Writes what may be left of it. */
  void writeTo(Path target, Fate fate, long seed) {
    Random random = new Random(seed);
    Map<String, Inode> left = new HashMap<>(durableNames);
    if (fate == Fate.KEPT || (fate == Fate.TORN && random.nextBoolean())) {
      left = new HashMap<>(names);
    }
    try {
      Files.createDirectories(target);
      for (var each : new TreeMap<>(left).entrySet()) {
        Path file = target.resolve(each.getKey());
        if (!Files.isDirectory(file.getParent())) {
          continue; // The directory above has no name that is durable.
        }
        if (each.getValue().isDirectory) {
          Files.createDirectory(file);
        } else {
          Files.write(file, applied(each.getValue(), fate, random));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] applied(Inode inode, Fate fate, Random random) {
    byte[] bytes = inode.durable;
    for (Call call : fate == Fate.LOST ? List.<Call>of() : inode.pending) {
      if (call.kind() == 'T') {
        bytes = fate == Fate.KEPT || random.nextBoolean() ? resized(bytes, call.number()) : bytes;
      } else {
        bytes = written(bytes, call, fate, random);
      }
    }
    return bytes;
  }

  private static byte[] resized(byte[] bytes, long length) {
    return Arrays.copyOf(bytes, Math.toIntExact(length));
  }

  private static byte[] written(byte[] bytes, Call call, Fate fate, Random random) {
    byte[] result = bytes;
    int from = 0;
    while (from < call.bytes().length) {
      long offset = call.number() + from;
      int part = (int) Math.min(call.bytes().length - from, SECTOR - offset % SECTOR);
      if (fate == Fate.KEPT || random.nextBoolean()) {
        if (result == bytes || result.length < offset + part) {
          result = Arrays.copyOf(result, Math.toIntExact(Math.max(result.length, offset + part)));
        }
        System.arraycopy(call.bytes(), from, result, (int) offset, part);
      }
      from += part;
    }
    return result;
  }
}
