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
 *
 * <p>How credentials are kept: {@code CredentialLooks} knows what the directory held at the last look,
 * {@code CredentialShape} finds a credential in a file's JSON and {@code CredentialRewrite} puts another into it,
 * {@code CredentialChanges} does what changes the disk. Beside the files stand {@code manager_state.json}
 * ({@link io.github.codebuddy2api.filestore.RotationFile}), {@code .trash} and {@code .quarantine} ({@code SetAside}),
 * and {@code .refreshing_<id>} ({@code RefreshNotes}). Everything is written by {@code AtomicFile} or moved as a whole.
 */
package io.github.codebuddy2api.filestore;
