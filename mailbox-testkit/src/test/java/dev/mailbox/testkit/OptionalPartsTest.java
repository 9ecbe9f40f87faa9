// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The servers need neither JUnit nor AssertJ nor GreenMail to be there. */
class OptionalPartsTest {
  private static final Set<String> OPTIONAL =
      Set.of("junit", "opentest4j", "assertj", "greenmail", "archunit");

  private static List<Path> others() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(path -> OPTIONAL.stream().noneMatch(path.getFileName().toString()::contains))
        .filter(path -> !path.endsWith(Path.of("test-classes")))
        .toList();
  }

  private static void serves(Class<?> type) throws ReflectiveOperationException {
    try {
      var server = (AutoCloseable) type.getMethod("start").invoke(null);
      try (server) {
        Object user =
            type.getMethod("user", String.class, String.class).invoke(server, "alice", "secret");
        assertThat(user.getClass().getMethod("name").invoke(user)).isEqualTo("alice");
        assertThat((String) type.getMethod("imapsUrl").invoke(server)).startsWith("imaps://");
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void serversWorkOnAClassPathWithoutThem() throws Exception {
    URL[] urls = others().stream().map(OptionalPartsTest::url).toArray(URL[]::new);
    try (var loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      assertThatThrownBy(() -> loader.loadClass("org.assertj.core.api.Assertions"))
          .isInstanceOf(ClassNotFoundException.class);
      assertThatThrownBy(() -> loader.loadClass("org.junit.jupiter.api.Test"))
          .isInstanceOf(ClassNotFoundException.class);
      serves(loader.loadClass(FakeMailServer.class.getName()));
    }
  }

  @Test
  void moduleCanBeResolvedWithoutThem() throws Exception {
    var finder = ModuleFinder.of(others().toArray(Path[]::new));
    var boot = ModuleLayer.boot();
    var configuration =
        Configuration.resolve(
            finder,
            List.of(boot.configuration()),
            ModuleFinder.of(),
            Set.of("dev.mailbox.testkit"));
    var layer =
        ModuleLayer.defineModulesWithOneLoader(
                configuration, List.of(boot), ClassLoader.getPlatformClassLoader())
            .layer();
    assertThat(layer.modules().stream().map(Module::getName))
        .contains("dev.mailbox.testkit")
        .noneMatch(name -> Stream.of("junit", "assertj", "greenmail").anyMatch(name::contains));
    serves(layer.findLoader("dev.mailbox.testkit").loadClass(FakeMailServer.class.getName()));
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
