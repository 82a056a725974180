package dev.verso.translation;

/** Who waits for a translation: that decides what is decoded first, never what comes out. */
public enum Lane {
  /** Somebody sits before the screen: decoded first. */
  INTERACTIVE,
  /** A job: decoded when no interactive work is waiting, and paused between steps for it. */
  BULK
}
