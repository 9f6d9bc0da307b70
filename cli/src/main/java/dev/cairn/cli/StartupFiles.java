package dev.cairn.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.sqlite.SQLiteDataSource;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Lays out once, after a build, what every command would otherwise prepare for itself at each
 * start. The start script runs it.
 */
final class StartupFiles {

  private static final String SIGNED = "META-INF/[^/]*\\.(SF|RSA|DSA|EC)";

  private StartupFiles() {}

  /** Takes the folder of the jars, one for SQLite's native library and one for unsigned jars. */
  public static void main(String[] args) throws IOException {
    unpackSqlite(Path.of(args[1]));
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(Path.of(args[0]), "*.jar")) {
      for (Path jar : jars) {
        copyIfSigned(jar, Path.of(args[2]));
      }
    }
  }

  // Each process would write it to the temporary directory and, when killed, leave it there.
  private static void unpackSqlite(Path directory) throws IOException {
    String name = LibraryLoaderUtil.getNativeLibName();
    String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    try (InputStream in = SQLiteDataSource.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new FileNotFoundException(resource);
      }
      Path unfinished = unfinished(directory, name);
      Files.copy(in, unfinished, StandardCopyOption.REPLACE_EXISTING);
      replace(unfinished, directory.resolve(name));
    }
  }

  /**
   * Java checks the signature of a jar at every start, class by class, keeps no such class in a
   * shared archive, and accepts any signer: it costs a fifth of a command and tells nothing that
   * the build, which pins what it fetches, did not know.
   */
  private static void copyIfSigned(Path signed, Path directory) throws IOException {
    try (JarFile jar = new JarFile(signed.toFile(), false)) {
      if (jar.stream().noneMatch(StartupFiles::isOfSignature)) {
        return;
      }
      String name = String.valueOf(signed.getFileName());
      Path unfinished = unfinished(directory, name);
      try (JarOutputStream out =
          new JarOutputStream(Files.newOutputStream(unfinished), withoutDigests(jar))) {
        for (JarEntry entry : Collections.list(jar.entries())) {
          if (!isOfSignature(entry) && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
            out.putNextEntry(new JarEntry(entry.getName()));
            try (InputStream in = jar.getInputStream(entry)) {
              in.transferTo(out);
            }
          }
        }
      }
      replace(unfinished, directory.resolve(name));
    }
  }

  private static boolean isOfSignature(JarEntry entry) {
    return entry.getName().toUpperCase(Locale.ROOT).matches(SIGNED);
  }

  private static Manifest withoutDigests(JarFile jar) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = jar.getManifest().getMainAttributes();
    manifest.getMainAttributes().putAll(main);
    return manifest;
  }

  private static Path unfinished(Path directory, String name) throws IOException {
    Files.createDirectories(directory);
    return directory.resolve(name + "." + ProcessHandle.current().pid() + ".part");
  }

  // A running process keeps the file it mapped: it is replaced, never overwritten.
  private static void replace(Path finished, Path file) throws IOException {
    Files.move(finished, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
