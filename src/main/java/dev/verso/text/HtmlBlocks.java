package dev.verso.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.CDataNode;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.Range;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/** Collects the visible text of a page, in source order, as blocks. */
final class HtmlBlocks implements NodeVisitor {

  private static final Set<String> BLOCKS =
      Set.of(
          "address",
          "article",
          "aside",
          "blockquote",
          "body",
          "button",
          "caption",
          "center",
          "colgroup",
          "dd",
          "details",
          "dialog",
          "dir",
          "div",
          "dl",
          "dt",
          "fieldset",
          "figcaption",
          "figure",
          "footer",
          "form",
          "frameset",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "header",
          "hgroup",
          "hr",
          "html",
          "iframe",
          "legend",
          "li",
          "listing",
          "main",
          "menu",
          "nav",
          "noframes",
          "ol",
          "optgroup",
          "option",
          "p",
          "plaintext",
          "pre",
          "search",
          "section",
          "select",
          "summary",
          "table",
          "tbody",
          "td",
          "textarea",
          "tfoot",
          "th",
          "thead",
          "tr",
          "ul",
          "video",
          "xmp");

  /** Elements whose text is no language's. */
  private static final Set<String> CODE =
      Set.of("code", "kbd", "samp", "tt", "var", "pre", "listing", "xmp");

  private static final Set<String> HIDDEN =
      Set.of(
          "audio",
          "canvas",
          "datalist",
          "embed",
          "frameset",
          "head",
          "iframe",
          "map",
          "noembed",
          "noframes",
          "noscript",
          "object",
          "picture",
          "script",
          "style",
          "svg",
          "template",
          "title",
          "video");

  private static final Set<String> PAGE =
      Set.of(
          "button",
          "dialog",
          "fieldset",
          "form",
          "input",
          "menu",
          "nav",
          "optgroup",
          "option",
          "search",
          "select",
          "textarea");

  private static final Set<String> HIDDEN_WORDS =
      Set.of("screen-reader-text", "sr-only", "visually-hidden", "visuallyhidden");

  /** What applies to the text directly inside an element. */
  private record Context(
      Element block,
      BlockKind kind,
      PageMark mark,
      boolean hidden,
      boolean link,
      boolean pre,
      RaisedFigures.Level level,
      boolean kept) {}

  /** A text node, or a {@code <br>}, at its raw range. */
  private record Piece(int start, int end, int block, boolean lineBreak, Context context) {}

  private final Deque<Context> contexts = new ArrayDeque<>();
  private final List<Piece> pieces = new ArrayList<>();
  private final String raw;
  private final Cancellation cancellation;
  private int block;

  private HtmlBlocks(String raw, Cancellation cancellation) {
    this.raw = raw;
    this.cancellation = cancellation;
    contexts.push(
        new Context(
            null,
            BlockKind.PARAGRAPH,
            null,
            false,
            false,
            false,
            RaisedFigures.Level.LINE,
            false));
  }

  /** The blocks of {@code tree}, which was parsed from {@code raw} with positions. */
  static List<HtmlBlock> of(org.jsoup.nodes.Document tree, String raw, Cancellation cancellation) {
    HtmlBlocks visitor = new HtmlBlocks(raw, cancellation);
    NodeTraversor.traverse(visitor, tree);
    return visitor.blocks();
  }

  @Override
  public void head(Node node, int depth) {
    cancellation.check();
    Context outer = contexts.peek();
    if (node instanceof Element element) {
      String name = element.normalName();
      if (name.equals("br") && !outer.hidden) {
        add(node, true, outer);
      }
      if (BLOCKS.contains(name)) {
        block++;
      }
      contexts.push(inside(element, name, outer));
    } else if (node instanceof TextNode && !(node instanceof CDataNode) && !outer.hidden) {
      add(node, false, outer);
    }
  }

  @Override
  public void tail(Node node, int depth) {
    if (node instanceof Element element) {
      contexts.pop();
      if (BLOCKS.contains(element.normalName())) {
        block++;
      }
    }
  }

