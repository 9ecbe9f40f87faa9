// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Brings Maven for mvnw and mvnw.cmd: downloads the archive, compares its SHA-512, and unpacks it.
 * Run by the JDK from source, so that nothing but a JDK is needed.
 */
public final class MavenDownload {
  private static final int TIMEOUT_MILLIS = 20_000;

  private MavenDownload() {}

  /**
   * Downloads and unpacks.
   *
   * @param args the archive's URL, its SHA-512 in hex, and the directory to be made
   */
  public static void main(String[] args) throws Exception {
    Path target = Path.of(args[2]);
    Files.createDirectories(target.getParent());
    Path work = Files.createTempDirectory(target.getParent(), "maven-");
    try {
      Path archive = work.resolve("maven.zip");
      download(args[0], archive);
      verify(archive, args[1]);
      Path unpacked = work.resolve("maven");
      unpack(archive, unpacked);
      Files.move(unpacked, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(work);
    }
  }

  private static void download(String url, Path archive) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    try (InputStream in = connection.getInputStream()) {
      Files.copy(in, archive);
    }
  }

  private static void verify(Path archive, String sha512) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-512");
    String found = HexFormat.of().formatHex(digest.digest(Files.readAllBytes(archive)));
    if (!found.equalsIgnoreCase(sha512)) {
      throw new IOException("the download is not what was expected: its SHA-512 is " + found);
    }
  }

  /** Unpacks what lies below the archive's one top directory. */
  private static void unpack(Path archive, Path target) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName().substring(entry.getName().indexOf('/') + 1);
        Path file = target.resolve(name).normalize();
        if (!file.startsWith(target)) {
          throw new IOException("the archive leads out of its directory: " + name);
        }
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          Files.copy(zip, file);
          file.toFile().setExecutable(name.startsWith("bin/"), false);
        }
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
