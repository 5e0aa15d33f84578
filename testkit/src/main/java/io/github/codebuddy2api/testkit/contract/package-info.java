/**
 * What each port promises, as tests. A test class of an adapter implements the contract's interface and inherits its
 * tests; the fake of the same port does so too, so a fake cannot promise more than the real thing. Start at {@link
 * io.github.codebuddy2api.testkit.contract.UpstreamContract}.
 */
package io.github.codebuddy2api.testkit.contract;
