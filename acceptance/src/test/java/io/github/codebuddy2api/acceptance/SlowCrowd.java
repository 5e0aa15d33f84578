package io.github.codebuddy2api.acceptance;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Many callers who hold a connection each and do next to nothing with it. Whoever is cut comes back at once, so that the
 * crowd stays as large as it is until it is told to go.
 */
final class SlowCrowd {
    private static final Duration DRIP = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int SMALL_WINDOW = 4 * 1024;

    /** The model whose answer is longer than what the kernel takes for somebody who does not read, in large pieces. */
    static final String FLOOD = "huge-answer";

    private final int port;
    private final List<Thread> members = new ArrayList<>();
    private final Duration stalled;
    private final AtomicInteger readersCut = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();
    private final ConcurrentLinkedQueue<Long> senderLives = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger present = new AtomicInteger();
    private volatile long lastMove = System.nanoTime();
    private volatile boolean isOver;

    /**
     * Nobody yet.
     *
     * @param stalled for how long those who do not read do not
     */
    SlowCrowd(int port, Duration stalled) {
        this.port = port;
        this.stalled = stalled;
    }

    /** So many callers who ask for a long answer and do not read it. */
    void readers(int count) {
        byte[] request = Asked.request(Asked.body(FLOOD, true)).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < count; i++) {
            members.add(Thread.ofVirtual().start(() -> comesAgain(() -> stalls(request))));
        }
    }

    /** So many callers, half of whom send a head and half of whom a body, without end, a byte at a time. */
    void senders(int count) {
        String body = Asked.request("").replace("Content-Length: 0", "Content-Length: 100000");
        for (int i = 0; i < count; i++) {
            byte[] begun = (i % 2 == 0 ? "GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: " : body)
                    .getBytes(StandardCharsets.UTF_8);
            members.add(Thread.ofVirtual().start(() -> comesAgain(() -> drips(begun))));
        }
    }

    /** How many are connected. */
    int present() {
        return present.get();
    }

    /** Whether none of those who do not read has asked for so long. */
    boolean standsSince(Duration calm) {
        return System.nanoTime() - lastMove >= calm.toNanos();
    }

    /** How often one of them was told that there is no room. */
    int refused() {
        return refused.get();
    }

    /** How often the service cut one of those who do not read. */
    int readersCut() {
        return readersCut.get();
    }

    /** How often one of those got all of its answer nevertheless. */
    int served() {
        return served.get();
    }

    /** The times, in milliseconds, after which the service cut those who send slowly. */
    List<Long> senderLives() {
        return senderLives.stream().sorted().toList();
    }

    /** Nobody comes back any more; how many have not been cut after this long. */
    long goes(Duration limit) throws InterruptedException {
        isOver = true;
        long end = System.nanoTime() + limit.toNanos();
        for (Thread member : members) {
            member.join(Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime())));
        }
        long left = members.stream().filter(Thread::isAlive).count();
        members.forEach(Thread::interrupt);
        return left;
    }

    private interface Life {
        void live() throws IOException;
    }

    private void comesAgain(Life life) {
        while (!isOver) {
            try {
                life.live();
            } catch (IOException refusedConnection) {
                refused.incrementAndGet();
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** Nothing is read for a while; what comes then must break off, however much of it is still in the kernel. */
    private void stalls(byte[] request) throws IOException {
        try (Socket socket = connected()) {
            socket.getOutputStream().write(request);
            lastMove = System.nanoTime();
            byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
            if (!new String(start, StandardCharsets.US_ASCII).endsWith(" 200")) {
                throw new IOException("refused");
            }
            present.incrementAndGet();
            LockSupport.parkNanos(stalled.toNanos());
            present.decrementAndGet();
            (readsToTheEnd(socket) ? served : readersCut).incrementAndGet();
        }
    }

    private static boolean readsToTheEnd(Socket socket) {
        byte[] piece = new byte[SMALL_WINDOW];
        String last = "";
        try {
            for (int length = socket.getInputStream().read(piece);
                    length >= 0;
                    length = socket.getInputStream().read(piece)) {
                last = new String(piece, 0, length, StandardCharsets.US_ASCII);
            }
        } catch (IOException cut) {
            return false;
        }
        return last.endsWith("0\r\n\r\n");
    }

    private void drips(byte[] begun) throws IOException {
        try (Socket socket = connected()) {
            socket.getOutputStream().write(begun);
            untilCut(socket);
        }
    }

    private Socket connected() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(SMALL_WINDOW);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    private void untilCut(Socket socket) {
        long begun = System.nanoTime();
        present.incrementAndGet();
        try {
            OutputStream out = socket.getOutputStream();
            while (!Thread.currentThread().isInterrupted()) {
                out.write('1');
                LockSupport.parkNanos(DRIP.toNanos());
            }
        } catch (IOException cut) {
            senderLives.add((System.nanoTime() - begun) / 1_000_000);
        } finally {
            present.decrementAndGet();
        }
    }
}
