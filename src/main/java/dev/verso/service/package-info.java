/**
 * The service: the use cases over HTTP, in an interface of its own and in those of LibreTranslate
 * and DeepL.
 *
 * <p>Enters: settings; requests enter the rooms inside it, {@code api}, {@code libretranslate} and
 * {@code deepl}, by way of {@code http}. The only room that imports Spring.
 *
 * <p>Invariants: nothing blocks an event loop, and the network is never run on a request's thread;
 * whatever a client sends, the answer is not a 5xx; no article text is logged unless asked for.
 */
package dev.verso.service;
