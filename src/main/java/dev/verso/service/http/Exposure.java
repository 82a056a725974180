package dev.verso.service.http;

import dev.verso.text.InputException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Under which names the service may be called, and whether from other machines. A page of another
 * site can point a name of its own at this machine (DNS rebinding), but it can't make a browser
 * send a name that is not its own: so names must be known. Addresses can't be rebound.
 */
@Component
public final class Exposure {

  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]+(?:%[0-9a-z]+)?\\]");
  private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

  private final boolean local;
  private final Set<String> names;
  private final String url;

  public Exposure(Settings settings, @Value("${server.address:127.0.0.1}") String address) {
    this.local = isLoopback(address);
    this.url = settings.url();
    this.names =
        Stream.concat(Stream.of(address), settings.hosts().stream())
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new InputException("--host " + host + ": there is no such host", e);
    }
  }

  /** Whether only this machine can connect. */
  public boolean isLocal() {
    return local;
  }

  /** Whether the value of a Host header is one of this service's. */
  public boolean isOurs(String host) {
    String name = name(host);
    return IPV4.matcher(name).matches() || IPV6.matcher(name).matches() || isNamed(host);
  }

  /** Whether it is a loopback name or a configured one, and so fit to be used in links. */
  public boolean isNamed(String host) {
    String name = name(host);
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.equals("127.0.0.1")
        || name.equals("[::1]")
        || names.contains("*")
        || names.contains(name);
  }

  /**
   * Where clients reach the service: the setting, or the name that the request was sent to if that
   * is one of ours, or else the address that it arrived at. Without a slash at the end.
   */
  public String url(ServerWebExchange exchange) {
    if (!url.isBlank()) {
      return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
    URI asked = exchange.getRequest().getURI();
    String host = exchange.getRequest().getHeaders().getFirst(HttpHeaders.HOST);
    InetSocketAddress arrived = exchange.getRequest().getLocalAddress();
    if (arrived == null || (host != null && isNamed(host))) {
      return asked.getScheme() + "://" + host;
    }
    String address = arrived.getAddress().getHostAddress();
    return asked.getScheme()
        + "://"
        + (address.contains(":") ? "[" + address + "]" : address)
        + ":"
        + arrived.getPort();
  }

  private static String name(String host) {
    String name = PORT.matcher(host.toLowerCase(Locale.ROOT)).replaceFirst("");
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
