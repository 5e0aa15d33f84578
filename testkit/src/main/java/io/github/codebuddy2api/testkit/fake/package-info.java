/**
 * Ports that do what a test says, and remember what they were asked. Start at {@link
 * io.github.codebuddy2api.testkit.fake.ScriptedUpstream}.
 */
package io.github.codebuddy2api.testkit.fake;
