package io.github.codebuddy2api.http.openai;

import io.github.codebuddy2api.core.Correlation;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.ShuttingDown;
import io.github.codebuddy2api.core.api.Chat;
import io.github.codebuddy2api.core.chat.ChatChunk;
import io.github.codebuddy2api.core.chat.ChatCompletion;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.http.HttpOptions;
import io.github.codebuddy2api.http.error.ErrorMapper;
import io.github.codebuddy2api.http.error.ErrorWriter;
import io.github.codebuddy2api.http.error.FrameworkErrors;
import io.github.codebuddy2api.http.error.HttpFailure;
import io.github.codebuddy2api.http.error.OpenAiError;
import io.github.codebuddy2api.http.guard.CallerConnection;
import io.github.codebuddy2api.http.guard.Connections;
import io.github.codebuddy2api.http.json.JsonBuffer;
import io.github.codebuddy2api.http.web.BodyRoom;
import io.github.codebuddy2api.http.web.Headers;
import io.github.codebuddy2api.http.web.JsonBodyReader;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code POST …/chat/completions}: reads a request, asks the gateway, writes the answer, streamed or whole. */
public final class ChatCompletionsHandler implements Handler {
    private final Chat chat;
    private final Connections connections;
    private final Supplier<HttpOptions> options;
    private final Time time;
    private final JsonBodyReader bodies;
    private final BodyRoom room;
    private final Seats seats;
    private volatile boolean isDraining;

    public ChatCompletionsHandler(Chat chat, Connections connections, Supplier<HttpOptions> options, Time time) {
        this.chat = chat;
        this.connections = connections;
        this.options = options;
        this.time = time;
        this.bodies = new JsonBodyReader(() -> options.get().limits().maxBodyBytes());
        this.seats = new Seats(() -> options.get().limits().maxConcurrentCalls(), connections::endLongestStalled);
        this.room = new BodyRoom(() -> options.get().limits().maxBodyBytesTogether());
    }

    /** Refuses further calls. */
    public void drain() {
        isDraining = true;
    }

    /** Whether it does. */
    public boolean isDraining() {
        return isDraining;
    }

    /** How many calls are under way. */
    public int running() {
        return seats.taken();
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        refuseIfDraining();
        if (seats.areTaken() && !connections.hasStalled()) {
            throw new HttpFailure(FrameworkErrors.overloaded());
        }
        try (BodyRoom.Share share = room.share()) {
            CallerConnection connection = connections.current();
            ChatCall call = ChatRequestReader.read(bodies.read(request, response, connection, share));
            refuseIfDraining(); // The body may have taken its time, and a call that begins now is told of no stop.
            answer(connection, response, call, CallerIds.of(request, response));
        }
    }

    /** Counts from here on: while a body is on its way, its caller keeps nobody from being answered. */
    private void answer(CallerConnection connection, ServerResponse response, ChatCall call, Correlation correlation) {
        takeSeat();
        connection.seated(true);
        try {
            if (call.stream()) {
                new StreamedAnswer(connection, response, call).run(correlation);
            } else {
                whole(connection, response, call, correlation);
            }
        } finally {
            connection.seated(false);
            seats.free();
        }
    }

    private void takeSeat() {
        try {
            if (!seats.take()) {
                throw new HttpFailure(FrameworkErrors.overloaded());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("interrupted", e);
        }
    }

    private void refuseIfDraining() {
        if (isDraining) {
            throw new ShuttingDown();
        }
    }

    private void whole(CallerConnection connection, ServerResponse response, ChatCall call, Correlation correlation) {
        RunningCall running = new RunningCall((now, callerLeft) -> {});
        CallerConnection.Watch watch = connection.watch(running);
        JsonBuffer json = new JsonBuffer();
        try {
            ChatCompletion completion = running.await(() -> chat.complete(call.request(), correlation));
            new ChatJson(json).completion(completion);
        } catch (GatewayException failure) {
            throw running.tellable(failure);
        } finally {
            watch.close();
        }
        Headers.json(response.headers());
        response.headers().set(HeaderNames.CACHE_CONTROL, "no-store");
        response.send(json.toByteArray());
    }

    /** The way of one answer from the gateway to the caller. */
    private final class StreamedAnswer {
        private final CallerConnection connection;
        private final ChatCall call;
        private final SseWriter out;
        private final RunningCall running;

        StreamedAnswer(CallerConnection connection, ServerResponse response, ChatCall call) {
            this.connection = connection;
            this.call = call;
            this.out = new SseWriter(response, options.get().streaming(), time);
            this.running = new RunningCall(out::tick);
        }

        void run(Correlation correlation) {
            CallerConnection.Watch watch = connection.watch(running);
            try {
                pump(correlation);
            } catch (GatewayException failure) {
                GatewayException told = running.tellable(failure);
                end(told, ErrorMapper.of(told));
            } catch (CloseConnectionException gone) {
                throw gone;
            } catch (RuntimeException fault) {
                end(fault, ErrorMapper.internal());
            } finally {
                watch.close();
            }
        }

        private void pump(Correlation correlation) {
            try (CompletionStream answer = running.await(() -> chat.stream(call.request(), correlation))) {
                running.pulls(answer);
                Optional<ChatChunk> chunk = answer.next();
                while (chunk.isPresent()) {
                    add(chunk.get());
                    if (out.isFull() || !answer.ready()) {
                        out.flush();
                    }
                    chunk = answer.next();
                }
                out.done();
            }
        }

        /** The last chunk is the usage alone; it goes only to those who asked for it. */
        private void add(ChatChunk chunk) {
            if (call.includeUsage() || chunk.usage() == null) {
                out.add(chunk);
            } else if (!chunk.choices().isEmpty()) {
                out.add(new ChatChunk(
                        chunk.id(), chunk.created(), chunk.model(), chunk.choices(), null, chunk.systemFingerprint()));
            }
        }

        private void end(RuntimeException failure, OpenAiError error) {
            if (!out.fail(error)) {
                throw failure;
            }
            if (!(failure instanceof GatewayException)) {
                ErrorWriter.log(failure);
            }
        }
    }
}