  private void add(Node node, boolean lineBreak, Context context) {
    Range range = node.sourceRange();
    if (range.isTracked() && range.endPos() > range.startPos()) {
      pieces.add(new Piece(range.startPos(), range.endPos(), block, lineBreak, context));
    }
  }

  private Context inside(Element element, String name, Context outer) {
    boolean isBlock = BLOCKS.contains(name);
    BlockKind kind =
        switch (name) {
          case "h1", "h2", "h3", "h4", "h5", "h6" -> BlockKind.TITLE;
          case "li", "dt", "dd" -> BlockKind.LIST_ITEM;
          case "blockquote" -> BlockKind.QUOTE;
          case "figcaption", "caption" -> BlockKind.CAPTION;
          default -> outer.kind;
        };
    if (isEmpty(element)) {
      // The parser lets <a id="x"/> hold what follows; its author did not.
      return outer;
    }
    return new Context(
        isBlock ? element : outer.block,
        kind,
        mark(element, name, isBlock, outer),
        outer.hidden || isHidden(element, name),
        outer.link || (name.equals("a") && leadsElsewhere(element, kind)),
        outer.pre || name.equals("pre") || name.equals("listing") || name.equals("xmp"),
        RaisedFigures.level(name, outer.level),
        isKept(element, name, outer.kept));
  }

  /** Whether an element is not to be translated. */
  private static boolean isKept(Element element, String name, boolean outer) {
    String translate = element.attr("translate").strip().toLowerCase(Locale.ROOT);
    if (translate.equals("no") || element.hasClass("notranslate")) {
      return true;
    }
    return translate.equals("yes") ? false : outer || CODE.contains(name);
  }

  /** The mark that an element is, else the one around it. */
  private static PageMark mark(Element element, String name, boolean isBlock, Context outer) {
    if (PAGE.contains(name)
        || (name.equals("footer") && outer.kind != BlockKind.QUOTE)
        || isPageRole(element.attr("role"))) {
      return new PageMark(element, outer.mark, PageMark.Kind.FIRM, "");
    }
    boolean custom = name.indexOf('-') > 0;
    PageWords.Named named = (isBlock || custom) && !isWhole(name) ? PageWords.of(element) : null;
    if (named != null) {
      return new PageMark(element, outer.mark, named.kind(), named.word());
    }
    boolean beside = name.equals("aside") || element.attr("role").equals("complementary");
    return beside ? new PageMark(element, outer.mark, PageMark.Kind.ASIDE, "") : outer.mark;
  }

  /** An anchor without an address is a place, and a heading's own place is no other page. */
  private static boolean leadsElsewhere(Element anchor, BlockKind kind) {
    return anchor.hasAttr("href")
        && !(kind == BlockKind.TITLE && anchor.attr("href").startsWith("#"));
  }

  /** Whether a tag closed itself, as in XHTML. */
  private boolean isEmpty(Element element) {
    Range range = element.sourceRange();
    int end = range.isTracked() ? range.endPos() : 0;
    if (end < 3 || end > raw.length() || !raw.startsWith("/>", end - 2)) {
      return false;
    }
    // Not the end of an address without quotes: <a href=a/b/>
    char before = raw.charAt(end - 3);
    boolean sure = Space.is(before) || before == '"' || before == '\'';
    return sure || element.attributesSize() == 0;
  }

  /** Elements whose class describes the whole page. */
  private static boolean isWhole(String name) {
    return name.equals("html") || name.equals("body") || name.equals("main");
  }

  private static boolean isPageRole(String role) {
    return switch (role) {
      case "navigation",
          "banner",
          "contentinfo",
          "search",
          "dialog",
          "menu",
          "toolbar",
          "alertdialog" ->
          true;
      default -> false;
    };
  }

  private static boolean isHidden(Element element, String name) {
    if (HIDDEN.contains(name) || element.hasAttr("hidden")) {
      return true;
    }
    if (element.hasAttr("style")) {
      String style = element.attr("style").toLowerCase(Locale.ROOT).replace(" ", "");
      if (style.contains("display:none") || style.contains("visibility:hidden")) {
        return true;
      }
    }
    return element.hasAttr("class") && HIDDEN_WORDS.stream().anyMatch(element::hasClass);
  }

