/**
 * The packaged product, driven from outside as its users drive it: a child process with a home of its own, the simulator
 * as its upstream, and real clients. Start at {@link io.github.codebuddy2api.acceptance.ServiceUnderTest}.
 */
package io.github.codebuddy2api.acceptance;
