// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.checks;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The signatures that a module exports, one a line. */
final class Signatures {
  private Signatures() {}

  /** Those of the module whose classes lie in that directory. */
  static List<String> of(Path classes) throws Exception {
    List<String> lines = new ArrayList<>();
    for (String exported : exportedPackages(classes)) {
      for (String type : types(classes, exported)) {
        describe(Class.forName(type, false, Signatures.class.getClassLoader()), lines);
      }
    }
    return lines;
  }

  private static Set<String> exportedPackages(Path classes) {
    ModuleDescriptor module = ModuleFinder.of(classes).findAll().iterator().next().descriptor();
    return module.exports().stream()
        .map(ModuleDescriptor.Exports::source)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> types(Path classes, String exported) throws IOException {
    try (Stream<Path> files = Files.list(classes.resolve(exported.replace('.', '/')))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
          .map(name -> exported + "." + name.substring(0, name.length() - ".class".length()))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static void describe(Class<?> type, List<String> lines) {
    if (!isVisible(type)) {
      return;
    }
    lines.add(declaration(type));
    Set<String> members = new TreeSet<>();
    for (Field field : type.getDeclaredFields()) {
      if (isVisible(field)) {
        members.add("  " + field.toGenericString());
      }
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (isVisible(constructor)) {
        members.add("  " + constructor.toGenericString());
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      if (isVisible(method) && !method.isBridge()) {
        members.add("  " + method.toGenericString());
      }
    }
    lines.addAll(members);
  }

  private static String declaration(Class<?> type) {
    String supertype =
        type.getGenericSuperclass() == null || type.getSuperclass() == Object.class
            ? ""
            : " extends " + type.getGenericSuperclass().getTypeName();
    String interfaces =
        Arrays.stream(type.getGenericInterfaces())
            .map(i -> i.getTypeName())
            .sorted()
            .collect(Collectors.joining(", "));
    return type.toGenericString() + supertype + (interfaces.isEmpty() ? "" : " : " + interfaces);
  }

  private static boolean isVisible(Class<?> type) {
    boolean enclosed = type.getEnclosingClass() == null || isVisible(type.getEnclosingClass());
    return enclosed
        && (Modifier.isPublic(type.getModifiers()) || Modifier.isProtected(type.getModifiers()));
  }

  private static boolean isVisible(Member member) {
    return !member.isSynthetic()
        && (Modifier.isPublic(member.getModifiers())
            || Modifier.isProtected(member.getModifiers()));
  }
}
