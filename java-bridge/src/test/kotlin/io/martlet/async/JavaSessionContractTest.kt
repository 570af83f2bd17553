package io.martlet.async

import io.martlet.contract.SessionContract
import io.martlet.wire

/** The contract for [AsyncSession] over stock CIO. */
class JavaSessionContractTest : SessionContract() {
    override val face = JavaFace()
}

/** The contract for [AsyncSession] over our own engine. */
class JavaWireContractTest : SessionContract() {
    override val face = JavaFace(wire(), emptySet())
}

/** The contract for [AsyncSession.blocking] over our own engine. */
class BlockingWireContractTest : SessionContract() {
    override val face = BlockingFace(wire(), emptySet())
}
