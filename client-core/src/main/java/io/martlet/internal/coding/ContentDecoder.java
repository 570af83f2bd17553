package io.martlet.internal.coding;

import java.nio.ByteBuffer;

/** Undoes the content codings of one body, piece by piece, in bounded memory. For one thread at a time. */
public interface ContentDecoder extends AutoCloseable {
    /**
     * Decodes from {@code input} into {@code output} until one of them is used up, or for a while: the work of one call
     * is bounded by the size of its buffers, however much the content grows.
     *
     * @return whether it can go on only with more input. Otherwise it wants to be called again, as {@code output} is
     *     full or it has more to do; {@code input} need not be used up then
     * @throws CorruptContentException if the coding does not allow what {@code input} says
     */
    boolean decode(ByteBuffer input, ByteBuffer output) throws CorruptContentException;

    /**
     * Says that there is no more input, once {@link #decode} wants some. No input at all is content, too: none.
     *
     * @throws CorruptContentException if the content is not complete
     */
    void endOfInput() throws CorruptContentException;

    /** Gives up what is held outside the heap; idempotent. It decodes no more after that. */
    @Override
    void close();
}
