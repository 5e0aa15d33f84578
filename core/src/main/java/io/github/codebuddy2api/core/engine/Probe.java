package io.github.codebuddy2api.core.engine;

/**
 * What a request finds out on its way: whether a rest is over.
 *
 * @param number no other one has it
 * @param code the failure that caused the rest
 */
record Probe(long number, String code) {}
