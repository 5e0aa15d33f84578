/** What the owner may set while the gateway runs. */
package io.github.codebuddy2api.core.settings;
