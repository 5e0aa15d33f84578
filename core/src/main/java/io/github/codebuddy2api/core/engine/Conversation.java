package io.github.codebuddy2api.core.engine;

/**
 * Which conversation a request belongs to.
 *
 * @param digest a keyed digest of the caller's name for it, or of how it began; nothing can be read from it
 * @param underWay whether there may have been an answer in it before: a first turn without a name looks like any other
 *     that begins with the same words
 */
record Conversation(String digest, boolean underWay) {}
