package dev.verso.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.text.InputException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which elements stand inside sentences. */
class XmlOutlineTest {

  private static Set<String> inline(String xml, TagRules tags) {
    return XmlOutline.of("the text", xml, tags).inline();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<p>Le <b>chat</b> dort.</p>|b",
        "Le <b>chat</b> dort.|b",
        "<doc><par>Un.</par><par>Deux.</par></doc>|''",
        "<doc>Intro <p>Un.</p></doc>|''",
        "<doc>Texte <list><item>Un</item><item>Deux</item></list></doc>|''",
        "<doc>Texte <note>un <b>mot</b></note>.</doc>|b note",
        "<P>Le <B>chat</B> et <x:y/> l&eacute;.</P>|b x:y",
        "<?xml version='1.0'?> <p>Le<i/> chat</p>|i",
        "<p>Le <![CDATA[chat]]><i/></p>|i",
        "<p><!-- Le --><i/></p>|''"
      })
  void contentTells(String xml, String names) {
    Set<String> expected = names.isEmpty() ? Set.of() : Set.of(names.split(" "));
    assertThat(inline(xml, TagRules.NONE)).isEqualTo(expected);
  }

  @Test
  void whatIsSaidOverrulesTheContent() {
    String xml = "<doc><par>Un <b>mot</b></par><par>et deux.</par></doc>";
    Set<String> none = Set.of();
    assertThat(inline(xml, new TagRules(true, none, Set.of("PAR"), none)))
        .containsExactlyInAnyOrder("b", "par");
    assertThat(inline(xml, new TagRules(true, Set.of("b"), none, none))).isEmpty();
    assertThat(inline(xml, new TagRules(false, Set.of("par"), none, none))).containsExactly("b");
    assertThat(inline("<doc><b>Un</b><i>deux</i></doc>", new TagRules(false, none, none, none)))
        .containsExactlyInAnyOrder("b", "doc", "i");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Le <b>chat", "Le </b>chat", "un & deux", "1 < 2", "<a b></a>", "<a></A>"})
  void whatIsNotWellFormedIsRefused(String xml) {
    assertThatThrownBy(() -> inline(xml, TagRules.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("the text is not well-formed XML");
  }

  @Test
  void aNameIsNoMarkup() {
    assertThatThrownBy(() -> new TagRules(true, Set.of("a: b\n"), Set.of(), Set.of()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a: b");
  }

  @Test
  void sectionsBecomeText() {
    assertThat(XmlOutline.withoutSections("<a><!-- <![CDATA[x]]> --><![CDATA[1 < 2 & $3]]></a>"))
        .isEqualTo("<a><!-- <![CDATA[x]]> -->1 &lt; 2 &amp; $3</a>");
  }
}
