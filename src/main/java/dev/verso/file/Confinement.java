package dev.verso.file;

import java.io.File;
import java.io.FilePermission;
import java.io.IOException;
import java.net.Proxy;
import java.net.SocketPermission;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLPermission;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.LinkPermission;
import java.nio.file.Path;
import java.security.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * Keeps a process from everything outside: it opens no connection, starts no program, reads no file
 * except its own classes, and writes only inside one folder.
 *
 * <p>Protects against libraries that do what a file tells them, not against hostile code. Java 17
 * to 23 can forbid all of that; since Java 24 only connections by URL are refused.
 */
@SuppressWarnings("removal") // Java 17 has no other way to keep a library from opening files
final class Confinement extends SecurityManager {

  /** The last version that has a security manager. */
  static final int LAST_WITH_MANAGER = 23;

  private static final Set<String> PROTOCOLS = Set.of("file", "jar", "jrt");
  private static final Set<String> RANDOM = Set.of("/dev/random", "/dev/urandom");

  private final List<String> readable;
  private final String writable;

  private Confinement(List<String> readable, String writable) {
    this.readable = readable;
    this.writable = writable;
  }

  /**
   * Confines this process, permanently.
   *
   * @param writable where it may write
   * @throws IOException if its class path can't be read
   */
  static void begin(Path writable) throws IOException {
    URL.setURLStreamHandlerFactory(
        protocol -> PROTOCOLS.contains(protocol) ? null : new RefusingHandler(protocol));
    if (Runtime.version().feature() > LAST_WITH_MANAGER) {
      return;
    }
    List<String> readable = new ArrayList<>();
    add(Path.of(System.getProperty("java.home")), readable);
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path classes = Path.of(entry);
      add(classes, readable);
      for (Path named : namedBy(classes)) {
        add(named, readable);
      }
    }
    add(writable, readable);
    System.setSecurityManager(
        new Confinement(List.copyOf(readable), beneath(writable.toAbsolutePath())));
  }

  /** A file, or a folder with everything in it, by the given path and by its real one. */
  private static void add(Path path, List<String> readable) throws IOException {
    if (Files.exists(path)) {
      for (Path one : List.of(path.toAbsolutePath(), path.toRealPath())) {
        readable.add(Files.isDirectory(path) ? beneath(one) : one.normalize().toString());
      }
    }
  }

  /** What a jar adds to the class path. */
  private static List<Path> namedBy(Path classes) throws IOException {
    List<Path> named = new ArrayList<>();
    if (Files.isRegularFile(classes)) {
      try (JarFile jar = new JarFile(classes.toFile())) {
        Manifest manifest = jar.getManifest();
        String more =
            manifest == null
                ? null
                : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
        if (more != null) {
          for (String relative : more.strip().split("\\s+")) {
            named.add(Path.of(classes.toAbsolutePath().toUri().resolve(relative)));
          }
        }
      }
    }
    return named;
  }

  private static String beneath(Path folder) {
    return folder.normalize() + File.separator;
  }

  @Override
  public void checkPermission(Permission permission) {
    if (permission instanceof FilePermission) {
      if (permission.getActions().contains("execute")
          || permission.getActions().contains("readlink")) {
        refuse(permission.getName());
      }
      if (permission.getActions().contains("write") || permission.getActions().contains("delete")) {
        checkWrite(permission.getName());
      } else {
        checkRead(permission.getName());
      }
    } else if (permission instanceof SocketPermission
        || permission instanceof URLPermission
        || permission instanceof LinkPermission) {
      refuse(permission.getName());
    } else if (permission.getName().equals("setSecurityManager")) {
      refuse(permission.getName());
    }
  }

  @Override
  public void checkPermission(Permission permission, Object context) {
    checkPermission(permission);
  }

  @Override
  public void checkRead(String file) {
    Path path = Path.of(file).toAbsolutePath().normalize();
    String name = path.toString();
    for (String allowed : readable) {
      boolean folder = allowed.endsWith(File.separator);
      if (folder ? (name + File.separator).startsWith(allowed) : name.equals(allowed)) {
        return;
      }
    }
    if (!RANDOM.contains(name)) {
      refuse(file);
    }
  }

  @Override
  public void checkWrite(String file) {
    if (!Path.of(file).toAbsolutePath().normalize().toString().startsWith(writable)) {
      refuse(file);
    }
  }

  @Override
  public void checkDelete(String file) {
    checkWrite(file);
  }

  private static void refuse(String what) {
    throw new SecurityException(what + " is outside of what a file's reader may use");
  }

  /** Opens nothing. */
  private static final class RefusingHandler extends URLStreamHandler {
    private final String protocol;

    RefusingHandler(String protocol) {
      this.protocol = protocol;
    }

    @Override
    protected URLConnection openConnection(URL url) throws IOException {
      throw new IOException("nothing may be fetched by " + protocol);
    }

    @Override
    protected URLConnection openConnection(URL url, Proxy proxy) throws IOException {
      return openConnection(url);
    }
  }
}
