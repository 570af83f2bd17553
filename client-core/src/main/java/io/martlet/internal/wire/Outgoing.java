package io.martlet.internal.wire;

import io.martlet.body.BytesBody;
import io.martlet.http.ClientRequest;
import io.martlet.internal.http1.ByteSink;
import io.martlet.internal.http1.RequestEncoder;
import io.martlet.internal.http1.RequestHead;
import io.martlet.internal.http1.RequestHead.Persistence;
import io.martlet.internal.net.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What a connection has still to send of a request. Used by one thread at a time. */
final class Outgoing {
    /** How far sending has come. */
    enum Progress {
        /** All is sent. */
        DONE,
        /** The server takes nothing more for now. */
        BLOCKED,
        /** The head is sent, the body waits for the server's consent (RFC 9110 §10.1.1). */
        HELD,
        /** The head is sent, the body is for a {@link BodyWriter} to send. */
        BODY_ELSEWHERE
    }

    private static final int USUAL_HEAD = 512;
    private static final int WORTH_KEEPING = 8 * 1024;

    /** Bodies up to this are put behind the head, so that both leave in one piece. */
    private static final int MOST_JOINED = 16 * 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Transport transport;
    private final Persistence persistence;
    private ByteSink sink = new ByteSink(USUAL_HEAD);
    private RequestEncoder encoder = new RequestEncoder(sink);

    private ByteBuffer first = NOTHING;
    private @Nullable ByteBuffer body;
    private boolean isHeld;
    private boolean isBodyElsewhere;
    private boolean isLast;

    Outgoing(Transport transport, Persistence persistence) {
        this.transport = transport;
        this.persistence = persistence;
    }

    /**
     * Makes ready to send {@code request}.
     *
     * @throws IllegalArgumentException if it must not be sent
     */
    void encode(ClientRequest request) {
        forget();
        RequestHead head = RequestHead.of(request, persistence);
        isHeld = false;
        isBodyElsewhere = false;
        if (request.body() instanceof BytesBody bytes) {
            isHeld = !bytes.isEmpty() && expectsContinue(request);
            encode(head, bytes.bytes());
        } else {
            isBodyElsewhere = !request.body().isEmpty();
            isHeld = isBodyElsewhere && expectsContinue(request);
            isLast = encoder.head(head);
        }
        first = sink.toByteBuffer();
    }

    private void encode(RequestHead head, byte[] bytes) {
        if (bytes.length <= MOST_JOINED && !isHeld) {
            isLast = encoder.headAndBody(head, bytes);
        } else {
            isLast = encoder.head(head);
            body = ByteBuffer.wrap(bytes);
        }
    }

    private static boolean expectsContinue(ClientRequest request) {
        String expect = request.headers().get("Expect");
        return expect != null && expect.equalsIgnoreCase("100-continue");
    }

    /** Sends what the server takes now. */
    Progress pump() throws IOException {
        if (first.hasRemaining()) {
            transport.write(first);
            if (first.hasRemaining()) {
                return Progress.BLOCKED;
            }
        }
        if (isHeld) {
            return Progress.HELD;
        }
        if (isBodyElsewhere) {
            return Progress.BODY_ELSEWHERE;
        }
        ByteBuffer rest = body;
        if (rest == null) {
            return Progress.DONE;
        }
        transport.write(rest);
        if (rest.hasRemaining()) {
            return Progress.BLOCKED;
        }
        body = null; // an idle connection holds no request
        return Progress.DONE;
    }

    /** The body need not wait for the server's consent any more. */
    void letBodyGo() {
        isHeld = false;
    }

    /** Whether the request asked the server to close the connection behind it. */
    boolean isLast() {
        return isLast;
    }

    /** Whether the body waits for the server's consent. */
    boolean isHeld() {
        return isHeld;
    }

    /** Whether the server has not taken a byte yet. */
    boolean isUntouched() {
        return first.position() == 0;
    }

    private void forget() {
        body = null;
        if (sink.array().length > WORTH_KEEPING) {
            sink = new ByteSink(USUAL_HEAD);
            encoder = new RequestEncoder(sink);
        }
        sink.clear();
    }
}
