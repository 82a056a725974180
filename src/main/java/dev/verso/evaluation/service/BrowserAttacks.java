package dev.verso.evaluation.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the page of another site can have a browser send to a service without keys. */
final class BrowserAttacks {

  private static final String TEXT = "Content-Type: text/plain";
  private static final String JSON = "Content-Type: application/json";
  private static final String HOST = "Host: localhost";
  private static final String EVIL = "Origin: https://evil.example";

  private final ServiceProcess service;
  private final List<Attack> attacks = new ArrayList<>();

  private BrowserAttacks(ServiceProcess service) {
    this.service = service;
  }

  static List<Attack> run(ServiceProcess service) throws IOException, InterruptedException {
    return new BrowserAttacks(service).run();
  }

  private List<Attack> run() throws IOException, InterruptedException {
    String key = "{\"name\":\"evil\",\"scopes\":[\"admin\"]}";
    refused("a simple request makes a key", "POST", "/v1/keys?name=evil", "x", HOST, TEXT);
    refused("a form makes a key", "POST", "/v1/keys", "name=evil", HOST, form());
    refused("a local program without the token makes a key", "POST", "/v1/keys", key, HOST, JSON);
    refused(
        "a wrong token makes a key",
        "POST",
        "/v1/keys",
        key,
        HOST,
        JSON,
        "Authorization: Bearer setup_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    refused("anybody reads the backup", "GET", "/v1/backup", "", HOST);
    refused("anybody lists keys", "GET", "/v1/keys", "", HOST);
    for (String host :
        List.of(
            "evil.example",
            "evil.example:8080",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "localhost@evil.example",
            "2130706433",
            "")) {
      refused("rebound name '" + host + "'", "GET", "/v1/models", "", "Host: " + host);
      refused("rebound name '" + host + "'", "GET", "/v1/jobs", "", "Host: " + host);
      refused("rebound name '" + host + "'", "POST", "/v1/jobs", jobs(), "Host: " + host, JSON);
    }
    refused("two names", "GET", "/v1/jobs", "", HOST, "Host: evil.example");
    refused("no name", "GET", "/v1/jobs", "");
    for (String origin :
        List.of(EVIL, "Origin: null", "Origin: http://localhost:1", "Origin: file://")) {
      refused("a job from " + origin, "POST", "/v1/jobs", jobs(), HOST, JSON, origin);
      refused("a translation from " + origin, "POST", "/v1/translate", "Oui.", HOST, TEXT, origin);
      refused(
          "a form from " + origin,
          "POST",
          "/translate",
          "q=Oui.&source=fr&target=en",
          HOST,
          form(),
          origin);
    }
    refused(
        "a job from a page that sends no origin",
        "POST",
        "/v1/jobs?x=y",
        jobs(),
        HOST,
        TEXT,
        "Sec-Fetch-Site: cross-site");
    refused(
        "a page of another port",
        "POST",
        "/v1/jobs",
        jobs(),
        HOST,
        JSON,
        "Sec-Fetch-Site: same-site",
        "Sec-Fetch-Mode: no-cors");
    refused(
        "a claim to be local",
        "GET",
        "/v1/keys",
        "",
        HOST,
        "X-Forwarded-For: 127.0.0.1",
        "Forwarded: for=127.0.0.1");
    int jobs = service.json("/v1/jobs").path("jobs").size();
    attacks.add(new Attack("jobs that other sites queued", Integer.toString(jobs), jobs == 0));
    RawHttp.Answer same = send("GET", "/v1/jobs", "", HOST, "Origin: http://localhost");
    attacks.add(new Attack("its own page is let in", same.status() + "", same.status() == 200));
    attacks.addAll(smuggling());
    return attacks;
  }

  private static String form() {
    return "Content-Type: application/x-www-form-urlencoded";
  }

  private static String jobs() {
    return "{\"documents\":[{\"name\":\"a\",\"text\":\"Il pleut.\"}]}";
  }

  private RawHttp.Answer send(String method, String target, String body, String... headers)
      throws IOException {
    return RawHttp.send(
        service.port(), method, target, List.of(headers), body.getBytes(StandardCharsets.UTF_8));
  }

  private void refused(String name, String method, String target, String body, String... headers)
      throws IOException {
    RawHttp.Answer answer = send(method, target, body, headers);
    attacks.add(
        new Attack(
            name + ": " + method + " " + target,
            Integer.toString(answer.status()),
            answer.status() >= 400 && answer.status() < 500));
  }

  /** Two readers of one connection must agree on where a request ends: one answer, no second. */
  private List<Attack> smuggling() throws IOException {
    String hidden = "GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n";
    List<Attack> found = new ArrayList<>();
    for (String framing :
        List.of(
            "Transfer-Encoding: chunked, xchunked\r\nContent-Length: 4",
            "Transfer-Encoding: xchunked, chunked\r\nContent-Length: 4",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
            "Transfer-Encoding : chunked\r\nContent-Length: 4",
            "Transfer-Encoding:\u000bchunked\r\nContent-Length: 4",
            "Content-Length: 4\r\nContent-Length: 5",
            "Content-Length: +4",
            "Content-Length: 0x4")) {
      byte[] bytes =
          ("POST /v1/translate HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
                  + framing
                  + "\r\n\r\n0\r\n\r\n"
                  + hidden
                  + "GET /v1/health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.ISO_8859_1);
      RawHttp.Answer answer = RawHttp.exchange(service.port(), bytes);
      boolean smuggled = answer.text().contains("\"models\"");
      found.add(
          new Attack(
              "a second request after " + framing.replace("\r\n", " | "),
              answer.status() + (smuggled ? ", and the second was answered" : ""),
              !smuggled && answer.status() >= 400));
    }
    return found;
  }
}
