package io.github.codebuddy2api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.codebuddy2api.core.Gateway;
import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.NewCredential;
import io.github.codebuddy2api.core.credential.Tokens;
import io.github.codebuddy2api.core.login.LoginStep;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.testkit.fake.InMemoryCredentialStore;
import io.github.codebuddy2api.testkit.fake.InMemoryRotationStore;
import io.github.codebuddy2api.testkit.fake.InMemoryUsageStore;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedAnswers;
import io.github.codebuddy2api.testkit.fake.ScriptedDirectory;
import io.github.codebuddy2api.testkit.fake.ScriptedLogins;
import io.github.codebuddy2api.testkit.fake.ScriptedQuotas;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A whole gateway behind a real socket, with everything an owner may ask of it, for as long as a test lasts. */
final class Owned implements AutoCloseable {
    static final String VERSION = "1.2.3";
    static final String CAUTION = "Both programs share it.";
    static final Account PERSONAL = account("u-1", null);
    static final Account COMPANY = account("u-1", "e-7");

    final InMemoryCredentialStore store;
    final ScriptedUpstream upstream = ScriptedUpstream.always(Script.text("a"));
    final InMemoryRotationStore choices = new InMemoryRotationStore();
    final ScriptedLogins logins = new ScriptedLogins();
    final ScriptedDirectory directory = ScriptedDirectory.of(PERSONAL, COMPANY);
    final ScriptedQuotas quotas = new ScriptedQuotas();
    final ScriptedAnswers<Credential> refreshes = ScriptedAnswers.choosing(Credentials::refreshed);
    final InMemorySettings settings = new InMemorySettings();
    volatile HttpOptions options = HttpOptions.of("127.0.0.1", 0);
    volatile GatewaySettings gatewaySettings = GatewaySettings.DEFAULT;
    volatile ServerPassword password = ServerPassword.from(Served.PASSWORD, true);

    private final Gateway gateway;
    private final HttpAdapter adapter;

    Owned(Credential... credentials) {
        this(Time.system(), Map.of(), credentials);
    }

    /** Behind another clock, and with a page. */
    Owned(Time time, Map<String, PageFile> pages, Credential... credentials) {
        store = InMemoryCredentialStore.of(credentials);
        RequestFeed feed = new RequestFeed(time);
        gateway = Gateway.builder()
                .upstream(upstream)
                .credentials(store)
                .logins(logins)
                .refresher(refreshes::ask)
                .accounts(directory)
                .quotas(quotas)
                .rotation(choices)
                .usage(InMemoryUsageStore.of())
                .settings(() -> gatewaySettings)
                .listener(feed)
                .build();
        HttpParts parts = HttpParts.of(() -> options, () -> password)
                .with(settings)
                .with(Owned::imported)
                .withFilePaths(name -> "creds/" + name)
                .with(pages)
                .with(feed)
                .withVersion(VERSION);
        adapter = HttpAdapter.start(gateway, parts, new SplittableRandom(42), time);
    }

    private static CredentialImporter.Import imported(String content, boolean accessTokenOnly) {
        if (!content.contains("token")) {
            throw InvalidRequest.value("file", "The file cannot be imported: it has no token.");
        }
        Credential found = Credentials.of("imported");
        NewCredential credential =
                new NewCredential(found.tokens(), found.account(), NewCredential.Origin.IMPORT, "imported.json");
        return new CredentialImporter.Import(credential, accessTokenOnly ? null : CAUTION);
    }

    private static Account account(String uid, @Nullable String enterprise) {
        return new Account(
                uid, "ada@example.org", "ada@example.org", "Ada", "www.codebuddy.cn", enterprise, enterprise, null);
    }

    HttpAdapter adapter() {
        return adapter;
    }

    RawCaller connect() {
        return new RawCaller(adapter.port());
    }

    RawCaller.Response get(String path) {
        try (RawCaller caller = connect()) {
            return caller.ask("GET", path).response();
        }
    }

    /** With the password. */
    RawCaller.Response post(String path, String json, String... headers) {
        try (RawCaller caller = connect()) {
            String more = String.join("", headers);
            return caller.post(path, json.getBytes(UTF_8), more).response();
        }
    }

    /** Without the password. */
    RawCaller.Response stranger(String method, String path, String headers, String body) {
        try (RawCaller caller = connect()) {
            byte[] bytes = body.getBytes(UTF_8);
            caller.send(method + " " + path + " HTTP/1.1\r\nHost: localhost:" + adapter.port() + "\r\n" + headers
                    + (bytes.length == 0
                            ? ""
                            : "Content-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n")
                    + "\r\n");
            caller.send(bytes);
            return method.equals("HEAD") ? caller.headOnly() : caller.response();
        }
    }

    /** The same, of whose answer only the head is waited for: a stream of events never ends. */
    RawCaller.Response head(String method, String path, String headers, String body) {
        try (RawCaller caller = connect()) {
            String length = body.isEmpty()
                    ? ""
                    : "Content-Type: application/json\r\nContent-Length: " + body.getBytes(UTF_8).length + "\r\n";
            return caller.send(method + " " + path + " HTTP/1.1\r\nHost: localhost:" + adapter.port() + "\r\n" + headers
                            + length + "\r\n" + body)
                    .headOnly();
        }
    }

    /** Under another name; the head of the answer. */
    RawCaller.Response under(String host, String method, String path, String headers) {
        try (RawCaller caller = connect()) {
            return caller.send(method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers
                            + "Content-Length: 0\r\n\r\n")
                    .headOnly();
        }
    }

    /** What stands behind {@code "name":} in {@code json}, if it is a string. */
    static String text(String json, String name) {
        int start = json.indexOf("\"" + name + "\":\"") + name.length() + 4;
        return json.substring(start, json.indexOf('"', start));
    }

    /** The end of a login whose tokens must not be seen. */
    static LoginStep loggedIn() {
        Instant now = Instant.now();
        Tokens tokens = new Tokens(
                Secret.of("not-a-token-of-the-login"),
                Secret.of("not-a-refresh-token-of-the-login"),
                now,
                now.plusSeconds(3600),
                null,
                "Bearer",
                "openid",
                null);
        return new LoginStep.Complete(tokens, PERSONAL, List.of(PERSONAL, COMPANY));
    }

    /** A credential of which everything is known. */
    static Credential full(String id, Instant issuedAt, Instant expiresAt) {
        Credential plain = Credentials.of(id);
        return new Credential(
                plain.id(),
                id + ".json",
                new Tokens(
                        plain.accessToken(),
                        Secret.of("not-a-refresh-token-of-" + id),
                        issuedAt,
                        expiresAt,
                        null,
                        "Bearer",
                        "openid email",
                        "session-" + id),
                PERSONAL);
    }

    @Override
    public void close() {
        gateway.close();
        adapter.close();
    }
}
