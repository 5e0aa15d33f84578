package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.Correlation;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.Cancelled;
import io.github.codebuddy2api.core.GatewayException.Overloaded;
import io.github.codebuddy2api.core.GatewayException.ShuttingDown;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.api.Chat;
import io.github.codebuddy2api.core.chat.ChatCompletion;
import io.github.codebuddy2api.core.chat.ChatRequest;
import io.github.codebuddy2api.core.chat.CompletionAggregator;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.core.chat.Usage;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.core.spi.SettingsSource;
import io.github.codebuddy2api.core.spi.Upstream;
import io.github.codebuddy2api.core.usage.UsageRecord;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Answers chat requests: lease a credential, open, wait for the first chunk, or fail over. Thread-safe. */
final class ChatService implements Chat, AutoCloseable {
    /** What is told of a request that ended by a bug: ours or a port's. */
    private static final String FAULT = "internal_error";

    private final Upstream upstream;
    private final Leases leases;
    private final SettingsSource settings;
    private final Engine.Surroundings surroundings;
    private final Consumer<UsageRecord> usage;
    private final Conversations conversations;
    private final Set<LeasedStream> running = ConcurrentHashMap.newKeySet();
    private final KeywordRules.Latest keywords = new KeywordRules.Latest();
    private volatile boolean closed;

    ChatService(
            Upstream upstream,
            Leases leases,
            SettingsSource settings,
            Engine.Surroundings surroundings,
            Consumer<UsageRecord> usage) {
        this.upstream = upstream;
        this.leases = leases;
        this.settings = settings;
        this.surroundings = surroundings;
        this.usage = usage;
        this.conversations = new Conversations(surroundings.random());
    }

    @Override
    public CompletionStream stream(ChatRequest request, Correlation correlation) {
        return new Opening(request, correlation).open(true);
    }

    @Override
    public ChatCompletion complete(ChatRequest request, Correlation correlation) {
        try (LeasedStream stream = new Opening(request, correlation).open(false)) {
            return aggregate(stream, settings.current().maxAnswerCharacters());
        }
    }

    private static ChatCompletion aggregate(LeasedStream stream, int maxCharacters) {
        try {
            return CompletionAggregator.aggregate(stream, maxCharacters);
        } catch (GatewayException failure) {
            stream.end(failure);
            throw failure;
        }
    }

    @Override
    public void close() {
        closed = true;
        leases.close();
        running.forEach(stream -> stream.end(new ShuttingDown()));
    }

    /**
     * The way of one request to its first chunk, over as many credentials as it takes and may take. The upstream is asked
     * for the model that the owner's alias stands for; everybody else hears of the one that the caller named.
     */
    private final class Opening {
        private final GatewaySettings limits = settings.current();
        private final ChatRequest request;
        private final String askedModel;
        private final Correlation correlation;
        private final @Nullable Conversation conversation;
        private final Events events;
        private final Set<Secret> tried = new HashSet<>();
        private int attempts;
        private int failedConnections;

        Opening(ChatRequest request, Correlation correlation) {
            this.askedModel = request.model();
            this.request = request.with(limits.models().resolved(askedModel));
            this.correlation = correlation;
            this.conversation = limits.sharing().affinity() ? conversations.of(request, correlation) : null;
            this.events = new Events(surroundings, correlation.requestId(), askedModel, usage);
        }

        LeasedStream open(boolean streamed) {
            events.requestStarted(streamed);
            try {
                return tryUntilAnswered();
            } catch (GatewayException failure) {
                events.requestFailed(attempts, failure.code());
                throw failure;
            } catch (RuntimeException | Error bug) {
                events.requestFailed(attempts, FAULT);
                throw bug;
            }
        }

        private LeasedStream tryUntilAnswered() {
            GatewayException failure = null;
            while (failure == null || mayTryAgain(failure)) {
                if (closed) {
                    throw new ShuttingDown();
                }
                Lease lease = leaseOr(failure);
                attempts++;
                try {
                    return firstChunkWith(lease);
                } catch (GatewayException e) {
                    failure = e;
                    give(lease, e);
                } catch (RuntimeException | Error bug) {
                    leases.release(lease, Verdict.ABANDONED);
                    throw bug;
                }
            }
            throw tellable(failure);
        }

        /** When every credential has had its turn, the failure of the last one is the answer, if it can be told. */
        private Lease leaseOr(@Nullable GatewayException failure) {
            try {
                return leases.acquire(
                        new Wish(request.model(), Set.copyOf(tried), conversation),
                        considered -> events.considered(attempts + 1, considered));
            } catch (Cancelled | ShuttingDown | Overloaded ended) {
                throw ended;
            } catch (GatewayException none) {
                throw failure == null ? none : tellable(failure);
            }
        }

        private GatewayException tellable(GatewayException failure) {
            return FailoverPolicy.isAboutCredential(failure) ? leases.refusalFor(request.model(), failure) : failure;
        }

        private LeasedStream firstChunkWith(Lease lease) {
            AnswerContract contract = new AnswerContract(
                    Envelope.create(askedModel, surroundings.time().instant(), surroundings.random()),
                    surroundings.random(),
                    keywords.of(limits.keywordReplacement()));
            CompletionStream answer = upstream.open(request, lease.credential(), correlation);
            LeasedStream stream =
                    new LeasedStream(answer, contract, (ended, failure, usage) -> end(ended, lease, failure, usage));
            awaitFirstChunk(stream);
            try {
                leases.answered(lease).forEach(rest -> events.recovered(lease, rest));
                events.answerStarted(lease, attempts);
                stream.begin();
                return stream;
            } catch (RuntimeException | Error bug) {
                running.remove(stream);
                stream.close();
                throw bug;
            }
        }

        private void awaitFirstChunk(LeasedStream stream) {
            running.add(stream);
            if (closed) {
                stream.end(new ShuttingDown()); // The gateway may have closed what was running just before this was.
            }
            try {
                stream.awaitFirstChunk();
            } catch (RuntimeException | Error e) {
                running.remove(stream);
                throw e;
            }
        }

        private void end(LeasedStream stream, Lease lease, @Nullable GatewayException failure, @Nullable Usage usage) {
            running.remove(stream);
            release(lease, failure);
            events.answerEnded(lease, failure, usage);
        }

        private void give(Lease lease, GatewayException failure) {
            events.attemptFailed(lease, attempts, failure);
            release(lease, failure);
            if (FailoverPolicy.isAboutConnection(failure)) {
                failedConnections++;
            } else {
                tried.add(lease.credential().accessToken());
            }
        }

        private void release(Lease lease, @Nullable GatewayException failure) {
            Verdict verdict = failure == null ? Verdict.SUCCEEDED : FailoverPolicy.verdict(failure);
            leases.release(lease, verdict).ifPresent(rest -> events.rested(lease, rest));
        }

        private boolean mayTryAgain(GatewayException failure) {
            return attempts < limits.attempts().max()
                    && events.elapsed().compareTo(limits.attempts().openDeadline()) < 0
                    && FailoverPolicy.mayTryAgain(failure, limits)
                    && (!FailoverPolicy.isAboutConnection(failure) || failedConnections == 1);
        }
    }
}
