package io.github.codebuddy2api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Somebody who watches {@code GET /api/events}, event by event. */
final class EventReader implements AutoCloseable {
    static final String PATH = "/api/events";

    private final RawCaller caller;
    private final RawCaller.Response head;
    private final Deque<Event> waiting = new ArrayDeque<>();
    private final List<Event> skipped = new ArrayList<>();
    private String rest = "";

    /** An event, or a comment, which has no name. */
    record Event(String name, String data) {}

    private EventReader(RawCaller caller) {
        this.caller = caller;
        caller.ask("GET", PATH);
        this.head = caller.readHead();
    }

    /** Begins to watch and takes the status that comes first. */
    static EventReader of(Served served) {
        EventReader reader = new EventReader(served.connect());
        assertThat(reader.head.status()).isEqualTo(200);
        assertThat(reader.next().name()).isEqualTo("status");
        return reader;
    }

    RawCaller.Response head() {
        return head;
    }

    RawCaller caller() {
        return caller;
    }

    /** The next event or comment. */
    Event next() {
        while (waiting.isEmpty()) {
            String chunk = caller.chunk();
            assertThat(chunk).as("the stream has ended").isNotEmpty();
            take(chunk);
        }
        return waiting.remove();
    }

    /** The first event of that name, skipped already or still to come. */
    String first(String name) {
        return skipped.stream()
                .filter(event -> event.name().equals(name))
                .findFirst()
                .map(Event::data)
                .orElseGet(() -> next(name));
    }

    /** The next event of that name; what comes before is skipped. */
    String next(String name) {
        Event event = next();
        while (!event.name().equals(name)) {
            skipped.add(event);
            event = next();
        }
        return event.data();
    }

    /** What is told of requests until one of them says {@code last}. */
    List<String> requestsUntil(String last) {
        List<String> told = new ArrayList<>();
        do {
            told.add(next("request"));
        } while (!told.get(told.size() - 1).contains(last));
        return told;
    }

    /** Whether the server ends the stream in good order, whatever it says before. */
    boolean ends() {
        caller.allChunks();
        return caller.isClosedByServer();
    }

    private void take(String chunk) {
        rest += chunk;
        for (int end = rest.indexOf("\n\n"); end >= 0; end = rest.indexOf("\n\n")) {
            String name = "";
            String data = "";
            for (String line : rest.substring(0, end).split("\n", -1)) {
                if (line.startsWith("event:")) {
                    name = line.substring(6).strip();
                } else if (line.startsWith("data:")) {
                    data += line.substring(5);
                } else {
                    assertThat(line).startsWith(":");
                }
            }
            waiting.add(new Event(name, data));
            rest = rest.substring(end + 2);
        }
    }

    @Override
    public void close() {
        caller.close();
    }
}
