package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into events (protocol sheet, 6.1). Knows neither HTTP nor chunks. Lines end in LF, CR or CRLF,
 * in any mixture; only {@code data:} lines count. Some gateways leave out the blank line between events, so a data line
 * that is a whole JSON document, or no JSON at all, is an event of its own; only an unfinished document is joined with
 * the lines that follow. Holds one event at most. Not thread-safe.
 */
final class SseDecoder {
    private static final int FIRST_CAPACITY = 4 * 1024;
    private static final int FIELD_ROOM = 16;
    private static final byte[] FIELD = {'d', 'a', 't', 'a'};

    private final InputStream in;
    private final int maxEventBytes;
    private final SseEvent event = new SseEvent();

    private byte[] buffer = new byte[FIRST_CAPACITY];
    // Unread bytes are start..end; up to scanned there is no line end among them.
    private int start;
    private int scanned;
    private int end;
    private boolean firstLine = true;
    private boolean afterCarriageReturn;
    private boolean ended;
    private boolean found;

    // An unfinished document: the data of several lines.
    private byte[] joined = {};
    private final JsonText document = new JsonText();
    private int joinedLength;
    private boolean joining;

    SseDecoder(InputStream in, int maxEventBytes) {
        this.in = in;
        this.maxEventBytes = maxEventBytes;
    }

    /**
     * The next event; waits for it. Null once the bytes have ended; what was cut off in the middle of a line is no event.
     *
     * @throws UpstreamGarbled if an event is too large or not UTF-8
     */
    @Nullable SseEvent next() throws IOException {
        while (!find()) {
            if (ended) {
                return null;
            }
            fill();
        }
        found = false;
        return event;
    }

    /** Whether {@link #next()} would answer without waiting. */
    boolean ready() throws IOException {
        while (!find()) {
            if (ended) {
                return true;
            }
            if (in.available() <= 0) {
                return false;
            }
            fill();
        }
        return true;
    }

    private boolean find() {
        while (!found) {
            int lineEnd = lineEnd();
            if (lineEnd < 0) {
                return ended && atEnd();
            }
            int lineStart = start;
            afterCarriageReturn = buffer[lineEnd] == '\r';
            start = lineEnd + 1;
            scanned = start;
            line(lineStart, lineEnd);
        }
        return true;
    }

    /** The index of the next line's end, or -1. A line feed right after a carriage return ends no second line. */
    private int lineEnd() {
        if (afterCarriageReturn && start < end) {
            afterCarriageReturn = false;
            if (buffer[start] == '\n') {
                start++;
                scanned = start;
            }
        }
        for (int i = scanned; i < end; i++) {
            if (buffer[i] == '\n' || buffer[i] == '\r') {
                return i;
            }
        }
        scanned = end;
        if (end - start > maxEventBytes + FIELD_ROOM) {
            throw tooLarge();
        }
        return -1;
    }

    /** Servers end their last line, unless they died in it; a document that is whole all the same is taken. */
    private boolean atEnd() {
        int lineStart = start;
        start = end;
        scanned = end;
        if (lineStart < end) {
            line(lineStart, end);
        } else if (joining) {
            emitJoined();
        }
        joining = false;
        return found;
    }

    private void line(int from, int to) {
        int lineStart = from;
        if (firstLine) {
            firstLine = false;
            lineStart += hasByteOrderMark(from, to) ? 3 : 0;
        }
        if (lineStart == to) {
            if (joining) {
                emitJoined();
            }
            return;
        }
        int data = dataStart(lineStart, to);
        if (data >= 0) {
            data(data, to);
        }
    }

    private boolean hasByteOrderMark(int from, int to) {
        return to - from >= 3
                && buffer[from] == (byte) 0xEF
                && buffer[from + 1] == (byte) 0xBB
                && buffer[from + 2] == (byte) 0xBF;
    }

    /** Where the data of this line begins, or -1 if it is a comment or another field. */
    private int dataStart(int from, int to) {
        int colon = from + FIELD.length;
        if (to <= colon || buffer[colon] != ':' || !Arrays.equals(buffer, from, colon, FIELD, 0, FIELD.length)) {
            return -1;
        }
        return colon + 1 < to && buffer[colon + 1] == ' ' ? colon + 2 : colon + 1;
    }

    private void data(int from, int to) {
        if (!joining) {
            document.reset();
        }
        document.add(buffer, from, to);
        if (joining || document.isUnfinished()) {
            join(from, to);
        } else if (!JsonText.isBlank(buffer, from, to)) {
            emit(buffer, from, to - from);
        }
        if (joining && !document.isUnfinished()) {
            emitJoined();
        }
    }

    private void join(int from, int to) {
        joinedLength = joining ? joinedLength : 0;
        joining = true;
        int length = to - from;
        int room = joinedLength + length + 1;
        if (room > maxEventBytes) {
            throw tooLarge();
        }
        if (room > joined.length) {
            joined = Arrays.copyOf(joined, Math.max(room, 2 * joined.length));
        }
        if (joinedLength > 0) {
            joined[joinedLength++] = '\n';
        }
        System.arraycopy(buffer, from, joined, joinedLength, length);
        joinedLength += length;
    }

    private void emitJoined() {
        joining = false;
        emit(joined, 0, joinedLength);
        joined = joined.length > FIRST_CAPACITY ? new byte[0] : joined;
    }

    private void emit(byte[] bytes, int from, int length) {
        if (length > maxEventBytes) {
            throw tooLarge();
        }
        if (!Utf8.isValid(bytes, from, from + length)) {
            throw UpstreamGarbled.malformed("The upstream sent text that is not UTF-8.", null);
        }
        event.set(bytes, from, length);
        found = true;
    }

    private void fill() throws IOException {
        makeRoom();
        event.set(buffer, 0, 0); // The one before is used up; it must not keep a buffer that was given up.
        int count = in.read(buffer, end, buffer.length - end);
        if (count < 0) {
            ended = true;
        } else {
            end += count;
        }
    }

    private void makeRoom() {
        if (start == end) {
            start = 0;
            scanned = 0;
            end = 0;
            buffer = buffer.length > FIRST_CAPACITY ? new byte[FIRST_CAPACITY] : buffer;
        } else if (end == buffer.length) {
            int length = end - start;
            byte[] roomier = length > buffer.length / 2 ? new byte[buffer.length + buffer.length / 2] : buffer;
            System.arraycopy(buffer, start, roomier, 0, length);
            buffer = roomier;
            scanned -= start;
            start = 0;
            end = length;
        }
    }

    private UpstreamGarbled tooLarge() {
        return UpstreamGarbled.tooLarge("The upstream sent an event larger than " + maxEventBytes + " bytes.");
    }
}
