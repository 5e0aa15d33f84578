package io.github.codebuddy2api.simulator;

import java.util.List;
import java.util.stream.Stream;

/** The body of a chat request, read for what matters here. */
record ChatCall(Json json) {
    String model() {
        return json.at("model").text();
    }

    List<Json> messages() {
        return json.at("messages").items();
    }

    List<Json> tools() {
        return json.at("tools").items();
    }

    boolean wantsUsage() {
        return json.at("stream_options").at("include_usage").isTrue();
    }

    static String role(Json message) {
        return message.at("role").text();
    }

    /** All text of a message, whether it is one text or several parts. */
    static String textOf(Json message) {
        Json content = message.at("content");
        if (content.isText()) {
            return content.text();
        }
        StringBuilder text = new StringBuilder();
        content.items().forEach(part -> text.append(part.at("text").text()));
        return text.toString();
    }

    /** The images of all messages. */
    Stream<Json> images() {
        return messages().stream()
                .flatMap(m -> m.at("content").items().stream())
                .filter(part -> part.at("type").text().equals("image_url"))
                .map(part -> part.at("image_url"));
    }

    /** The text of the last message of that role, or the empty one. */
    String lastText(String role) {
        return messages().reversed().stream()
                .filter(m -> role(m).equals(role))
                .map(ChatCall::textOf)
                .findFirst()
                .orElse("");
    }

    @Override
    public String toString() {
        return "ChatCall[" + messages().size() + " messages]";
    }
}
