package io.github.codebuddy2api.acceptance;

/**
 * What a client made of an answer.
 *
 * @param failed whether it raised an error
 * @param told the code or the words of the error, else text, calls of tools and finish reason
 */
record Reading(boolean failed, String told) {}
