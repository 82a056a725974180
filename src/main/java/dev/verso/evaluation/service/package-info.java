/**
 * Trials of the service from outside: killed, shared by instances, under attack, under load.
 *
 * <p>Enters: a command that starts a service. Uses only its HTTP interface.
 */
package dev.verso.evaluation.service;
