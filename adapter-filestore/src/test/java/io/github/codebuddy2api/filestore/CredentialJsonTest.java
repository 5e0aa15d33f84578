package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.filestore.CredentialJson.NotCredential;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

final class CredentialJsonTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final CredentialJson json = new CredentialJson();

    private ObjectNode read(String text) throws NotCredential {
        return json.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_rewrite_replaces_what_it_must_and_keeps_everything_else_in_its_place() throws NotCredential {
        ObjectNode object = read("""
                {"z": 1, "bearer_token": "old", "pi": 3.1415926535897932384626433832795028841971, "one": 1.0,
                 "big": 123456789012345678901234567890, "deep": {"list": [1, null, true, "ü\\u0000\\ud83d\\ude00"]},
                 "refresh_token": "old"}
                """);

        byte[] rewritten = json.write(object, Map.of("bearer_token", NODES.stringNode("new")));

        ObjectNode again = json.read(rewritten);
        assertThat(again.propertyNames())
                .containsExactly("z", "bearer_token", "pi", "one", "big", "deep", "refresh_token");
        assertThat(again.get("bearer_token").stringValue()).isEqualTo("new");
        assertThat(new String(rewritten, StandardCharsets.UTF_8))
                .contains("3.1415926535897932384626433832795028841971", "1.0", "123456789012345678901234567890");
        assertThat(again.get("deep")).isEqualTo(object.get("deep"));
        assertThat(object.get("bearer_token").stringValue())
                .as("what was read stays as it was")
                .isEqualTo("old");
    }

    @Test
    void a_number_that_no_machine_can_hold_makes_the_file_no_credential() {
        assertThatThrownBy(() -> read("{\"bearer_token\":\"x\",\"expires_at\":1e30899999999999999}"))
                .isInstanceOf(NotCredential.class)
                .hasMessage("it has a number beyond all bounds");
    }

    @Test
    void a_member_that_is_new_comes_last() throws NotCredential {
        byte[] rewritten = json.write(read("{\"a\":1}"), Map.of("b", NODES.numberNode(2)));

        assertThat(json.read(rewritten).propertyNames()).containsExactly("a", "b");
    }

    @Test
    void writing_what_was_written_changes_no_byte() throws NotCredential {
        byte[] once = json.write(read("{\"a\": [1.50, 1e5, -0.0, {\"b\": \"\\u00e9\"}]}"), Map.of());

        assertThat(json.write(json.read(once), Map.of())).isEqualTo(once);
    }

    @Test
    void what_is_too_deep_too_long_or_not_utf8_is_refused_at_once() {
        assertThatThrownBy(() -> read("[".repeat(100_000))).isInstanceOf(NotCredential.class);
        assertThatThrownBy(() -> read("{\"a\":" + "9".repeat(10_000) + "}")).isInstanceOf(NotCredential.class);
        assertThatThrownBy(() -> read("{\"" + "k".repeat(10_000) + "\":1}")).isInstanceOf(NotCredential.class);
        assertThatThrownBy(() -> json.read(new byte[CredentialJson.MAX_BYTES + 1]))
                .hasMessage("it is larger than 1 MiB");
        assertThatThrownBy(() -> json.read(new byte[] {'{', (byte) 0xC3, '}'})).hasMessage("it is not UTF-8 text");
    }
}
