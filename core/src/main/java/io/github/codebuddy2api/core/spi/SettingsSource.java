package io.github.codebuddy2api.core.spi;

import io.github.codebuddy2api.core.settings.GatewaySettings;

/** Where the settings in force come from. Thread-safe. */
@FunctionalInterface
public interface SettingsSource {
    /** The settings in force now. Asked for every request, so it must be cheap: a field read. */
    GatewaySettings current();
}
