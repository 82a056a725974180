package dev.verso.text;

/** How the bytes of an input are to be read. */
public enum InputFormat {
  /** By its name and its first characters. */
  AUTO,
  /** As plain text, whatever it contains. */
  TEXT,
  /** As HTML, whatever it contains. */
  HTML
}
