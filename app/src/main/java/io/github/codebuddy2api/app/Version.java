package io.github.codebuddy2api.app;

import java.lang.module.ModuleDescriptor;

/** Which version this is, as the module says. */
final class Version {
    static final String CURRENT = current();

    private Version() {}

    private static String current() {
        ModuleDescriptor module = Version.class.getModule().getDescriptor();
        return module == null ? "unpackaged" : module.rawVersion().orElse("unpackaged");
    }
}
