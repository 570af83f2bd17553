package io.martlet.async

import io.martlet.contract.SessionContract

/** The contract for [AsyncSession] over stock CIO. */
class JavaSessionContractTest : SessionContract() {
    override val face = JavaFace()
}
