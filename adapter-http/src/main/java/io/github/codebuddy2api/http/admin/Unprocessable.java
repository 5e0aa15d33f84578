package io.github.codebuddy2api.http.admin;

import io.github.codebuddy2api.http.error.ErrorWriter;
import io.github.codebuddy2api.http.error.OpenAiError;
import io.github.codebuddy2api.http.web.Bodies;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/** Answers 422 with a list of faults in {@code detail}, as scripts for the original service read it. */
final class Unprocessable {
    private static final int STATUS = 422;

    private Unprocessable() {}

    /**
     * One fault.
     *
     * @param type a word for programs
     * @param place where it is, from the body inwards
     * @param message what to write instead
     */
    record Fault(String type, List<String> place, String message) {}

    /** Answers with {@code error} and {@code faults}. */
    static void send(ServerRequest request, ServerResponse response, OpenAiError error, List<Fault> faults) {
        response.status(Status.create(STATUS));
        Bodies.json(
                request,
                response,
                json -> json.raw("error", ErrorWriter.object(error))
                        .objects(
                                "detail",
                                faults,
                                (item, fault) -> item.text("type", fault.type())
                                        .texts("loc", fault.place())
                                        .text("msg", fault.message())));
    }
}
