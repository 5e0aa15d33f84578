package io.github.codebuddy2api.http;

import java.util.Locale;
import java.util.Set;

/** Passwords that stand in examples and guides, and are tried first. */
final class Placeholders {
    private static final Set<String> KNOWN = Set.of(
            "your_secret_password",
            "your-secret-password",
            "your_secure_password",
            "your_password",
            "your-password",
            "your_password_here",
            "yourpassword",
            "<your-password>",
            "change-me",
            "change_me",
            "changeme",
            "change-this-password",
            "password",
            "password123",
            "passw0rd",
            "secret",
            "admin",
            "admin123",
            "123456",
            "12345678",
            "123456789",
            "1234567890",
            "codebuddy",
            "codebuddy2api",
            "test",
            "example",
            "placeholder",
            "xxx",
            "sk-xxx");

    private Placeholders() {}

    static boolean contain(String password) {
        return KNOWN.contains(password.strip().toLowerCase(Locale.ROOT));
    }
}