  private List<HtmlBlock> blocks() {
    // Text that the parser moved out of a table has another place in the tree than in the source.
    pieces.sort(Comparator.comparingInt(Piece::start));
    // A page all of which is preformatted is a letter or a poem, not code.
    boolean all =
        pieces.stream()
            .allMatch(
                piece ->
                    piece.lineBreak
                        || piece.context.pre
                        || raw.substring(piece.start, piece.end).isBlank());
    List<HtmlBlock> blocks = new ArrayList<>();
    int first = 0;
    for (int i = 1; i <= pieces.size(); i++) {
      cancellation.check();
      if (i == pieces.size() || pieces.get(i).block != pieces.get(first).block) {
        assemble(raw, pieces.subList(first, i), all, blocks);
        first = i;
      }
    }
    return blocks;
  }

  private static void assemble(
      String raw, List<Piece> flow, boolean allKept, List<HtmlBlock> blocks) {
    RenderedText rendered = new RenderedText();
    List<TextSpan> kept = new ArrayList<>();
    int linked = 0;
    int end = flow.get(0).start;
    Context context = flow.get(0).context;
    for (Piece piece : flow) {
      if (piece.start < end) {
        continue;
      }
      end = piece.end;
      if (piece.lineBreak) {
        if (rendered.endsWithBreak()) {
          finish(rendered, linked, context, kept, blocks);
          rendered = new RenderedText();
          kept = new ArrayList<>();
          linked = 0;
        } else {
          rendered.lineBreak(piece.start, piece.end);
        }
        continue;
      }
      int before = rendered.length();
      rendered.append(raw, piece.start, piece.end, piece.context.pre, piece.context.level);
      linked += piece.context.link ? rendered.length() - before : 0;
      if (piece.context.kept && !allKept) {
        kept.add(new TextSpan(before, rendered.length()));
      }
    }
    finish(rendered, linked, context, kept, blocks);
  }

  private static void finish(
      RenderedText rendered,
      int linked,
      Context context,
      List<TextSpan> kept,
      List<HtmlBlock> blocks) {
    String text = rendered.text();
    List<TextSpan> lines = new ArrayList<>();
    for (TextSpan line : TextLines.of(text)) {
      TextSpan trimmed = Space.trim(text, line.start(), line.end());
      if (!trimmed.isEmpty()) {
        lines.add(trimmed);
      }
    }
    if (lines.isEmpty()) {
      return;
    }
    TextSpan all = lines.get(0).union(lines.get(lines.size() - 1));
    List<TextSpan> inside = lines.stream().map(line -> line.shift(-all.start())).toList();
    String visible = all.of(text);
    blocks.add(
        new HtmlBlock(
            visible,
            rendered.map().slice(all),
            LineWrapping.join(visible, inside),
            context.kind,
            context.block,
            context.mark,
            exempt(text, kept, all),
            (double) linked / text.length()));
  }

  /** The ranges inside {@code all}, without spaces at their ends; neighbours are one. */
  private static List<TextSpan> exempt(String text, List<TextSpan> kept, TextSpan all) {
    List<TextSpan> exempt = new ArrayList<>();
    for (TextSpan range : kept) {
      int start = Math.max(range.start(), all.start());
      int end = Math.min(range.end(), all.end());
      TextSpan span = start < end ? Space.trim(text, start, end) : new TextSpan(0, 0);
      if (span.isEmpty()) {
        continue;
      }
      int last = exempt.size() - 1;
      boolean joins =
          last >= 0
              && text.substring(exempt.get(last).end() + all.start(), span.start()).isBlank();
      TextSpan own = span.shift(-all.start());
      if (joins) {
        exempt.set(last, exempt.get(last).union(own));
      } else {
        exempt.add(own);
      }
    }
    return exempt;
  }
}
