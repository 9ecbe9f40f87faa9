// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.cyrus;

import dev.mailbox.testkit.internal.process.Ports;
import dev.mailbox.testkit.internal.process.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** A Cyrus of our own. */
public final class CyrusProcess implements AutoCloseable {
  private final ServerProcess process;
  private final Logins logins;
  private final Admin admin;

  private CyrusProcess(ServerProcess process, Logins logins, Admin admin) {
    this.process = process;
    this.logins = logins;
    this.admin = admin;
  }

  /** What is not there of the packages unpacked in that folder, or an empty text. */
  public static String missing(Path home) {
    return new CyrusFiles(home).missing();
  }

  /** Starts it from the packages unpacked in that folder, and waits until all ports answer. */
  public static CyrusProcess start(Path home, ServerProcess.Identity identity) {
    ServerProcess process =
        ServerProcess.start("Cyrus", place -> prepare(place, new CyrusFiles(home), identity));
    try {
      return begin(process);
    } catch (IOException | RuntimeException e) {
      String log = process.log();
      process.close();
      throw new IllegalStateException("Cyrus did not start:\n" + log, e);
    }
  }

  private static CyrusProcess begin(ServerProcess process) throws IOException {
    Logins logins = Logins.at(process.place().folder().resolve(CyrusConfig.LOGINS));
    try {
      String password = UUID.randomUUID().toString();
      logins.put(Admin.NAME, password);
      var talk = ImapTalk.login(process.place().ports().imap(), Admin.NAME, password);
      return new CyrusProcess(process, logins, new Admin(talk));
    } catch (IOException | RuntimeException e) {
      logins.close();
      throw e;
    }
  }

  public Ports ports() {
    return process.place().ports();
  }

  /** Adds a user with an inbox, or changes the password of one; the next login sees it. */
  public void addUser(String name, String password) {
    admin.make(name, "INBOX");
    logins.put(name, password);
  }

  /** A folder of a user who was added; it is made when it is not there. */
  public CyrusMail mail(String user, String folder) {
    admin.make(user, folder);
    String password = logins.password(user).orElseThrow();
    return new CyrusMail(() -> ImapTalk.login(ports().imap(), user, password), folder);
  }

  /** Cyrus is killed: asked to end, it would ask all processes of its group, the tests included. */
  @Override
  public void close() {
    try {
      admin.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      logins.close();
      process.close();
    }
  }

  private static ProcessBuilder prepare(
      ServerProcess.Place place, CyrusFiles files, ServerProcess.Identity identity)
      throws IOException {
    Path folder = place.folder();
    place.makeFolders("bin", "lib", "conf", "spool");
    for (String each : new String[] {"db", "lock", "log", "proc", "socket"}) {
      place.owner().own(Files.createDirectory(folder.resolve("conf").resolve(each)));
    }
    place.owner().own(folder.resolve("conf"));
    place.owner().own(folder.resolve("spool"));
    files.copyPrograms(folder.resolve("bin"));
    files.copyLibraries(folder.resolve("lib"));
    place.owner().own(Files.write(folder.resolve("cert.pem"), identity.chainPem()));
    place.owner().own(Files.write(folder.resolve("key.pem"), identity.privateKeyPem()));
    var config = new CyrusConfig(folder, place.owner(), place.ports());
    Path settings = config.writeSettings();
    Path services = config.writeServices(settings);
    var builder =
        new ProcessBuilder(
            folder.resolve("bin").resolve("master").toString(),
            "-D",
            "-C",
            settings.toString(),
            "-M",
            services.toString(),
            "-p",
            folder.resolve("conf").resolve("master.pid").toString());
    builder.environment().put("LD_LIBRARY_PATH", folder.resolve("lib").toString());
    return builder;
  }
}
