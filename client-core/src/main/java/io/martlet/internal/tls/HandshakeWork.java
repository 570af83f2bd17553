package io.martlet.internal.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/**
 * What an engine does to get to know the server: sending, reading, and the tasks between, which take long. Runs on an
 * executor, one run at a time, and never on the loop's thread: certificates are checked and keys are computed here.
 */
final class HandshakeWork {
    /** Why a run ended. */
    enum Outcome {
        /** It goes on with the next record. */
        NEEDS_BYTES,
        /** It goes on when the transport below is writable. */
        BLOCKED,
        /** The handshake is complete. */
        DONE
    }

    private final SSLEngine engine;
    private final TlsOutbound out;
    private final HandshakeNotes notes;
    private boolean begun;

    HandshakeWork(TlsWiring wiring) {
        engine = wiring.engine();
        out = wiring.out();
        notes = wiring.notes();
    }

    /** Goes on as far as possible, consuming {@code input}. */
    Outcome run(ByteBuffer input) throws IOException {
        ByteBuffer plain = RecordBuffers.lend(engine.getSession().getApplicationBufferSize());
        notes.enter();
        try {
            if (!begun) {
                begun = true;
                engine.beginHandshake();
            }
            // A flight that was stuck the last time.
            return out.flush() ? advance(input, plain) : Outcome.BLOCKED;
        } finally {
            HandshakeNotes.leave();
            RecordBuffers.giveBack(plain);
        }
    }

    private Outcome advance(ByteBuffer input, ByteBuffer plain) throws IOException {
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> {
                    if (!out.flush()) {
                        return Outcome.BLOCKED;
                    }
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (!unwrap(input, plain)) {
                        return Outcome.NEEDS_BYTES;
                    }
                }
                default -> {
                    return Outcome.DONE;
                }
            }
        }
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    private boolean unwrap(ByteBuffer input, ByteBuffer plain) throws SSLException {
        SSLEngineResult result = engine.unwrap(input, plain);
        if (plain.position() > 0 || result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
            throw new SSLException("data arrived before the TLS handshake was complete");
        }
        if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
            throw new SSLException("the server closed the TLS connection amid the handshake");
        }
        boolean isCut = result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW;
        if (isCut && TlsInbound.missing(input) == 0) {
            throw TlsInbound.tooLong();
        }
        return !isCut;
    }
}
