package io.github.codebuddy2api.acceptance;

/** A small chat request, streaming or not. */
record Question(String model, boolean stream) {}
