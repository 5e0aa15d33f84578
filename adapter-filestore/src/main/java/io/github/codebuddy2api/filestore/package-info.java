/**
 * Settings, credentials and usage in files. Start at {@link io.github.codebuddy2api.filestore.SettingsFile} for the
 * settings of a program that runs, at {@link io.github.codebuddy2api.filestore.ConfigFile} for the file behind them, at
 * {@link io.github.codebuddy2api.filestore.CredentialFiles} for the credentials and at
 * {@link io.github.codebuddy2api.filestore.UsageFile} for the usage. What the values mean to the gateway is core's
 * business, not decided here.
 *
 * <p>How the settings come to be: {@code ConfigText} turns bytes into text, {@code YamlReader} text into nodes that know
 * their place, {@code ConfigReader} nodes into a {@link io.github.codebuddy2api.filestore.Config}. A change goes the
 * same way: {@code SettingsEditor} puts the new values into the nodes and has them read, which is all the checking there
 * is; {@code YamlEdit} puts them into the text; and only a text that is read back as those nodes is written.
 *
 * <p>Beside {@code config/config.yaml} stand {@code config.yaml.1} to {@code .5}, the contents before, the newest first,
 * and {@code .config.last-good.yaml}, the last content that could be used.
 */
package io.github.codebuddy2api.filestore;
