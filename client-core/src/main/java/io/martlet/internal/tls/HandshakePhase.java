package io.martlet.internal.tls;

import io.martlet.internal.net.TransportListener;
import io.martlet.internal.tls.HandshakeWork.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A connection until it is secure. On the loop's thread: collects what arrives, has the executor work on it a flight at a
 * time, and tells how it ended.
 *
 * <p>The lock is for a loop that is closed: then the executor may tell its result while the loop's last tasks run.
 */
final class HandshakePhase implements TransportListener {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    /** As much may arrive while the executor works; then reading stops. No flight is that long. */
    private static final int MOST_KEPT = 64 * 1024;
    /** RFC 8446 §5.1: what a server's first record can be. */
    private static final int ALERT = 21;

    private static final int HANDSHAKE = 22;

    private final TlsWiring wiring;
    private final HandshakeWork work;
    private final Executor executor;
    private final OpenPhase open;
    private final HandshakeListener listener;

    /** The executor works with the engine. */
    private boolean busy = true;
    /** The executor waits for the transport below to become writable. */
    private boolean blocked;

    private boolean writable;
    private boolean stopped;
    private boolean sawTls;
    private boolean belowEnded;
    private @Nullable IOException belowCause;
    private boolean over;

    HandshakePhase(TlsWiring wiring, Executor executor, OpenPhase open, HandshakeListener listener) {
        this.wiring = wiring;
        this.work = new HandshakeWork(wiring);
        this.executor = executor;
        this.open = open;
        this.listener = listener;
    }

    /** Sends the first flight. Any thread: touches nothing of the loop's. */
    void begin() {
        submit(NOTHING);
    }

    @Override
    public synchronized void received(ByteBuffer bytes) {
        if (over) {
            return;
        }
        wiring.in().keep(bytes);
        goOn();
        if (!over && wiring.in().keptBytes() > MOST_KEPT && !stopped) {
            stopped = true;
            wiring.below().pauseReading();
        }
    }

    @Override
    public synchronized void writable() {
        writable = true;
        goOn();
    }

    @Override
    public synchronized void ended(@Nullable IOException cause) {
        belowEnded = true;
        belowCause = cause;
        goOn();
    }

    private void goOn() {
        if (busy || over) {
            return;
        }
        boolean closed = wiring.out().isClosed();
        if (!closed && isOtherProtocol()) {
            fail(Failures.notTls(wiring.in().take()));
        } else if (!closed && (blocked ? writable : wiring.in().hasRecord())) {
            // Also after the end: what arrived before it may say why.
            work(wiring.in().take());
        } else if (belowEnded) {
            fail(Failures.closed(closed, belowCause));
        }
    }

    private boolean isOtherProtocol() {
        if (sawTls || wiring.in().keptBytes() == 0) {
            return false;
        }
        int first = wiring.in().firstByte();
        sawTls = first == ALERT || first == HANDSHAKE;
        return !sawTls;
    }

    private void work(ByteBuffer input) {
        busy = true;
        blocked = false;
        writable = false;
        submit(input);
    }

    private void submit(ByteBuffer input) {
        try {
            executor.execute(() -> run(input));
        } catch (RejectedExecutionException e) {
            wiring.loop().run(() -> worked(input, null, e));
        }
    }

    private void run(ByteBuffer input) {
        Outcome outcome = null;
        Throwable failure = null;
        try {
            outcome = work.run(input);
        } catch (Throwable e) {
            // Also errors: whatever it is, somebody waits for the handshake.
            failure = e;
        }
        Outcome result = outcome;
        Throwable cause = failure;
        wiring.loop().run(() -> worked(input, result, cause));
    }

    private synchronized void worked(ByteBuffer input, @Nullable Outcome outcome, @Nullable Throwable failure) {
        busy = false;
        wiring.in().untake(input);
        if (failure != null) {
            boolean closed = wiring.out().isClosed();
            fail(closed ? Failures.closed(true, null) : Failures.ofHandshake(failure, wiring));
            return;
        }
        if (stopped && (outcome == Outcome.DONE || wiring.in().keptBytes() <= MOST_KEPT)) {
            stopped = false;
            wiring.below().resumeReading();
        }
        if (outcome == Outcome.DONE && !wiring.out().isClosed()) {
            secured();
            return;
        }
        blocked = outcome == Outcome.BLOCKED;
        goOn();
    }

    private void secured() {
        TlsSession session;
        try {
            session = session();
        } catch (SSLException | CertificateRefusal e) {
            wiring.engine().getSession().invalidate();
            fail(Failures.ofHandshake(e, wiring));
            return;
        }
        over = true;
        open.begin(() -> listener.secured(session));
        if (belowEnded) {
            open.ended(belowCause);
        }
    }

    private TlsSession session() throws SSLException, CertificateRefusal {
        SSLSession session = wiring.engine().getSession();
        boolean resumed = !wiring.notes().isCertificateJudged();
        List<X509Certificate> certificates = Stream.of(session.getPeerCertificates())
                .map(X509Certificate.class::cast)
                .toList();
        if (resumed) {
            wiring.context()
                    .trust()
                    .recheck(certificates.get(0), wiring.engine().getPeerHost());
        }
        String alpn = wiring.engine().getApplicationProtocol();
        return new TlsSession(
                session.getProtocol(), session.getCipherSuite(), alpn == null ? "" : alpn, certificates, resumed);
    }

    private void fail(TlsHandshakeException cause) {
        over = true;
        wiring.in().release();
        wiring.out().closeWithAlert();
        listener.failed(cause);
    }
}
