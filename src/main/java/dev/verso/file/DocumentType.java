package dev.verso.file;

import dev.verso.text.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Refuses XML that declares a document type, and with it entities and external files.
 *
 * <p>It uses the filters' own parser, so both see the same in every encoding. Since the filters
 * give it bytes in one place and characters in another, both are checked. It reads up to the first
 * element, after which no declaration is possible. Thread-safe.
 */
final class DocumentType {

  private static final XMLInputFactory FACTORY = factory();

  private DocumentType() {}

  /** Opens something from its beginning. */
  @FunctionalInterface
  interface Source {
    /** A new stream. */
    InputStream open() throws IOException;
  }

  /**
   * Checks bytes; what is not XML passes.
   *
   * @param what names them to the user
   * @throws InputException if they declare a document type
   */
  static void refuse(String what, Source source) {
    try (InputStream in = source.open()) {
      refuse(what, parser(in));
    } catch (XMLStreamException | IOException | RuntimeException e) {
      pass(e);
    }
    try (InputStream in = source.open();
        Reader characters = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      refuse(what, characters);
    } catch (IOException e) {
      pass(e);
    }
  }

  /**
   * Checks characters; what is not XML passes.
   *
   * @param what names them to the user
   * @throws InputException if they declare a document type
   */
  static void refuse(String what, Reader characters) {
    try {
      refuse(what, parser(characters));
    } catch (XMLStreamException | RuntimeException e) {
      pass(e);
    }
  }

  /** What this parser can't read, the filters can't read either. */
  private static void pass(Exception e) {
    if (e instanceof InputException refused) {
      throw refused;
    }
  }

  /** A parser like the filters', without document types. */
  static XMLStreamReader parser(InputStream bytes) throws XMLStreamException {
    return FACTORY.createXMLStreamReader(bytes);
  }

  /** A parser like the filters', without document types. */
  static XMLStreamReader parser(Reader characters) throws XMLStreamException {
    return FACTORY.createXMLStreamReader(characters);
  }

  private static void refuse(String what, XMLStreamReader xml) throws XMLStreamException {
    try {
      for (int event = xml.getEventType();
          event != XMLStreamConstants.START_ELEMENT && xml.hasNext();
          event = xml.next()) {
        if (event == XMLStreamConstants.DTD) {
          throw new InputException(
              what + " declares a document type, which may name files elsewhere; remove it");
        }
      }
    } finally {
      xml.close();
    }
  }

  /** A factory like the filters', whose parsers resolve nothing. */
  private static XMLInputFactory factory() {
    XMLInputFactory factory =
        XMLInputFactory.newFactory(
            "javax.xml.stream.XMLInputFactory", DocumentType.class.getClassLoader());
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("nothing outside the file may be opened");
        });
    return factory;
  }
}
