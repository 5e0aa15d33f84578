/**
 * A pretend CodeBuddy on a loopback port: login, refresh, accounts, chat, models, billing and check-in, with every known
 * refusal and every fault of the wire on demand, and a journal of what it received and when its peer left.
 *
 * <p>Start reading at {@link io.github.codebuddy2api.simulator.SimulatedCodeBuddy}. It shares no code with the gateway it
 * tests: its JSON, HTTP and SSE are its own.
 */
package io.github.codebuddy2api.simulator;
