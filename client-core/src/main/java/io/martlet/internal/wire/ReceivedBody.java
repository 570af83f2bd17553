package io.martlet.internal.wire;

/** The body of a response: there already, or arriving. */
sealed interface ReceivedBody permits ReceivedBody.Complete, BodyPipe {
    /** All of a body whose length was announced; its connection is free. */
    record Complete(byte[] bytes) implements ReceivedBody {}
}
