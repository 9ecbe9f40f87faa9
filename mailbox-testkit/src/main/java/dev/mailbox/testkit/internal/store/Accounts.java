// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.store;

import dev.mailbox.testkit.internal.words.Wording;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The accounts of one server, and what is counted over all of them. Thread-safe. */
public final class Accounts {
  private final Map<String, Account> accounts = new ConcurrentHashMap<>();
  private final AtomicLong validities = new AtomicLong(1_700_000_000);
  private final AtomicLong contents = new AtomicLong();
  private final AtomicLong folders = new AtomicLong();
  private final Clock clock;
  private volatile @Nullable Long seed;
  private volatile Map<String, String> specialUses = Map.of();
  private volatile char delimiter = '/';
  private volatile String namespace = "";
  private volatile @Nullable String labelRoot;
  private volatile List<String> standardFolders = List.of();
  private volatile Wording wording = Wording.NEUTRAL;
  private volatile boolean passwords = true;

  public Accounts(Clock clock) {
    this.clock = clock;
  }

  /** What folders that are made from now on are for, by their names. */
  public void specialUses(Map<String, String> uses) {
    specialUses = Map.copyOf(uses);
  }

  /** What stands between the names of a hierarchy in accounts that are made from now on. */
  public void delimiter(char character) {
    delimiter = character;
  }

  char delimiter() {
    return delimiter;
  }

  /** With what the names of all folders but the inbox begin. */
  public void namespace(String prefix) {
    namespace = prefix;
  }

  public String namespace() {
    return namespace;
  }

  /** Accounts that are made from now on have labels, with the special ones below this folder. */
  public void labels(String root) {
    labelRoot = root;
  }

  @Nullable String labelRoot() {
    return labelRoot;
  }

  Map<String, String> specialUses() {
    return specialUses;
  }

  /** What folders accounts have that are made from now on, beside the inbox. */
  public void standardFolders(List<String> names) {
    standardFolders = List.copyOf(names);
  }

  List<String> standardFolders() {
    return standardFolders;
  }

  /** In what words the server speaks, over all protocols. */
  public void wording(Wording words) {
    wording = words;
  }

  public Wording wording() {
    return wording;
  }

  /** Whether passwords let anyone in, and not only tokens. */
  public void passwords(boolean on) {
    passwords = on;
  }

  public boolean takesPasswords() {
    return passwords;
  }

  public Clock clock() {
    return clock;
  }

  /** The account of this user, made when it is not there. */
  public Account account(String user) {
    return accounts.computeIfAbsent(user, name -> new Account(this, name));
  }

  public Optional<Account> find(String user) {
    return Optional.ofNullable(accounts.get(user));
  }

  /** The account whose user has this token. */
  public Optional<Account> findByToken(String token) {
    return accounts.values().stream().filter(a -> a.secrets().acceptsToken(token)).findFirst();
  }

  /** What challenges are made of comes from this seed. */
  public void seed(long number) {
    seed = number;
  }

  /** What the challenges of a connection are made of; not random once there is a seed. */
  public Random challenges(int connection) {
    Long known = seed;
    return known == null
        ? new SecureRandom()
        : new Random(known ^ ((long) connection << Integer.SIZE));
  }

  long nextValidity() {
    return validities.incrementAndGet();
  }

  long nextContent() {
    return contents.incrementAndGet();
  }

  String nextFolder() {
    return "F" + folders.incrementAndGet();
  }
}
