package io.github.codebuddy2api.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.Correlation;
import io.github.codebuddy2api.core.Gateway;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.RawJson;
import io.github.codebuddy2api.core.RequestId;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.chat.ChatChunk;
import io.github.codebuddy2api.core.chat.ChatMessage;
import io.github.codebuddy2api.core.chat.ChatRequest;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.core.chat.FinishReason;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialLabel;
import io.github.codebuddy2api.core.credential.Tokens;
import io.github.codebuddy2api.testkit.fake.InMemoryCredentialStore;
import io.github.codebuddy2api.testkit.fake.RecordingListener;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.module.ModuleReader;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A marker stands wherever something secret or personal can stand, and may be printed nowhere. */
class NothingLeaksTest {
    private static final String MARKER = "canary-in-the-coal-mine";

    /** What is made to be printed: ids, codes and the words of open sets. */
    private static final Set<String> PRINTABLE = Set.of(
            "id", "value", "code", "model", "systemFingerprint", "failure", "aliasOf", "listed", "fallback", "aliases");

    @ParameterizedTest
    @MethodSource("records")
    void no_value_prints_what_it_carries(Class<? extends Record> type) throws ReflectiveOperationException {
        Record value = planted(type);

        assertThat(value.toString()).doesNotContain(MARKER);
    }

    @Test
    void the_marker_is_really_planted() throws ReflectiveOperationException {
        assertThat(records()).hasSizeGreaterThan(20);
        assertThat(((Credential) planted(Credential.class)).accessToken().reveal())
                .isEqualTo(MARKER);
        assertThat(((ChatMessage) planted(ChatMessage.class)).content().text()).contains(MARKER);
        assertThat(((Account) planted(Account.class)).email()).isEqualTo(MARKER);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void nothing_that_a_request_leaves_behind_tells_its_content(Script script) {
        RecordingListener listener = new RecordingListener();
        StringWriter printed = new StringWriter();
        Gateway gateway = Gateway.builder()
                .upstream(ScriptedUpstream.always(script))
                .credentials(InMemoryCredentialStore.of(plantedCredential("a"), plantedCredential("b")))
                .listener(listener)
                .build();
        Correlation correlation = new Correlation(new RequestId("r"), Map.of("X-Conversation-ID", MARKER));
        ChatRequest request =
                new ChatRequest("glm-5.2", List.of(ChatMessage.user(MARKER)), Map.of("user", RawJson.string(MARKER)));

        try (CompletionStream stream = gateway.chat().stream(request, correlation)) {
            printed.append(stream.toString());
            Chunks.drain(stream).forEach(chunk -> printed.append(chunk.toString()));
        } catch (GatewayException failure) {
            failure.printStackTrace(new PrintWriter(printed, true));
        }
        printed.append(request.toString())
                .append(correlation.toString())
                .append(gateway.credentials().list().toString())
                .append(listener.events().toString());

        assertThat(listener.events()).isNotEmpty();
        assertThat(printed.toString()).doesNotContain(MARKER);
    }

    static Stream<Script> scripts() {
        ChatChunk toolCall = Chunks.toolCall(0, MARKER, MARKER, "{\"a\":\"" + MARKER + "\"");
        ChatChunk nameless = Chunks.toolCall(0, null, null, MARKER);
        return Stream.of(
                Script.says(Chunks.reasoning(MARKER), Chunks.content(MARKER), toolCall, Chunks.stop()),
                Script.says(Chunks.content(MARKER)),
                Script.says(nameless, Chunks.finish(FinishReason.TOOL_CALLS)),
                Script.says(Chunks.content(MARKER))
                        .thenFails(GatewayException.UpstreamGarbled.malformed("Nonsense.", null)),
                Script.refuses(new GatewayException.CredentialRejected(true, "Log in again.")));
    }

    private static Credential plantedCredential(String id) {
        Account account = new Account(MARKER, MARKER, MARKER, MARKER, MARKER, MARKER, MARKER, MARKER);
        Tokens tokens = Tokens.of(Secret.of(MARKER + id)).refreshedBy(Secret.of(MARKER));
        return new Credential(new CredentialId(id), id, tokens, account, new CredentialLabel(MARKER));
    }

    /** All records that core shows to others, found in the module itself, so that none can be forgotten. */
    static List<Class<?>> records() {
        Module core = Gateway.class.getModule();
        try (ModuleReader reader = core.getLayer()
                .configuration()
                .findModule(core.getName())
                .orElseThrow()
                .reference()
                .open()) {
            return reader.list()
                    .filter(name -> name.endsWith(".class") && !name.equals("module-info.class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .filter(name -> core.isExported(name.substring(0, name.lastIndexOf('.'))))
                    .<Class<?>>map(name -> Class.forName(core, name))
                    .filter(type -> type.isRecord() && Modifier.isPublic(type.getModifiers()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Record planted(Class<?> type) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = planted(components[i].getGenericType(), components[i].getName());
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Constructor<?> constructor = type.getConstructor(types);
        return (Record) constructor.newInstance(values);
    }

    private static Object planted(Type type, String name) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return List.of(planted(generic.getActualTypeArguments()[0], name));
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            return Map.of("member", planted(generic.getActualTypeArguments()[1], name));
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == Set.class) {
            return Set.of(planted(generic.getActualTypeArguments()[0], name));
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
            return Optional.of(planted(generic.getActualTypeArguments()[0], name));
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return plain.getEnumConstants()[0];
        }
        if (plain.isRecord()) {
            return planted(plain);
        }
        if (plain == GatewayException.class) {
            return new GatewayException.Cancelled();
        }
        if (plain.isSealed()) {
            return planted(plain.getPermittedSubclasses()[0]);
        }
        return Optional.<Object>ofNullable(simple(plain, name))
                .orElseThrow(() -> new AssertionError("teach this test to make a " + plain));
    }

    private static Object simple(Class<?> type, String name) {
        return switch (type.getSimpleName()) {
            case "String" -> PRINTABLE.contains(name) ? "printable" : MARKER;
            case "Secret" -> Secret.of(MARKER);
            case "RawJson" -> RawJson.string(MARKER);
            case "Instant" -> Instant.EPOCH;
            case "Duration" -> Duration.ofSeconds(1);
            case "LocalTime" -> LocalTime.NOON;
            case "URI" -> URI.create("https://www.codebuddy.cn/login?state=" + MARKER);
            case "BigDecimal" -> BigDecimal.ONE;
            case "double", "Double" -> 1.0;
            case "int", "Integer" -> 1;
            case "long", "Long" -> 1L;
            case "boolean", "Boolean" -> true;
            default -> null;
        };
    }
}
