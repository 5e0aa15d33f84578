package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.NewCredential;
import io.github.codebuddy2api.core.credential.NewCredential.Origin;
import io.github.codebuddy2api.core.credential.Tokens;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A credential directory, a clock, and what a test does to them. */
final class CredentialFilesBench {
    static final String GOOD = "{\"bearer_token\": \"not-a-token\"}";
    static final Instant NOW = ManualTime.START;
    static final Account LI =
            new Account("u-1", "li@example.com", "li@example.com", "Li", "www.codebuddy.cn", null, null, null);

    final ManualTime time = new ManualTime();
    final List<CredentialScan> scans = new ArrayList<>();
    final Path directory;

    CredentialFilesBench(Path directory) {
        this.directory = directory;
    }

    /** The bench of the directory {@code creds} in {@code home}, which is made. */
    static CredentialFilesBench in(Path home) throws IOException {
        return new CredentialFilesBench(Files.createDirectory(home.resolve("creds")));
    }

    CredentialFiles files() {
        return new CredentialFiles(() -> directory, time, scans::add);
    }

    CredentialFiles files(Disk disk) {
        return new CredentialFiles(() -> directory, time, scans::add, disk);
    }

    Path put(String name, String content) throws IOException {
        Path file = Files.writeString(directory.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    ObjectNode json(String name) throws Exception {
        return new CredentialJson().read(Files.readAllBytes(directory.resolve(name)));
    }

    String text(String name) throws IOException {
        return Files.readString(directory.resolve(name), StandardCharsets.UTF_8);
    }

    /** Everything below the directory, as relative paths in order. */
    List<String> tree() throws IOException {
        try (var entries = Files.walk(directory, new FileVisitOption[0])) {
            return entries.filter(entry -> !Files.isDirectory(entry))
                    .map(entry -> directory.relativize(entry).toString())
                    .sorted()
                    .toList();
        }
    }

    /** Goes to a time at which no file that was written until now is new. */
    void settle() {
        Duration missing = Duration.between(time.instant(), Instant.now().plusSeconds(60));
        if (missing.isPositive()) {
            time.advance(missing);
        }
    }

    CredentialFiles later(CredentialFiles files) {
        time.advance(Duration.ofSeconds(1));
        files.all();
        return files;
    }

    static List<String> tokens(CredentialFiles files) {
        return files.all().stream()
                .map(credential -> credential.accessToken().reveal())
                .toList();
    }

    static String token(String token) {
        return "{\"bearer_token\": \"" + token + "\"}";
    }

    static NewCredential typedIn(String token, String name) {
        return new NewCredential(Tokens.of(Secret.of(token)), Account.UNKNOWN, Origin.MANUAL, name);
    }

    static NewCredential loggedIn(String token) {
        return new NewCredential(tokens(token, "refresh-" + token, NOW), LI, Origin.LOGIN, null);
    }

    static Tokens tokens(String access, String refresh, Instant issued) {
        return new Tokens(
                Secret.of(access),
                Secret.of(refresh),
                issued,
                issued.plusSeconds(86_400),
                issued.plusSeconds(2_592_000),
                "Bearer",
                "openid profile",
                "0c3d5a52");
    }

    /** What a refresh makes of it. */
    static Credential refreshed(Credential credential, String token, Instant issued) {
        return credential.with(tokens(token, "refresh-" + token, issued));
    }
}
