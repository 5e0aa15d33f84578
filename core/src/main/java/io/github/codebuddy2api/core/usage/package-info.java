/** What was asked and spent: counted per model and credential, never what was said. */
package io.github.codebuddy2api.core.usage;
