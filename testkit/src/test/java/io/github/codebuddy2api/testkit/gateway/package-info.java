/** The whole core through its public doors, with fakes around it. Start at {@code EmbeddingExampleTest}. */
package io.github.codebuddy2api.testkit.gateway;
