package io.github.codebuddy2api.simulator;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection: a reading thread that is always in a read, so that it sees the peer leave at once, and a thread for the
 * answer under way.
 */
final class Connection implements RequestReader.Hooks {
    /** How long a connection closed by us is kept for the peer to read the rest and close too. */
    private static final long LINGER_SECONDS = 10;

    private final long id;
    private final Socket socket;
    private final Journal journal;
    private final Gates gates;
    private final Function<Request, Scenario> answers;
    private final RequestReader reader;
    private final CountDownLatch readingEnded = new CountDownLatch(1);

    private volatile boolean stopped;
    private volatile boolean resetOnNextRequest;

    // Used by the reading thread only.
    private @Nullable Exchange latest;
    private @Nullable Thread answering;

    Connection(
            long id, Socket socket, Journal journal, Gates gates, Options options, Function<Request, Scenario> answers)
            throws IOException {
        this.id = id;
        this.socket = socket;
        this.journal = journal;
        this.gates = gates;
        this.answers = answers;
        socket.setTcpNoDelay(true);
        this.reader = new RequestReader(socket.getInputStream(), this, options.bodyLimit());
    }

    /** Serves the connection until it ends; returns when no thread of it is left. */
    void serve() {
        try {
            readAll();
        } catch (EOFException cutWithinRequest) {
            peerLeft(PeerClosed.How.FIN);
        } catch (SocketException broken) {
            peerLeft(PeerClosed.How.RST);
        } catch (IOException notARequest) {
            // The connection is closed below; the peer has not left, so the journal has nothing to say.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            readingEnded.countDown();
            endAnswering();
            closeQuietly();
        }
    }

    /** Ends the connection because the simulator is being closed. Safe from any thread. */
    void stop() {
        stopped = true;
        closeQuietly();
    }

    @Override
    public void requestBegins() throws IOException, InterruptedException {
        // Only the end of the answer before tells what becomes of the connection.
        if (answering != null) {
            answering.join();
        }
        if (resetOnNextRequest) {
            reset();
            throw new IOException("reset as the scenario wants");
        }
    }

    @Override
    public void continueExpected() throws IOException {
        socket.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private void readAll() throws IOException, InterruptedException {
        while (true) {
            Request request = reader.next();
            if (request == null) {
                peerLeft(PeerClosed.How.FIN);
                return;
            }
            // The simulator's own calls are not part of what it observes.
            Exchange exchange = request.path().startsWith(Control.PREFIX)
                    ? new Exchange(0, id, request, () -> {})
                    : journal.received(id, request);
            latest = exchange;
            answering = Thread.ofVirtual().name("answer-" + exchange.id()).start(() -> answer(exchange));
        }
    }

    private void answer(Exchange exchange) {
        try {
            Scenario scenario = answers.apply(exchange.request());
            Wire wire = new Wire(socket.getOutputStream(), exchange);
            Player.Leave leave = new Player(wire, gates).play(scenario);
            if (leave == Player.Leave.OPEN && exchange.request().wantsClose()) {
                leave = Player.Leave.CLOSE;
            }
            leave(exchange, leave);
        } catch (IOException writeFailed) {
            if (!stopped) {
                exchange.peerLeft(PeerClosed.How.RST);
            }
            exchange.ended(stopped ? Exchange.End.STOPPED : Exchange.End.PEER_LEFT);
            closeQuietly();
        } catch (InterruptedException peerLeftOrStopped) {
            exchange.ended(stopped ? Exchange.End.STOPPED : Exchange.End.PEER_LEFT);
            closeQuietly();
        } catch (RuntimeException | Error fault) {
            // A fault of the simulator must look like one, not like a scenario: the peer sees a reset.
            exchange.ended(Exchange.End.STOPPED);
            reset();
            throw fault;
        }
    }

    private void leave(Exchange exchange, Player.Leave leave) throws IOException, InterruptedException {
        switch (leave) {
            case OPEN -> exchange.ended(Exchange.End.COMPLETE);
            case RESET_ON_NEXT_REQUEST -> {
                resetOnNextRequest = true;
                exchange.ended(Exchange.End.COMPLETE);
            }
            case RESET -> {
                exchange.ended(Exchange.End.RESET);
                reset();
            }
            case CLOSE -> {
                exchange.ended(Exchange.End.CLOSED);
                socket.shutdownOutput();
                if (!readingEnded.await(LINGER_SECONDS, TimeUnit.SECONDS)) {
                    closeQuietly();
                }
            }
        }
    }

    private void peerLeft(PeerClosed.How how) {
        if (!stopped && latest != null) {
            latest.peerLeft(how);
        }
    }

    private void endAnswering() {
        if (answering == null) {
            return;
        }
        answering.interrupt();
        try {
            answering.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException alreadyClosed) {
            // There is nothing left to reset.
        }
        closeQuietly();
    }

    private void closeQuietly() {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // Closing is all that was wanted.
        }
    }
}
