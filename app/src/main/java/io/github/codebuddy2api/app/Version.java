package io.github.codebuddy2api.app;

/** Which version this is, as the jar's manifest says. */
final class Version {
    static final String CURRENT = current();

    private Version() {}

    private static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
