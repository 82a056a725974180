package dev.verso.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.text.InputException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranslationMemoriesTest {

  private static Map<String, String> read(String xml) {
    return TranslationMemories.read("m", xml.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void tmxKeepsTextAndDropsCodes() {
    assertThat(
            read(
                """
                <?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">
                <tmx version="1.4"><header srclang="fr"/><body>
                <tu><tuv xml:lang="FR-fr"><seg>Le <bpt i="1">&lt;b></bpt>chat<ept i="1">&lt;/b></ept></seg></tuv>
                <tuv xml:lang="en"><seg>The <hi>cat</hi> </seg></tuv></tu>
                <tu><tuv lang="fr"><seg>Seul</seg></tuv><tuv lang="de"><seg>Allein</seg></tuv></tu>
                </body></tmx>"""))
        .containsExactly(Map.entry("Le chat", "The cat"));
  }

  @Test
  void xliff2HasSegmentsAndInlineElements() {
    assertThat(
            read(
                """
                <xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="fr" trgLang="en">
                <file id="f"><unit id="u"><notes><note>Un chat</note></notes>
                <mtc:matches xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0"><mtc:match ref="#s">
                <source>Le chat</source><target>A dog</target></mtc:match></mtc:matches>
                <segment id="s"><source>Le <pc id="1">chat</pc></source><target>The <mrk id="m">cat</mrk></target></segment>
                <ignorable><source> </source></ignorable>
                <segment><source>Sans anglais</source></segment>
                <segment><source>A<cp hex="0007"/>B</source><target>A<ph id="2"/>B</target></segment>
                </unit></file></xliff>"""))
        .containsExactly(Map.entry("Le chat", "The cat"), Map.entry("A\u0007B", "AB"));
  }

  @Test
  void charactersThatNoTextCanHoldAreReplaced() {
    for (String hex : new String[] {"0000", "D800", "dfff", "110000", "-1", "x", ""}) {
      assertThat(
              read(
                  "<xliff srcLang='fr' trgLang='en'><file><unit><segment><source>Un</source>"
                      + "<target>One<cp hex='"
                      + hex
                      + "'/></target></segment></unit></file></xliff>"))
          .as(hex)
          .containsExactly(Map.entry("Un", "One\uFFFD"));
    }
  }

  @Test
  void xliff12HasUnitsWhoseSegmentsAreMarked() {
    assertThat(
            read(
                """
                <xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
                <file source-language="fr-FR" target-language="en-GB" original="a" datatype="x"><body>
                <trans-unit id="1"><source>Il pleut. Il neige.</source>
                <seg-source><mrk mtype="seg" mid="0">Il pleut.</mrk> <mrk mtype="seg" mid="1">Il neige.</mrk></seg-source>
                <target><mrk mtype="seg" mid="0">It rains.</mrk> <mrk mtype="seg" mid="1">It <g id="1">snows</g>.</mrk></target>
                <alt-trans><source>Il pleut.</source><target>It pours.</target></alt-trans></trans-unit>
                <trans-unit id="2"><source>Un<x id="1"/><bpt id="2">&lt;b></bpt> chat</source><target>A cat</target></trans-unit>
                </body></file></xliff>"""))
        .containsOnly(
            Map.entry("Il pleut. Il neige.", "It rains. It snows."),
            Map.entry("Il pleut.", "It rains."),
            Map.entry("Il neige.", "It snows."),
            Map.entry("Un chat", "A cat"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<html/> | m is neither TMX nor XLIFF: it begins with <html>",
        "'' | m is neither TMX nor XLIFF",
        "<tmx><body> | m is neither TMX nor XLIFF",
        "<tmx/> | m contains no unit with French and English",
        "<xliff srcLang=\"de\" trgLang=\"en\"><file/></xliff> | from “de” into “en”",
        "<xliff><file source-language=\"fr\" target-language=\"es\"/></xliff> | from “fr” into “es”",
      })
  void whatIsNoMemoryIsRefused(String xml, String message) {
    assertThatThrownBy(() -> read(xml))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }
}
