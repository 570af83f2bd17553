package io.martlet.internal.wire;

import io.martlet.error.ClientException;
import io.martlet.internal.http1.ResponseHead;

/** Who waits for a response: hears one of these, once, on any thread; must not block. */
interface ResponseReceiver {
    /** The head of the final response is there, and {@code body} is or will be. */
    void arrived(ResponseHead head, ReceivedBody body);

    /** There will be no response. */
    void failed(ClientException cause);
}
