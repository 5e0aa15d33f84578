/**
 * Settings and credentials in files. Start at {@link io.github.codebuddy2api.filestore.ConfigFile} for the settings and
 * at {@link io.github.codebuddy2api.filestore.CredentialFiles} for the credentials. What the values mean to the gateway
 * is core's business, not decided here.
 */
package io.github.codebuddy2api.filestore;
