package io.github.codebuddy2api.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How the bytes of a transcript are changed and cut before they go out; each word can end the name of a model.
 * The order of the constants is the order in which they are applied. */
enum Delivery {
    /** A comment stands before every data line. */
    PINGS,
    /** Line ends become CR LF. */
    CRLF,
    /** Line ends become CR alone. */
    CR,
    /** Line ends take turns: LF, CR LF, CR. */
    MIXED,
    /** Every byte is an HTTP chunk and a write of its own. */
    BYTES,
    /** The cuts fall everywhere but between events. */
    AWKWARD,
    /** The whole body is one write. */
    WHOLE;

    /** Lengths taken in turn for awkward cuts: small, odd, and no divisor of anything. */
    private static final int[] AWKWARD_LENGTHS = {1, 2, 11, 3, 1, 29, 5, 67, 1, 7, 41};

    /** The word that stands for this in the name of a model. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The body as all these change it. Bytes that are not UTF-8 stay as they are. */
    static Bytes changed(Bytes body, List<Delivery> deliveries) {
        // Latin-1 keeps every byte, and what is changed here is ASCII.
        String text = new String(body.shared(), StandardCharsets.ISO_8859_1);
        for (Delivery delivery : deliveries) {
            text = delivery.change(text);
        }
        return Bytes.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The body cut as these ask, by event if none asks. */
    static List<Bytes> cut(Bytes body, List<Delivery> deliveries) {
        if (deliveries.contains(BYTES)) {
            return byLengths(body, 1);
        }
        if (deliveries.contains(AWKWARD)) {
            return byLengths(body, AWKWARD_LENGTHS);
        }
        return deliveries.contains(WHOLE) ? List.of(body) : byEvent(body);
    }

    /** The body cut before every data line, where real services flush. */
    static List<Bytes> byEvent(Bytes body) {
        String text = new String(body.shared(), StandardCharsets.ISO_8859_1);
        List<Bytes> pieces = new ArrayList<>();
        int from = 0;
        for (int at = 1; at < text.length(); at++) {
            char before = text.charAt(at - 1);
            boolean lineStarts = before == '\n' || before == '\r';
            if (lineStarts && (text.startsWith("data:", at) || text.startsWith(": ", at))) {
                pieces.add(body.slice(from, at));
                from = at;
            }
        }
        if (from < body.length()) {
            pieces.add(body.slice(from, body.length()));
        }
        return pieces;
    }

    private static List<Bytes> byLengths(Bytes body, int... lengths) {
        List<Bytes> pieces = new ArrayList<>();
        int turn = 0;
        for (int from = 0; from < body.length(); turn++) {
            int to = from + lengths[turn % lengths.length];
            pieces.add(body.slice(from, to));
            from = to;
        }
        return pieces;
    }

    private String change(String text) {
        return switch (this) {
            case PINGS -> text.replace("\ndata:", "\n: ping\ndata:").replaceFirst("^data:", ": ping\n\ndata:");
            case CRLF -> text.replace("\n", "\r\n");
            case CR -> text.replace('\n', '\r');
            case MIXED -> mixed(text);
            case BYTES, AWKWARD, WHOLE -> text;
        };
    }

    private static String mixed(String text) {
        StringBuilder changed = new StringBuilder(text.length() + 16);
        String[] ends = {"\n", "\r\n", "\r"};
        int turn = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\n') {
                String end = ends[turn++ % ends.length];
                // CR followed by LF would be read as one line end, so after a CR the LF turn is left out.
                boolean glues = end.equals("\n") && !changed.isEmpty() && changed.charAt(changed.length() - 1) == '\r';
                changed.append(glues ? "\r" : end);
            } else {
                changed.append(c);
            }
        }
        return changed.toString();
    }
}
