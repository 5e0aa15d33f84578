/** The language models on offer. */
package io.github.codebuddy2api.core.catalog;
