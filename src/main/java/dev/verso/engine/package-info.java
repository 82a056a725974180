/**
 * A model opened once, with the translator and the aligners over it; the models of this machine.
 *
 * <p>What enters: a model's directory. An {@link dev.verso.engine.Engine} owns the model and closes
 * it; nobody else opens one to translate. Files are checked against their hashes before they are
 * used. Lanes of one engine share its decoder's threads.
 */
package dev.verso.engine;
