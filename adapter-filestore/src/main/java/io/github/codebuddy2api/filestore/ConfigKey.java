package io.github.codebuddy2api.filestore;

import java.util.ArrayList;
import java.util.List;

/**
 * A key of the configuration file.
 *
 * @param name its full name, such as {@code server.port}
 * @param elsewhere the places where older files have it
 * @param cure what to write there, as a sentence without its full stop
 * @param secret whether its value must not be shown
 */
record ConfigKey(String name, List<String> elsewhere, String cure, boolean secret) {
    ConfigKey {
        elsewhere = List.copyOf(elsewhere);
    }

    static ConfigKey of(String name, String cure) {
        return new ConfigKey(name, List.of(), cure, false);
    }

    static ConfigKey ofSecret(String name, String cure) {
        return new ConfigKey(name, List.of(), cure, true);
    }

    ConfigKey or(String... places) {
        return new ConfigKey(name, List.of(places), cure, secret);
    }

    /** The same key, looked for where older files have it too. */
    ConfigKey orElsewhere() {
        return or(OldPlaces.of(name).toArray(String[]::new));
    }

    /** Every place to look, the canonical one first. */
    List<String> places() {
        List<String> places = new ArrayList<>(List.of(name));
        places.addAll(elsewhere);
        return places;
    }
}
