package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.RawJson;
import io.github.codebuddy2api.core.chat.ChatMessage;
import io.github.codebuddy2api.core.chat.ChatRequest;
import io.github.codebuddy2api.core.chat.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * The body of one chat request, as CodeBuddy wants it (protocol sheet, 4.3 to 4.5): streamed, with usage, beginning with
 * a system message. {@link RequestMembers} has the rules for everything beside model and messages. Pure.
 */
final class RequestBody {
    private static final int ROOM_PER_MESSAGE = 64;
    private static final int ROOM_PER_MEMBER = 32;

    private final Bytes out;

    private RequestBody(int size) {
        this.out = new Bytes(size);
    }

    /**
     * The JSON text in UTF-8.
     *
     * @throws InvalidRequest if something was asked that CodeBuddy has no words for
     */
    static byte[] of(ChatRequest request, String systemMessage) {
        Map<String, RawJson> members = RequestMembers.of(request.rest());
        RequestBody body = new RequestBody(size(request.messages(), members) + systemMessage.length());
        body.write(modelOf(request), request.messages(), systemMessage);
        members.forEach((name, value) -> {
            body.out.text(",");
            body.member(name, value);
        });
        body.out.text("}");
        return body.out.toByteArray();
    }

    /** CodeBuddy knows no namespaces: of {@code vendor/model} the last part counts. */
    private static String modelOf(ChatRequest request) {
        String model = request.model().substring(request.model().lastIndexOf('/') + 1);
        if (model.isBlank()) {
            throw InvalidRequest.value("model", "The model has no name.");
        }
        return model;
    }

    private void write(String model, List<ChatMessage> messages, String systemMessage) {
        out.text("{");
        member("model", RawJson.string(model));
        out.text(",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[");
        boolean hasSystem = upstreamRole(messages.getFirst()).equals(Role.SYSTEM);
        if (!hasSystem) {
            message(ChatMessage.system(systemMessage));
        }
        for (int i = 0; i < messages.size(); i++) {
            if (i > 0 || !hasSystem) {
                out.text(",");
            }
            message(messages.get(i));
        }
        out.text("]");
    }

    private void message(ChatMessage message) {
        out.text("{");
        member("role", RawJson.string(upstreamRole(message).value()));
        if (message.content() != null) {
            out.text(",");
            member("content", message.content());
        }
        message.rest().forEach((name, value) -> {
            if (!name.equals("role") && !name.equals("content")) {
                out.text(",");
                member(name, value);
            }
        });
        out.text("}");
    }

    /** The role {@code developer} is refused upstream, and means the same. */
    private static Role upstreamRole(ChatMessage message) {
        return message.role().equals(Role.DEVELOPER) ? Role.SYSTEM : message.role();
    }

    private void member(String name, RawJson value) {
        out.json(RawJson.string(name));
        out.text(":");
        out.json(value);
    }

    private static int size(List<ChatMessage> messages, Map<String, RawJson> members) {
        long size = 256;
        for (ChatMessage message : messages) {
            size += ROOM_PER_MESSAGE
                    + (message.content() == null ? 0 : message.content().length())
                    + size(message.rest());
        }
        return Math.toIntExact(size + size(members));
    }

    private static long size(Map<String, RawJson> members) {
        long size = 0;
        for (Map.Entry<String, RawJson> member : members.entrySet()) {
            size += ROOM_PER_MEMBER
                    + member.getKey().length()
                    + member.getValue().length();
        }
        return size;
    }

    /** Writing to memory cannot fail. */
    private static final class Bytes extends ByteArrayOutputStream {
        Bytes(int size) {
            super(size);
        }

        void text(String ascii) {
            for (int i = 0; i < ascii.length(); i++) {
                write(ascii.charAt(i));
            }
        }

        void json(RawJson value) {
            try {
                value.writeTo(this);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
    }
}
