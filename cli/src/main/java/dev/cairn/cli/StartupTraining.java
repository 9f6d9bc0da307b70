package dev.cairn.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.sqlite.SQLiteDataSource;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Walks once through what nearly every command loads. The start script runs it after a build and
 * keeps the classes it saw in a shared archive, so that a command starts in half the time. It also
 * unpacks SQLite's native library, which each process would otherwise write to the temporary
 * directory and, when killed, leave there.
 */
final class StartupTraining {
  private StartupTraining() {}

  /** Takes one argument: the directory the native library goes to. */
  public static void main(String[] args) throws Exception {
    unpackSqlite(Path.of(args[0]));
    Main.commandLine()
        .usage(new PrintWriter(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    query();
    sign();
    new ObjectMapper().readTree(new ObjectMapper().writeValueAsString(Map.of("ready", true)));
  }

  private static void unpackSqlite(Path directory) throws IOException {
    String name = LibraryLoaderUtil.getNativeLibName();
    String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    Files.createDirectories(directory);
    try (InputStream in = SQLiteDataSource.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new FileNotFoundException(resource);
      }
      Path unfinished = Files.createTempFile(directory, name, ".part");
      Files.copy(in, unfinished, StandardCopyOption.REPLACE_EXISTING);
      // A running process keeps the file it mapped: it is replaced, never overwritten.
      Files.move(unfinished, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static void query() throws SQLException {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite::memory:");
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("CREATE TABLE stone (id BLOB PRIMARY KEY, weight INTEGER)");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO stone VALUES (?, ?)")) {
        insert.setBytes(1, new byte[] {1});
        insert.setLong(2, 1);
        insert.executeUpdate();
      }
      connection.commit();
      try (ResultSet rows = statement.executeQuery("SELECT id, weight FROM stone")) {
        while (rows.next()) {
          rows.getBytes(1);
        }
      }
    }
  }

  private static void sign() {
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, new Ed25519PrivateKeyParameters(new byte[32]));
    signer.generateSignature();
  }
}
