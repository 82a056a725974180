/**
 * Trials of the service from outside: killed, shared by instances, under attack, under load.
 *
 * <p>Enters: a command that starts a service. Speaks HTTP to it and knows nothing of its inside.
 */
package dev.verso.evaluation.service;
