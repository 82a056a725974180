package dev.verso.bitext;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A page's template, in Mustache, with its style and script: all of them files beside this class.
 * What is filled in are records, whose components the template names; every value is escaped.
 *
 * <p>Pages load nothing, and their own policy allows only the style and script they were written
 * with. They share {@code shared.css}, the colours and what sides by side look like, with the
 * service's reading page. Immutable, thread-safe.
 */
public final class PageTemplate {

  private static final Mustache.Compiler COMPILER =
      Mustache.compiler()
          .withEscaper(HtmlText::escaped)
          .emptyStringIsFalse(true)
          .withLoader(name -> reader(name + ".mustache"));

  private final Template template;
  private final String style;
  private final String script;

  private PageTemplate(Template template, String style, String script) {
    this.template = template;
    this.style = style;
    this.script = script;
  }

  /**
   * The template {@code name.mustache}.
   *
   * @param styles names of styles, with their extension; {@code shared.css} comes before them
   * @param script name of its script; empty for none
   */
  static PageTemplate of(String name, List<String> styles, String script) {
    StringBuilder style = new StringBuilder(text("shared.css"));
    styles.forEach(one -> style.append(text(one)));
    return new PageTemplate(
        COMPILER.loadTemplate(name), style.toString(), script.isEmpty() ? "" : text(script));
  }

  /** A report on quotes: {@code name.mustache} in the style of {@code report.css}. */
  public static PageTemplate report(String name) {
    return of(name, List.of("report.css"), "");
  }

  /** The policy that the page carries: only its own style and script. */
  String policy() {
    return "default-src 'none'; style-src '"
        + sha256(style)
        + (script.isEmpty() ? "'" : "'; script-src '" + sha256(script) + "'")
        + "; base-uri 'none'; form-action 'none'";
  }

  /**
   * Prints the page.
   *
   * @param title its title
   * @param content what fills the template in
   */
  public void write(String title, Object content, Writer out) throws IOException {
    try {
      // Style and script are ours and stand in the page as they are.
      template.execute(
          content,
          Map.of("title", title, "policy", policy(), "style", style, "script", script),
          out);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Reader reader(String name) {
    InputStream in = PageTemplate.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException("the installation lacks the page's file " + name);
    }
    return new InputStreamReader(in, StandardCharsets.UTF_8);
  }

  private static String text(String name) {
    try (Reader in = reader(name)) {
      java.io.StringWriter all = new java.io.StringWriter();
      in.transferTo(all);
      // Browsers hash a script with its line endings normalised.
      return all.toString().replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(String content) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
