package dev.verso.file;

/**
 * A translated file.
 *
 * @param name what to call it, without folders
 * @param mediaType as in an HTTP header
 * @param content its bytes; the receiver owns the array
 * @param sourceCharacters UTF-16 units of text that were translated
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and files are large
public record TranslatedFile(
    String name, String mediaType, byte[] content, long sourceCharacters) {}
