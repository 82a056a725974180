package dev.verso.evaluation.service;

/**
 * The result of an attack.
 *
 * @param name what was tried
 * @param found what the service did
 * @param held whether the service did what it should
 */
public record Attack(String name, String found, boolean held) {}
