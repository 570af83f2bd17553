package io.martlet.contract

import io.martlet.fixture.eventually
import java.io.ByteArrayOutputStream

/** Holds what was written to it, while it is still being written. */
class SignallingOutput : ByteArrayOutputStream() {
    /** Waits until exactly [text] was written. */
    fun awaitBytes(text: String) = eventually({ "\"$this\" was written, not \"$text\"" }) { toString() == text }
}
